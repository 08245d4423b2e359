"""People act in roles that they hold on that day."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.model import Event
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

BOT = "bot"

RULE = Rule(
    "role-held",
    N_("The person did not hold the role on that day."),
    N_("Write the role that they held, or enter in policy/people.yml from when to when they hold it."),
    "- at: 2026-11-03T09:12:00+08:00\n  type: received\n  by: cs-04  # left on 2024-08-31\n  as: customer-service",
)


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """Everyone who acts or approves in a role of the policy without holding it; only a program acts as a bot."""
    for event in context.events:
        for steps, name, role in _acting(event):
            person = law.people.get(name)
            if person is None or role not in law.policy.roles:
                continue
            if not person.holds(role, day := law.calendar.day_of(event.at)):
                message = Text(N_("{person} did not hold the role {role} on {day}."), person=name, role=role, day=day)
                yield context.at_event(RULE, event, *steps, message=message, hint=_hint(person.roles_on(day)))
            elif role == BOT and not person.bot:
                message = Text(N_("{person} is no program, and cannot act as {role}."), person=name, role=role)
                yield context.at_event(RULE, event, *steps, message=message)


def _acting(event: Event) -> Iterator[tuple[tuple[str, ...], str, str]]:
    yield ("as",), event.by, event.role
    if event.type == "extended" and event.data["approved_by"]:
        approval = event.data["approved_by"]
        yield ("approved_by", "as"), approval["by"], approval["as"]


def _hint(held: list[str]) -> Text | None:
    return Text(N_("On that day they held: {roles}."), roles=", ".join(held)) if held else None
