"""What can be recorded next in a case: which steps the policy allows now, who may take them, and by when."""

import math
from collections.abc import Iterator, Set
from dataclasses import dataclass

from caseledger.clocks import OPEN, Verdict
from caseledger.findings import Judged
from caseledger.model import AFTER_END
from caseledger.policy import RESPONSIBLE

ALWAYS = frozenset({"corrected", "evidence", "note"})
"""Types that may be recorded at any time and lead nowhere."""


@dataclass(frozen=True)
class Upcoming:
    """One step: its type, the roles that may take it (None: any), and the running clock that it stops soonest."""

    type: str
    roles: tuple[str, ...] | None
    clock: Verdict | None


def upcoming(judged: Judged) -> list[Upcoming]:
    """The steps that are possible now: those that stop a clock by due time, then what the cycle has not seen yet."""
    seen = _seen(judged)
    return sorted(_possible(judged, seen), key=lambda step: (_due(step.clock), step.type in seen))


def _seen(judged: Judged) -> set[str]:
    begin = judged.state.cycles[-1].begin if judged.state.cycles else 0
    return {"opened", *(event.type for event in judged.state.events[begin:])}


def _possible(judged: Judged, seen: Set[str]) -> Iterator[Upcoming]:
    state = judged.state
    idle = "information-requested" if state.waiting else "information-received"
    responsible = state.responsible() or RESPONSIBLE
    for name, step in judged.policy.steps.items():
        if name in ALWAYS or name in ("received", idle) or step.missing(seen):
            continue
        if state.ended and name not in AFTER_END:
            continue
        roles = None if step.by is None else tuple(responsible if r == RESPONSIBLE else r for r in step.by)
        stopped = [v for v in judged.verdicts if v.status in OPEN and v.due and name in v.clock.stops]
        yield Upcoming(name, roles, min(stopped, key=_due, default=None))


def _due(verdict: Verdict | None) -> float:
    return verdict.due.timestamp() if verdict and verdict.due else math.inf
