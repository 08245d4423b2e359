"""A duty is done after its period: a month can be summed up when it is over."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.review_context import ReviewContext

RULE = Rule(
    "review-held",
    N_("A record was held before its period had ended."),
    N_("Write the day after the period on which it was held, or the period that it is about."),
    "period: 2026-10\nheld: 2026-10-30",
)


def check(context: ReviewContext) -> Iterator[Problem]:
    """The day if it is not after the period's last."""
    review = context.review
    if review.held <= review.period.last:
        message = Text(
            N_("{period} ends on {last}, but this was held on {held}."),
            period=review.period,
            last=review.period.last,
            held=review.held,
        )
        yield context.problem(RULE, ("held",), message)
