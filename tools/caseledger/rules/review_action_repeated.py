"""The corrective actions of a record have ids of their own."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.review_context import ReviewContext

RULE = Rule(
    "review-action-repeated",
    N_("Two corrective actions of a record bear the same id."),
    N_("Give one of them another id."),
    "actions:\n  - id: lever\n    measure: New drawing\n  - id: lever\n    measure: Cold test",
)


def check(context: ReviewContext) -> Iterator[Problem]:
    """Every id that an action above it bears."""
    seen = set()
    for number, action in enumerate(context.review.actions):
        if action.id in seen:
            message = Text(N_("The id {id} is given twice under {kind}."), id=action.id, kind="actions")
            yield context.problem(RULE, ("actions", number, "id"), message)
        seen.add(action.id)
