"""Whoever is named in a record held that role on that day."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.review_context import ReviewContext, ReviewLaw

RULE = Rule(
    "review-person",
    N_("A record names somebody in a role that they did not hold on that day."),
    N_("Correct the name or the role, or enter in policy/people.yml from when to when they hold it."),
    "held: 2026-11-04\nattendees:\n  customer-service: [cs-04]  # left on 2024-08-31",
)


def check(context: ReviewContext, law: ReviewLaw) -> Iterator[Problem]:
    """Everyone whom policy/people.yml does not have in that role; a role that is none of the policy's is no matter."""
    for steps, name, role, day in context.acting():
        person = law.people.get(name)
        if person is None:
            yield context.problem(RULE, steps, Text(N_("policy/people.yml has no {person}."), person=name))
        elif role in law.policy.roles and not person.holds(role, day):
            message = Text(N_("{person} did not hold the role {role} on {day}."), person=name, role=role, day=day)
            held = ", ".join(person.roles_on(day))
            hint = Text(N_("On that day they held: {roles}."), roles=held) if held else None
            yield context.problem(RULE, steps, message, hint=hint)
