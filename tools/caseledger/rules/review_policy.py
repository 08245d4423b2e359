"""A record is about a profile that had a policy at the end of the period."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.review_context import ReviewContext

RULE = Rule(
    "review-policy",
    N_("No policy of the profile was in force at the end of the period."),
    N_("Write the name of a folder of policy/ that holds a version begun by then."),
    "kind: monthly-report\nprofile: quaility\nperiod: 2026-10",
)


def check(context: ReviewContext) -> Iterator[Problem]:
    """The profile if it has no version in force on the period's last day."""
    if context.version is None:
        message = Text(
            N_("On {day} the profile {profile} had no policy in force."),
            day=context.review.period.last,
            profile=context.review.profile,
        )
        yield context.problem(RULE, ("profile",), message)
