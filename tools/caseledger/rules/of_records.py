"""The rules about records of periodic duties."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from caseledger.problem import Problem, Rule
from caseledger.rules import (
    personal_address,
    personal_data,
    review_action_repeated,
    review_deadline,
    review_held,
    review_kind,
    review_order,
    review_path,
    review_period,
    review_person,
    review_policy,
    review_published,
    review_role,
    review_verifier,
)
from caseledger.rules.review_context import ReviewContext, ReviewLaw


class ReviewRule(Protocol):
    """A rule about one record of a periodic duty, whatever judges it."""

    RULE: Rule

    def check(self, context: ReviewContext) -> Iterator[Problem]:
        """The findings in one record."""


class ReviewLawRule(Protocol):
    """A rule about one record of a periodic duty under the policy and the people of its time."""

    RULE: Rule

    def check(self, context: ReviewContext, law: ReviewLaw) -> Iterator[Problem]:
        """The findings in one record."""


REVIEW_RULES: Sequence[ReviewRule] = (
    review_path,
    review_policy,
    review_held,
    review_action_repeated,
    review_deadline,
    review_order,
    review_verifier,
    personal_data,
    personal_address,
)
REVIEW_LAW_RULES: Sequence[ReviewLawRule] = (
    review_kind,
    review_period,
    review_role,
    review_person,
    review_published,
)


def check_review(context: ReviewContext, law: ReviewLaw | None) -> Iterator[Problem]:
    """What all rules find wrong with a record; without `law`, those that need none."""
    for rule in REVIEW_RULES:
        yield from rule.check(context)
    if law:
        for law_rule in REVIEW_LAW_RULES:
            yield from law_rule.check(context, law)
