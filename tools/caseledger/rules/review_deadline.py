"""A corrective action has time from the day on which it was decided."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.review_context import ReviewContext

RULE = Rule(
    "review-deadline",
    N_("The deadline of a corrective action is not after the day on which it was decided."),
    N_("Write a later day."),
    "held: 2026-11-04\nactions:\n  - id: lever\n    deadline: 2026-11-04",
)


def check(context: ReviewContext) -> Iterator[Problem]:
    """Every deadline that is not after `held`."""
    held = context.review.held
    for number, action in enumerate(context.review.actions):
        if action.deadline <= held:
            message = Text(N_("{deadline} is not after {held}."), deadline=action.deadline, held=held)
            yield context.problem(RULE, ("actions", number, "deadline"), message)
