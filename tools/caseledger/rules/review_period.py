"""A record is about a period as long as its duty asks for."""

from collections.abc import Iterator

from caseledger import labels, period
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.review_context import ReviewContext, ReviewLaw

RULE = Rule(
    "review-period",
    N_("The period is longer or shorter than that of the obligation."),
    N_("Write a month as 2026-10, a quarter as 2026-Q3, a half-year as 2026-H1, a year as 2026."),
    "kind: monthly-report\nprofile: quality\nperiod: 2026-Q4",
)


def check(context: ReviewContext, law: ReviewLaw) -> Iterator[Problem]:
    """The period if it is none of those for which the obligation is owed."""
    obligation, written = context.obligation(law.policy), context.review.period
    if obligation and written.every != obligation.every:
        message = Text(
            N_("{kind}: {every}, such as {period}."),
            kind=obligation.id,
            every=labels.label("period", obligation.every),
            period=period.around(obligation.every, written.last),
        )
        yield context.problem(RULE, ("period",), message)
