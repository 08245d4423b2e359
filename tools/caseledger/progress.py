"""How far a cycle has come, event by event, and what the policy makes of that for the next one."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from caseledger.condition import Condition, Fact, Value
from caseledger.model import Case, Event
from caseledger.policy import RESPONSIBLE, Policy


class Lack(NamedTuple):
    """What an event lacks under a condition; `given` are facts of its own on which that depends, not known yet."""

    condition: Condition
    given: tuple[Fact, ...]
    missing: tuple[Fact, ...]


class Progress:
    """The present cycle of a case under a policy, after the events that were recorded in it."""

    def __init__(self, case: Case, policy: Policy, events: Iterable[Event] = ()) -> None:
        self._case, self._policy = case, policy
        self._grade = policy.default_grade
        self.responsible: str | None = None
        self._open()
        for event in events:
            self.record(event)

    def _open(self) -> None:
        self.seen = {"opened"}
        self._times: Counter[str] = Counter()
        self._last: dict[str, Event] = {}

    def record(self, event: Event) -> None:
        """Take the next event into account: it comes, and voids what its type voids; `reopened` begins a cycle."""
        if event.type == "reopened":
            self._open()
        step = self._policy.steps.get(event.type)
        for voided in step.voids if step else ():
            self.seen.discard(voided)
            self._last.pop(voided, None)
        self.seen.add(event.type)
        self._times[event.type] += 1
        self._last[event.type] = event
        if event.type == "graded":
            self._grade = str(event.data.get("grade"))
        elif event.type == "assigned":
            self.responsible = str(event.data.get("to"))

    def conditions(self, event_type: str, own: Mapping[str, Any] | None = None) -> Iterator[Condition]:
        """The conditions on an event that apply, or may apply while its own fields are not known."""
        for condition in self._policy.conditions_on.get(event_type, ()):
            if self._may_apply(condition, event_type, own):
                yield condition

    def roles(self, event_type: str, own: Mapping[str, Any] | None = None) -> tuple[str, ...] | None:
        """The roles that may record an event now (None: any); `own` are its fields, as far as they are known.

        Conditions that apply and name roles take the place of the step's own; of several, any.
        """
        conditions = self._policy.conditions_on.get(event_type, ())
        named = [c.by for c in conditions if c.by and self._applies(c, event_type, own)]
        step = self._policy.steps.get(event_type)
        roles = tuple(role for by in named for role in by) if named else step.by if step else None
        if roles is None:
            return None
        return tuple(dict.fromkeys(self.responsible or r if r == RESPONSIBLE else r for r in roles))

    def lacks(self, event_type: str, own: Mapping[str, Any] | None = None) -> list[Lack]:
        """What an event needs by conditions and has not; without `own` its fields are not known yet."""
        found = []
        for condition in self.conditions(event_type, own):
            given = tuple(f for f in condition.when if own is None and is_own(f, event_type))
            missing = tuple(f for f in condition.needs if not self._holds(f, event_type, own or {}))
            if missing:
                found.append(Lack(condition, given, missing))
        return found

    def own_fields(self, event_type: str, own: Mapping[str, Any]) -> list[str]:
        """The fields of its own that an event with these fields must have besides."""
        missing = (fact for lack in self.lacks(event_type, own) for fact in lack.missing)
        paths = (fact.path for fact in missing if isinstance(fact, Value) and fact.event == event_type)
        return list(dict.fromkeys(path.split(".")[1] for path in paths))

    def _may_apply(self, condition: Condition, event_type: str, own: Mapping[str, Any] | None) -> bool:
        """Whether a condition applies, or may apply while the fields of the event itself are not known."""
        return all(
            (own is None and is_own(f, event_type)) or self._holds(f, event_type, own or {}) for f in condition.when
        )

    def _applies(self, condition: Condition, event_type: str, own: Mapping[str, Any] | None) -> bool:
        """Whether a condition surely applies: one that depends on fields not known yet does not."""
        known = own is not None or not any(is_own(f, event_type) for f in condition.when)
        return known and self._may_apply(condition, event_type, own)

    def _holds(self, fact: Fact, event_type: str, own: Mapping[str, Any]) -> bool:
        if not isinstance(fact, Value):
            if fact.times > 1:
                return self._times[fact.types[0]] >= fact.times
            return not self.seen.isdisjoint(fact.types)
        return fact.fits([*self._values(fact, event_type, own)])

    def _values(self, fact: Value, event_type: str, own: Mapping[str, Any]) -> Iterator[Any]:
        if fact.path == "grade":
            return iter((self._grade,))
        first, *steps = fact.path.split(".")
        if fact.event is None:
            return _at(self._case.fact(first), steps)
        if fact.event == event_type:
            return _at(own, steps)
        last = self._last.get(fact.event)
        return _at(last.data, steps) if last else iter(())


def is_own(fact: Fact, event_type: str) -> bool:
    """Whether a fact is about the fields of the event of that type itself."""
    return isinstance(fact, Value) and fact.event == event_type


def _at(value: Any, steps: Collection[str]) -> Iterator[Any]:
    """Every value at the end of the steps, those in lists one by one; null is none."""
    if isinstance(value, list):
        for entry in value:
            yield from _at(entry, steps)
    elif not steps:
        if value is not None:
            yield value
    elif isinstance(value, Mapping):
        first, *rest = steps
        yield from _at(value.get(first), rest)
