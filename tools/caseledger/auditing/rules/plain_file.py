"""A case repository holds plain files: a link or a submodule would let what lies elsewhere stand in for a record."""

from collections.abc import Iterator

from caseledger.auditing.context import Audit
from caseledger.history.changes import LINK, SUBMODULE
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-plain-file",
    N_("A link or a submodule stands where plain files belong."),
    N_("Put the file itself there."),
    "cases/2026/11/C-20261103-7K3QD.yml → ../../elsewhere.yml",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every link and submodule that a commit puts into the case repository."""
    for edit in audit.edits:
        if edit.after and not edit.after.plain and edit.after != edit.base:
            if edit.after.mode == LINK:
                message = Text(N_("Here stands a symbolic link."))
            elif edit.after.mode == SUBMODULE:
                message = Text(N_("Here stands a submodule."))
            else:
                message = Text(N_("Here stands an entry of mode {mode}."), mode=edit.after.mode)
            yield audit.problem(RULE, edit, message)
