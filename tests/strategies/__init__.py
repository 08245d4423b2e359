"""Hypothesis strategies: invented calendars, policies and cases, and instants at which verdicts are most at risk."""

from datetime import datetime
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.strategies.calendars import anchors, calendars
from tests.strategies.cases import cases, nows
from tests.strategies.policies import policies

__all__ = ["Situation", "situations"]


class Situation(NamedTuple):
    """Everything that a verdict depends on."""

    case: dict[str, Any]
    policy: dict[str, Any]
    calendar: dict[str, Any]
    now: datetime


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """A case near its deadlines."""
    zone, anchor = draw(anchors())
    calendar = draw(calendars(anchor, zone))
    policy = draw(policies(hours=calendar["week"]["mon"] is not True))
    case = draw(cases(policy, calendar, anchor))
    return Situation(case, policy, calendar, draw(nows(case, policy, calendar)))
