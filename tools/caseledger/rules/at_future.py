"""Nothing is recorded before it has happened."""

from collections.abc import Iterator
from datetime import timedelta

from caseledger.language import N_, Text
from caseledger.model import instant_of
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext

GRACE = timedelta(minutes=5)
"""By as much may the clocks of two machines differ."""

RULE = Rule(
    "at-future",
    N_("A time lies in the future."),
    N_("Write when it happened, with the offset of that place; a plan belongs in note."),
    "- at: 2062-11-03T09:12:00+08:00",
)


def check(context: CaseContext) -> Iterator[Problem]:
    """Every `at` and `recorded`, as they stand in the file, more than five minutes after now."""
    latest = context.now + GRACE
    for event in context.case.events:
        if event.at > latest:
            message = Text(N_("{at} has not come yet."), at=event.data["at"])
            yield context.problem(RULE, ("events", event.index, "at"), message)
        recorded = instant_of(event.data.get("recorded"))
        if recorded and recorded > latest:
            message = Text(N_("{at} has not come yet."), at=event.data["recorded"])
            yield context.problem(RULE, ("events", event.index, "recorded"), message)
