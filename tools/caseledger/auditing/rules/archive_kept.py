"""The archive only grows: lines on record stay to the byte, proposals and certificates whole, and no file goes away."""

from collections.abc import Iterator

from caseledger import disposal, hold, seal
from caseledger.auditing.context import Audit
from caseledger.auditing.edits import Edit
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-archive",
    N_("A file of the archive was changed otherwise than by new lines at the end of those that grow."),
    N_("Undo it: git revert. Only caseledger archive run and caseledger retention write files of the archive."),
    "deleted: a line of cases/archive/2026.yml",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every edit of a file of the archive on record that leaves not all of the base as it was."""
    for edit in audit.edits:
        if not edit.on_record or edit.after == edit.before:
            continue
        if disposal.FILE.fullmatch(edit.path):
            if edit.breaks:
                message = N_("A proposal or certificate of disposal was changed, deleted or renamed.")
                yield audit.problem(RULE, edit, Text(message))
        elif seal.FILE.fullmatch(edit.path) or edit.path == hold.FILE:
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
