"""A grade is one of the policy's."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "grade-known",
    N_("The policy does not have the grade."),
    N_("Write one of the policy's grades."),
    "policy: quality@2023-01-01\nevents:\n  - type: graded\n    grade: serious",
)


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """Every grade that the policy does not have."""
    for event in context.events:
        if event.type == "graded" and event.data["grade"] not in law.policy.grades:
            message = Text(
                N_("The policy {policy} has no grade {grade}; it has: {grades}."),
                policy=law.policy.name,
                grade=event.data["grade"],
                grades=", ".join(law.policy.grades),
            )
            yield context.at_event(RULE, event, "grade", message=message)
