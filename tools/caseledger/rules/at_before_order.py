"""Nobody complains about an order before placing it."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "at-before-order",
    N_("The complaint is older than the order."),
    N_("Check the day of the order and the time of receipt."),
    'order: {placed: "2026-12-21"}\nevents:\n  - at: 2026-11-03T09:12:00+08:00\n    type: received',
)


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """The first event if its day, in the time zone of the calendar, is before that of the order."""
    placed = context.case.data.get("order", {}).get("placed")
    first = context.case.events[0]
    if placed and (day := law.day(first)) < placed:
        message = Text(
            N_("{type} is of {day}, but the order was placed on {placed}."), type=first.type, day=day, placed=placed
        )
        yield context.problem(RULE, ("events", 0, "at"), message)
