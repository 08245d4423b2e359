"""What a change does to the records of periodic duties and to the corrective actions in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from caseledger import review, schema
from caseledger.review import Action, Review


@dataclass(frozen=True)
class ActionChange:
    """A corrective action that was "opened", "done", "verified" or "changed"."""

    action: Action
    what: str


@dataclass(frozen=True)
class RecordChange:
    """A file below reviews/ that was "added", "removed", "changed", or is "invalid"; `review` as it is, or was."""

    path: str
    what: str
    review: Review | None
    actions: tuple[ActionChange, ...]


def compare(path: str, before: object, after: object) -> RecordChange:
    """What becomes of a record, from the data of its file before and after, None where there is none."""
    if not all(schema.valid("review", data) for data in (before, after) if data is not None):
        return RecordChange(path, "invalid", None, ())
    old, new = (review.load(data) if isinstance(data, dict) else None for data in (before, after))
    what = "added" if old is None else "removed" if new is None else "changed"
    return RecordChange(path, what, new or old, tuple(_actions(old, new)))


def _actions(old: Review | None, new: Review | None) -> Iterator[ActionChange]:
    known = {action.id: action for action in (old.actions if old else ())}
    for action in new.actions if new else ():
        was = known.get(action.id)
        if was is None:
            yield ActionChange(action, "opened")
        if action.verified and not (was and was.verified):
            yield ActionChange(action, "verified")
        elif action.done and not (was and was.done):
            yield ActionChange(action, "done")
        elif was and was != action:
            yield ActionChange(action, "changed")
