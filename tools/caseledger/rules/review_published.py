"""What the policy wants made public says where and when it was."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.review_context import ReviewContext, ReviewLaw

RULE = Rule(
    "review-published",
    N_("The policy asks for publication, and the record does not say where and when."),
    N_("Add published with where and on."),
    "kind: outside-evaluation\nprofile: platform-service\nperiod: 2025\nheld: 2026-03-12",
)


def check(context: ReviewContext, law: ReviewLaw) -> Iterator[Problem]:
    """The kind if its result must be published and was not."""
    obligation = context.obligation(law.policy)
    if obligation and obligation.published and "published" not in context.document.data:
        message = Text(N_("The result of {kind} is to be published."), kind=obligation.id)
        yield context.problem(RULE, ("kind",), message)
