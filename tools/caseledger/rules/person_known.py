"""Who acts in a case is in policy/people.yml."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.model import Event
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "person-known",
    N_("The person is not in policy/people.yml."),
    N_("Correct the name, or add the person with their role and its first day to policy/people.yml."),
    "- type: received\n  by: cs-001",
)


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """Every person that an event names and nobody knows; a team may also name roles."""
    for event in context.events:
        for steps, person in _named(event):
            if law.people.get(person) is None and not ("team" in steps and person in law.policy.roles):
                message = Text(N_("policy/people.yml has no {person}."), person=person)
                yield context.at_event(RULE, event, *steps, message=message)


def _named(event: Event) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("by",), event.by
    if event.type == "assigned" and "lead" in event.data:
        yield ("lead",), event.data["lead"]
    elif event.type == "extended" and event.data["approved_by"]:
        yield ("approved_by", "by"), event.data["approved_by"]["by"]
    elif event.type == "investigation-started":
        for number, member in enumerate(event.data.get("team", ())):
            yield ("team", number), member
