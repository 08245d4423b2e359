"""Nobody verifies their own work."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.review_context import ReviewContext

RULE = Rule(
    "review-verifier",
    N_("A corrective action was verified by the person who did it."),
    N_("Let another person look at it, and write down who did."),
    "done: {on: 2026-11-20, by: qi-01, evidence: Test report}\n"
    "verified: {on: 2026-11-23, by: qi-01, as: quality-inspection}",
)


def check(context: ReviewContext) -> Iterator[Problem]:
    """Everyone who verified what they did themselves."""
    for number, action in enumerate(context.review.actions):
        if action.done and action.verified and action.done.by == action.verified.by:
            message = Text(N_("{person} did it, and cannot verify it."), person=action.done.by)
            yield context.problem(RULE, ("actions", number, "verified", "by"), message)
