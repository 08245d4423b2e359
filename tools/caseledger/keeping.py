"""How long a case is kept: the class of record that its policy puts it into, and the last day of its retention."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from caseledger.calendar import Calendar
from caseledger.lifecycle import CaseState
from caseledger.policy import Policy
from caseledger.seal import STANDARD


class Kept(NamedTuple):
    """A class of record, and the last day on which a case of it is kept."""

    record_class: str
    until: date


def kept(state: CaseState, policy: Policy, calendar: Calendar) -> Kept | None:
    """For how long an ended case is kept, None while it is open; a class of record never shortens the policy's time."""
    if state.ended is None:
        return None

    def fact(name: str) -> Any:
        return state.grade(policy.default_grade) if name == "grade" else state.case.fact(name)

    found = next((c for c in policy.retention.classes if c.applies(fact)), None)
    limits = [policy.retention.keep, *([found.keep] if found else [])]
    ends = [due.at for limit in limits if (due := calendar.due(state.ended.at, limit)).at]
    return Kept(found.id if found else STANDARD, calendar.day_of(max(ends) - timedelta(seconds=1)))
