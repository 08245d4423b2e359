"""A case is judged by the policy version in force on the day of receipt."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "policy-in-force",
    N_("The policy version that the case names was not the one in force on the day of receipt."),
    N_("Write the version that was in force on that day."),
    "policy: quality@2023-01-01\nevents:\n  - at: 2022-12-30T09:12:00+08:00\n    type: received",
)


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """The policy if another version of the profile was in force on the day of receipt, or none."""
    if context.received is None:
        return
    day = law.day(context.received)
    right = context.in_force(law.policy.profile, day)
    if right is None:
        message = Text(N_("On {day} no version of {profile} was in force yet."), day=day, profile=law.policy.profile)
        yield context.problem(RULE, ("policy",), message)
    elif right != law.policy.name:
        message = Text(
            N_("The complaint was received on {day}, when {right} was in force, not {policy}."),
            day=day,
            right=right,
            policy=law.policy.name,
        )
        yield context.problem(RULE, ("policy",), message)
