"""A complaint that was received is never unreceived: its file stays, under its name."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from caseledger.auditing import places
from caseledger.auditing.context import Audit, shown
from caseledger.auditing.edits import Edit
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-case-deleted",
    N_("A case was deleted or renamed."),
    N_(
        "Undo it: git revert. A case that should not be there is ended by declined or withdrawn, with the reason;"
        " one whose time is over goes with caseledger retention dispose."
    ),
    "deleted: cases/2026/11/C-20261103-7K3QD.yml",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every case on record that a commit takes away."""
    for edit in audit.removed:
        if places.case_id(edit.path) and not audit.certified(edit.path):
            new = _renamed(audit, edit)
            message = (
                Text(N_("The case was renamed to {path}."), path=shown(new))
                if new
                else Text(N_("The case was deleted."))
            )
            yield audit.problem(RULE, edit, message)


def _renamed(audit: Audit, edit: Edit) -> str | None:
    """Where the same commit puts the case: a new file of its name, in whatever letters, or with its content."""
    stem = PurePosixPath(edit.path).stem.casefold()
    added = (c for step in audit.steps.by_commit[edit.commit.id] for c in step.values() if c.before is None and c.after)
    same = (c.path for c in added if PurePosixPath(c.path).stem.casefold() == stem or c.after == edit.before)
    return next(same, None)
