"""What the events of a case add up to at a moment: corrections, cycles, grade, waits, end (clocks.md 1, 4, 5)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from caseledger.model import ENDS, Case, Event, instant_of
from caseledger.pauses import Pause


class Cycle(NamedTuple):
    """The events[begin:end] of one passage through the process; `reopened` opens each but the first."""

    number: int
    begin: int
    end: int


class CaseState(NamedTuple):
    """A case as it stood: its events in the order in which they count, and what follows from them."""

    case: Case
    events: tuple[Event, ...]
    cycles: tuple[Cycle, ...]
    ended: Event | None

    @property
    def cycle(self) -> int:
        """The number of the present cycle."""
        return len(self.cycles)

    @property
    def state(self) -> str:
        """ "open", "waiting" (for the complainant), or how the case ended: "closed", "declined", "withdrawn"."""
        if self.ended:
            return self.ended.type
        return "waiting" if self.waiting else "open"

    def last(self, *types: str, before: int | None = None) -> Event | None:
        """The last event of these types, among the first `before` events."""
        return next((event for event in reversed(self.events[:before]) if event.type in types), None)

    def grade(self, default: str, before: int | None = None) -> str:
        """The grade in force after the first `before` events: the last `graded`, else the policy's default."""
        graded = self.last("graded", before=before)
        return str(graded.data.get("grade")) if graded else default

    def responsible(self, before: int | None = None) -> str | None:
        """The role to which the case was last assigned."""
        assigned = self.last("assigned", before=before)
        return str(assigned.data.get("to")) if assigned else None

    @property
    def waiting(self) -> bool:
        """Whether the case waits for the complainant."""
        pauses, _ = waits(self.events)
        return bool(pauses) and pauses[-1].end is None


def fold(case: Case, now: datetime) -> CaseState:
    """The state of a case at `now`; later events are not yet known."""
    events = tuple(sorted((e for e in corrected(case, now) if e.at <= now), key=lambda event: event.at))
    cycles = tuple(_cycles(events))
    ended = next((e for e in events[cycles[-1].begin :] if e.type in ENDS), None) if cycles else None
    return CaseState(case, events, cycles, ended)


def corrected(case: Case, now: datetime) -> Iterator[Event]:
    """The events of the file with every correction known at `now` applied; a later correction wins over an earlier."""
    changes: dict[int, dict[str, Any]] = {}
    corrections = sorted((e for e in case.events if e.type == "corrected" and e.at <= now), key=lambda e: e.at)
    for correction in reversed(corrections):
        effective = _apply(correction, changes.get(correction.index, {}))
        target = corrected_event(case, effective)
        values = effective.data.get("set")
        if target and isinstance(values, dict):
            changes[target.index] = values | changes.get(target.index, {})
    return (_apply(event, changes[event.index]) if event.index in changes else event for event in case.events)


def corrected_event(case: Case, correction: Event) -> Event | None:
    """The event that a `corrected` names by its `at` and `type`, as they stand in the file."""
    named = correction.data.get("event")
    if not isinstance(named, dict):
        return None
    at = instant_of(named.get("at"))
    return next((e for e in case.events if e.at == at and e.type == named.get("type")), None)


def waits(events: Sequence[Event]) -> tuple[list[Pause], list[Event]]:
    """The pauses of a case, and the requests and answers that change nothing: paused already, or not paused."""
    pauses: list[Pause] = []
    idle: list[Event] = []
    begin: datetime | None = None
    for event in events:
        if event.type == "information-requested":
            if begin is None:
                begin = event.at
            else:
                idle.append(event)
        elif event.type == "information-received" and begin is None:
            idle.append(event)
        elif begin is not None and (event.type == "information-received" or event.type in ENDS):
            pauses.append(Pause(begin, event.at))
            begin = None
    if begin is not None:
        pauses.append(Pause(begin, None))
    return pauses, idle


def _apply(event: Event, values: dict[str, Any]) -> Event:
    data = {k: v for k, v in {**event.data, **values}.items() if v is not None or k not in values}
    return replace(event, at=instant_of(data.get("at")) or event.at, data=data)


def _cycles(events: Sequence[Event]) -> Iterator[Cycle]:
    opens = [0, *(i for i, event in enumerate(events) if event.type == "reopened" and i > 0)]
    for number, (begin, end) in enumerate(pairwise([*opens, len(events)]), start=1):
        if begin < end:
            yield Cycle(number, begin, end)
