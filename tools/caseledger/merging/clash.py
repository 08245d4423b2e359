"""What two versions cannot both mean, and who decides."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any

from caseledger.errors import CannotGoOn, Refused
from caseledger.language import N_, Text
from caseledger.model import Event
from caseledger.problem import Problem

REPEATED = frozenset({"note", "evidence"})
"""Any number of them stand beside each other."""
SUBJECTS = {"extended": "clock", "escalated": "to", "corrected": "event"}
"""Such steps are the same only where this field is."""
STATEMENTS = {"graded": "grade", "assigned": "to"}
"""Steps that agree in this field do not clash, whoever took them."""


class Keep(StrEnum):
    """Whose version stands."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class SameStep:
    """Both sides took a step that is taken once in a cycle."""

    type: str
    ours: tuple[Event, ...]
    theirs: tuple[Event, ...]


@dataclass(frozen=True)
class Changed:
    """Both sides gave a field of the header another value; None where a side took it away."""

    name: str
    ours: Any
    theirs: Any


@dataclass(frozen=True)
class Illegal:
    """An entry of one side that may not stand after those of the other."""

    side: Keep
    event: Event
    problems: tuple[Problem, ...]


Clash = SameStep | Changed | Illegal
Choose = Callable[[Clash], Keep]
"""Decides a clash; raises where it will not."""


def refuse(clash: Clash) -> Keep:
    """Decide nothing: CannotGoOn says what clashes."""
    if isinstance(clash, Illegal):
        message = Text(N_("{entry} cannot stand together with what the other side recorded."), entry=named(clash.event))
        raise Refused(message, clash.problems)
    if isinstance(clash, Changed):
        message = Text(
            N_("Both sides changed {name}: to {ours}, and to {theirs}."),
            name=clash.name,
            ours=shown(clash.ours),
            theirs=shown(clash.theirs),
        )
    else:
        message = Text(
            N_("Both sides took the same step: {ours}; and {theirs}."),
            ours=_list(clash.ours),
            theirs=_list(clash.theirs),
        )
    raise CannotGoOn(message)


def same_steps(ours: Sequence[tuple[Event, bool]], theirs: Sequence[tuple[Event, bool]]) -> Iterator[SameStep]:
    """The steps that both sides took in the same cycle after they parted, and that cannot both count.

    Each event comes with whether it was on record before.
    """
    mine, other = _by_step(ours), _by_step(theirs)
    for step in [step for step in mine if step in other]:
        yours, their = _alone(mine[step], other[step]), _alone(other[step], mine[step])
        if any(_contradict(*pair) for pair in product(yours, their)):
            yield SameStep(mine[step][0].type, yours, their)


def named(event: Event) -> Text:
    """An entry in a message."""
    return Text(N_("{type} of {at} by {by}"), type=event.type, at=event.data.get("at"), by=event.by)


def shown(value: Any) -> str:
    """A value of the header in a message."""
    return "–" if value is None else str(value)


def _by_step(events: Sequence[tuple[Event, bool]]) -> dict[Hashable, list[Event]]:
    steps: dict[Hashable, list[Event]] = {}
    cycle = 0
    for event, old in events:
        cycle += event.type == "reopened"
        if event.type not in REPEATED and not old:
            subject = repr(event.data.get(SUBJECTS.get(event.type, "")))
            steps.setdefault((event.type, cycle, subject), []).append(event)
    return steps


def _alone(events: Sequence[Event], others: Sequence[Event]) -> tuple[Event, ...]:
    """The events that the other side does not have as well."""
    known = [event.data for event in others]
    return tuple(event for event in events if event.data not in known)


def _contradict(a: Event, b: Event) -> bool:
    if a.type in STATEMENTS:
        return a.data.get(STATEMENTS[a.type]) != b.data.get(STATEMENTS[b.type])
    if a.type == "corrected":
        sets: Mapping[str, Any] = a.data.get("set", {})
        others: Mapping[str, Any] = b.data.get("set", {})
        return any(sets[name] != others[name] for name in sets if name in others)
    return True


def _list(events: Sequence[Event]) -> str:
    return ", ".join(str(named(event)) for event in events)
