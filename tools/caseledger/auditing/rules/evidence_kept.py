"""Evidence stays as it was obtained: its files are neither deleted nor altered."""

from collections.abc import Iterator

from caseledger.auditing import places
from caseledger.auditing.context import Audit
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-evidence",
    N_("Evidence on record was deleted or altered."),
    N_("Undo it: git revert. A better picture is a new file with an event evidence of its own."),
    "deleted: cases/2026/11/C-20261103-7K3QD/zip.jpg",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every file of evidence on record that a commit takes away or alters."""
    for edit in audit.edits:
        if edit.base and edit.before and places.folder_of(edit.path):
            if edit.after is None:
                if audit.certified(edit.path):
                    continue
                yield audit.problem(RULE, edit, Text(N_("The evidence was deleted or renamed.")))
            elif edit.base.id == edit.before.id != edit.after.id:
                yield audit.problem(RULE, edit, Text(N_("The evidence was altered.")))
