"""Nothing in a case repository is a program."""

from collections.abc import Iterator

from caseledger.auditing.context import Audit
from caseledger.history.changes import EXECUTABLE
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-file-mode",
    N_("A file was made executable, or its mode was changed otherwise."),
    N_("Take it back: git update-index --chmod=-x FILE, then commit."),
    "old mode 100644\nnew mode 100755",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every file of the case repository that a commit makes executable."""
    for edit in audit.edits:
        was = [blob.mode for blob in (edit.base, edit.before) if blob]
        if edit.after and edit.after.mode == EXECUTABLE and EXECUTABLE not in was:
            yield audit.problem(RULE, edit, Text(N_("The file was made executable.")))
