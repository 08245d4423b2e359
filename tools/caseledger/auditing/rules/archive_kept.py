"""The archive only grows: entries on record stay to the byte, and no archive file goes away."""

from collections.abc import Iterator

from caseledger import seal
from caseledger.auditing.context import Audit
from caseledger.auditing.edits import Edit
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-archive",
    N_("An archive file was changed otherwise than by new entries at its end."),
    N_("Undo it: git revert. Only caseledger archive run writes archive files."),
    "deleted: a line of cases/archive/2026.yml",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every edit of an archive file on record that leaves not all of the base as it was."""
    for edit in audit.edits:
        if edit.on_record and edit.after != edit.before and seal.FILE.fullmatch(edit.path):
            if edit.after is None:
                yield audit.problem(RULE, edit, Text(N_("The archive file was deleted or renamed.")))
            elif not _grown(audit, edit):
                yield audit.problem(RULE, edit, Text(N_("Entries of the archive were changed or taken out.")))


def _grown(audit: Audit, edit: Edit) -> bool:
    """Whether what base and parent have in common is still there: a branch that is behind breaks nothing."""
    base, before, after = (
        next(audit.repository.read([blob.id])) for blob in (edit.base, edit.before, edit.after) if blob
    )
    known = before if base.startswith(before) else base
    return after.startswith(known) or not before.startswith(known)
