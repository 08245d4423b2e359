"""A corrective action is decided, then done, then verified; a record is held, then published."""

from collections.abc import Iterator
from datetime import date

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.review_context import ReviewContext

RULE = Rule(
    "review-order",
    N_("Something was verified before it was done, or done or published before the record was held."),
    N_("Correct the days: held, done, verified; what is not done cannot be verified."),
    "done: {on: 2026-11-20, by: qi-01, evidence: Test report}\n"
    "verified: {on: 2026-11-18, by: ct-01, as: complaint-team}",
)


def check(context: ReviewContext) -> Iterator[Problem]:
    """Every day before the one that it must follow, and what was verified without being done."""
    held = context.review.held
    for number, action in enumerate(context.review.actions):
        done, verified = action.done, action.verified
        if done and done.day < held:
            yield _earlier(context, ("actions", number, "done", "on"), done.day, held)
        if verified and not done:
            message = Text(N_("{id} is verified, but not done."), id=action.id)
            yield context.problem(RULE, ("actions", number, "verified"), message)
        elif verified and done and verified.day < done.day:
            yield _earlier(context, ("actions", number, "verified", "on"), verified.day, done.day)
    published = context.document.data.get("published")
    if published and (day := date.fromisoformat(published["on"])) < held:
        yield _earlier(context, ("published", "on"), day, held)


def _earlier(context: ReviewContext, steps: tuple[str | int, ...], day: date, after: date) -> Problem:
    return context.problem(RULE, steps, Text(N_("{day} is before {after}."), day=day, after=after))
