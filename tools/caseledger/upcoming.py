"""What can be recorded next in a case: which steps the policy allows, for whom, by when, and what they still need."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caseledger.clock import Clock
from caseledger.clocks import OPEN, Verdict
from caseledger.condition import Condition, Value
from caseledger.findings import Judged
from caseledger.model import AFTER_END
from caseledger.progress import Lack, Progress, is_own

ALWAYS = frozenset({"corrected", "evidence", "note"})
"""Types that may be recorded at any time and lead nowhere."""


@dataclass(frozen=True)
class Upcoming:
    """One step: its type, the roles that may take it (None: any), and the running clock that it stops soonest.

    `again` says that it stands in the cycle already. `after` are the choices of types of which one must come first,
    `lacks` is what conditions of the policy want known, `special` those that name other roles for some fields of it.
    """

    type: str
    roles: tuple[str, ...] | None
    special: tuple[Condition, ...]
    clock: Verdict | None
    again: bool
    after: tuple[tuple[str, ...], ...]
    lacks: tuple[Lack, ...]

    @property
    def possible(self) -> bool:
        """Whether it can be taken now, with the right fields of its own."""
        return not self.after and not any(
            not lack.given and not all(is_own(fact, self.type) for fact in lack.missing) for lack in self.lacks
        )


def upcoming(judged: Judged) -> list[Upcoming]:
    """The steps of a case: first the possible ones, then those that one of them, or what is to be known, opens.

    Possible ones that stop a clock come by due time, then what the cycle has not seen yet.
    """
    steps = sorted(_steps(judged), key=lambda step: (not step.possible, _due(step.clock), step.again))
    possible = {step.type for step in steps if step.possible}
    return [step for step in steps if all(not possible.isdisjoint(choice) for choice in step.after)]


def by_type(judged: Judged) -> dict[str, Upcoming]:
    """Every step of a case, whatever must come before it."""
    return {step.type: step for step in _steps(judged)}


def towards(steps: Mapping[str, Upcoming], clock: Clock) -> list[Upcoming]:
    """Of these steps the possible ones that stop a clock; where there is none, those that have to come before."""
    wanted, tried = list(clock.stops), set[str]()
    while wanted:
        known = [steps[name] for name in wanted if name in steps]
        if found := [step for step in known if step.possible]:
            return found
        tried.update(wanted)
        wanted = [name for name in dict.fromkeys(name for step in known for name in _before(step)) if name not in tried]
    return []


def _before(step: Upcoming) -> Iterator[str]:
    """The types that open a step: those that come before it, and those that say what it lacks."""
    for choice in step.after:
        yield from choice
    for fact in (fact for lack in step.lacks for fact in lack.missing):
        if not isinstance(fact, Value):
            yield from fact.types
        elif fact.event:
            yield fact.event


def _steps(judged: Judged) -> Iterator[Upcoming]:
    state = judged.state
    reached = Progress(state.case, judged.policy, state.events)
    idle = "information-requested" if state.waiting else "information-received"
    for name, step in judged.policy.steps.items():
        if name in ALWAYS or name in ("received", idle) or (state.ended and name not in AFTER_END):
            continue
        stopped = [v for v in judged.verdicts if v.status in OPEN and v.due and name in v.clock.stops]
        yield Upcoming(
            type=name,
            roles=reached.roles(name),
            special=tuple(c for c in reached.conditions(name) if c.by and any(is_own(f, name) for f in c.when)),
            clock=min(stopped, key=_due, default=None),
            again=name in reached.seen,
            after=tuple(step.missing(reached.seen)),
            lacks=tuple(reached.lacks(name)),
        )


def _due(verdict: Verdict | None) -> float:
    return verdict.due.timestamp() if verdict and verdict.due else math.inf
