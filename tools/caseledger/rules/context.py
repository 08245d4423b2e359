"""What a rule may look at."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from caseledger import lifecycle, schema
from caseledger.calendar import Calendar
from caseledger.language import Text
from caseledger.leaks import NOTHING, Allowed, Texts
from caseledger.lifecycle import CaseState
from caseledger.model import Case, Event
from caseledger.people import People
from caseledger.policy import Policy
from caseledger.problem import Problem, Rule
from caseledger.progress import Progress
from caseledger.yamltext import Document


class Law(NamedTuple):
    """What judges a case: the policy version that it names, the calendar that this names, and who held which role."""

    policy: Policy
    calendar: Calendar
    people: People

    def day(self, event: Event) -> str:
        """The day of an event in the calendar's zone, as 2026-11-03."""
        return self.calendar.day_of(event.at).isoformat()


@dataclass(frozen=True)
class CaseContext:
    """One case file of the right shape, with all that may be asked about it.

    `case` has the events as they stand in the file, `state` those known at `now` with their corrections applied.
    `policies` are the names of all policy versions, `in_force` names the version of a profile on a day, `exists`
    tells whether there is a case of an id, `allowed` what personal data may stand in texts.
    """

    document: Document
    case: Case
    state: CaseState
    policies: Sequence[str]
    in_force: Callable[[str, str], str | None]
    exists: Callable[[str], bool]
    now: datetime
    allowed: Allowed = NOTHING

    @cached_property
    def texts(self) -> Texts:
        """Every free text of the file."""
        return Texts("case", self.document.data)

    @cached_property
    def corrected(self) -> tuple[Event, ...]:
        """The events in the file's order, with the corrections known at `now` applied, whatever shape that gives."""
        return tuple(
            event if event is written else _with_nulls(event)
            for written, event in zip(self.case.events, lifecycle.corrected(self.case, self.now), strict=True)
        )

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The same, but as it stands in the file where a correction would give an event the wrong shape."""
        return tuple(
            event if event is written or schema.valid("event", event.data) else written
            for written, event in zip(self.case.events, self.corrected, strict=True)
        )

    @property
    def received(self) -> Event | None:
        """The event `received` as it stands in the file, None if the case does not begin with it."""
        first = self.case.events[0]
        return first if first.type == "received" else None

    def passage(self, policy: Policy) -> Iterator[tuple[Event, Progress]]:
        """Every event, corrected, in the file's order, with how far its cycle had come before it."""
        progress = Progress(self.case, policy)
        for event in self.events:
            yield event, progress
            progress.record(event)

    def corrections(self, event: Event) -> Iterator[Event]:
        """The corrections of an event, themselves corrected, the last in the file first."""
        for correction in reversed(self.corrected):
            if correction.type == "corrected" and isinstance(correction.data.get("set"), dict):
                target = lifecycle.corrected_event(self.case, correction)
                if target and target.index == event.index:
                    yield correction

    def source(self, event: Event, *steps: str | int) -> tuple[str | int, ...]:
        """The steps to where a value of an event stands: in the last correction that sets it, else in the event."""
        if event.data is not self.case.events[event.index].data:
            for correction in self.corrections(event):
                if not steps or steps[0] in correction.data["set"]:
                    return ("events", correction.index, "set", *steps)
        return ("events", event.index, *steps)

    def problem(
        self, rule: Rule, steps: Sequence[str | int], message: Text, *, hint: Text | None = None, key: bool = False
    ) -> Problem:
        """A finding at the value (or its key) that `steps` lead to."""
        return rule.problem(self.document.path, self.document.place(*steps, key=key), message, hint)

    def at_event(self, rule: Rule, event: Event, *steps: str | int, message: Text, hint: Text | None = None) -> Problem:
        """A finding at a value of one event, or at the correction that set it."""
        return self.problem(rule, self.source(event, *steps), message, hint=hint)


@dataclass(frozen=True)
class TextContext:
    """A file of another kind, of the right shape, in which people wrote free text."""

    document: Document
    kind: str
    allowed: Allowed = NOTHING

    @cached_property
    def texts(self) -> Texts:
        """Every free text of the file."""
        return Texts(self.kind, self.document.data)

    def problem(self, rule: Rule, steps: Sequence[str | int], message: Text) -> Problem:
        """A finding at the value that `steps` lead to."""
        return rule.problem(self.document.path, self.document.place(*steps), message)


def _with_nulls(event: Event) -> Event:
    """An event that keeps a key that it must have: null takes the value away, not the key."""
    required, _ = schema.event_fields(event.type)
    missing = {name: None for name in required if name not in event.data}
    return replace(event, data={**event.data, **missing})
