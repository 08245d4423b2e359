"""A case has a category of the policy."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "category-known",
    N_("The policy does not have the category."),
    N_("Write one of the policy's categories."),
    "policy: quality@2023-01-01\ncategory: delivery",
)


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """The category if the policy does not have it."""
    category = context.case.fact("category")
    if category not in law.policy.categories:
        message = Text(
            N_("The policy {policy} has no category {category}; it has: {categories}."),
            policy=law.policy.name,
            category=category,
            categories=", ".join(law.policy.categories),
        )
        yield context.problem(RULE, ("category",), message)
