"""The product's answers in the oracle's form, so that one test asks both."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from caseledger import calendar, clocks, duration, model, policy
from caseledger.pauses import Pause
from tests import oracle
from tests.oracle.calendar import Due, Pauses, plus

Data = dict[str, Any]


def judge(case: Data, rules: Data, days: Data, now: datetime) -> list[Data]:
    """The verdicts of a case, as `tests.oracle.judge` gives them."""
    verdicts = clocks.verdicts(model.case(case), policy.load(rules), calendar.load(days), now)
    return [
        {
            "clock": verdict.clock.id,
            "cycle": verdict.cycle,
            "clause": verdict.clock.clause,
            "owner": verdict.owner,
            "status": verdict.status.value,
            "start": verdict.start,
            "due": verdict.due,
            "stop": verdict.stop,
            "provisional": verdict.provisional,
        }
        for verdict in verdicts
    ]


def add(days: Data, start: datetime, limit: str, pauses: Pauses) -> Due:
    """`start ⊕ limit`, as `tests.oracle.calendar.plus` gives it."""
    due = calendar.load(days).due(start, duration.parse(limit), [Pause(*pause) for pause in pauses])
    return due.at, due.provisional


Judge = Callable[[Data, Data, Data, datetime], list[Data]]
Add = Callable[[Data, datetime, str, Pauses], Due]

both_judge = pytest.mark.parametrize("judge", [oracle.judge, judge], ids=["oracle", "product"])
both_add = pytest.mark.parametrize("add", [plus, add], ids=["oracle", "product"])
