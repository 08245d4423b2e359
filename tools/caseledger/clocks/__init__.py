"""Verdicts: which clocks of a policy run for a case, when they are due, and whether they were kept (clocks.md).

A verdict is a pure function of case, policy, calendar and `now`. Each carries the steps that led to its due time, so
that it can be explained without being computed twice.
"""

from collections.abc import Iterator
from datetime import datetime

from caseledger import lifecycle
from caseledger.calendar import Calendar
from caseledger.clocks.trial import Trial
from caseledger.clocks.verdict import BREACHED, OPEN, Status, Step, Verdict
from caseledger.lifecycle import CaseState
from caseledger.model import Case
from caseledger.policy import Policy

__all__ = ["BREACHED", "OPEN", "Status", "Step", "Verdict", "ineffective_extensions", "judge", "verdicts"]


def verdicts(case: Case, policy: Policy, calendar: Calendar, now: datetime) -> list[Verdict]:
    """Every clock of the case at `now`, cycle by cycle, in the policy's order (clocks.md 4)."""
    return judge(lifecycle.fold(case, now), policy, calendar, now)


def judge(state: CaseState, policy: Policy, calendar: Calendar, now: datetime) -> list[Verdict]:
    """The verdicts of a case whose state at `now` is known."""
    trials = (Trial(state, policy, calendar, clock, cycle) for cycle in state.cycles for clock in policy.clocks)
    return [verdict for trial in trials if (verdict := trial.verdict(now))]


def ineffective_extensions(state: CaseState, policy: Policy, calendar: Calendar) -> Iterator[Step]:
    """The `extended` events that leave a known clock's due time as it was, with the condition that failed."""
    for cycle in state.cycles:
        named = [e.data.get("clock") for e in state.events[cycle.begin : cycle.end] if e.type == "extended"]
        for clock in policy.clocks:
            if clock.id in named:
                yield from (s for s in Trial(state, policy, calendar, clock, cycle).steps if s.kind == "refused")
