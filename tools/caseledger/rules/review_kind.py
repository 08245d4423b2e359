"""A record is about a duty that the policy asks for."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.review_context import ReviewContext, ReviewLaw

RULE = Rule(
    "review-kind",
    N_("The policy has no such obligation."),
    N_("Write the id of one of the policy's obligations."),
    "kind: weekly-report\nprofile: quality",
)


def check(context: ReviewContext, law: ReviewLaw) -> Iterator[Problem]:
    """The kind if the policy in force at the end of the period does not have it."""
    if context.obligation(law.policy) is None:
        message = Text(
            N_("The policy {policy} has no obligation {kind}; it has: {kinds}."),
            policy=law.policy.name,
            kind=context.review.kind,
            kinds=", ".join(obligation.id for obligation in law.policy.obligations),
        )
        yield context.problem(RULE, ("kind",), message)
