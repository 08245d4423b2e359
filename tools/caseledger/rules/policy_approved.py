"""A policy version comes into force with the approval of management (E8).

Not among the rules of files: a version without approval fails the check, but the cases that name it are judged.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from caseledger.language import N_, Text
from caseledger.people import People
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

APPROVERS = ("management", "leading-group")

RULE = Rule(
    "policy-approved",
    N_("A policy version is in force without the approval of somebody who could give it."),
    N_("Write who of management or the leading group approved it, and on which day before its first: approved."),
    'version: "2027-01-01"\napproved: {by: cs-01, as: customer-service, on: "2027-01-04"}',
)


def check(document: Document, people: People, today: date) -> Iterator[Problem]:
    """The approval that is wrong, and the one that is missing once the version's first day has come."""
    first, approved = document.data["version"], document.data.get("approved")
    if approved is None:
        if first <= today.isoformat():
            message = Text(N_("The version is in force from {first}, and nobody has approved it."), first=first)
            yield RULE.problem(document.path, document.place("version"), message)
        return
    for key, message in _faults(approved, first, people):
        yield RULE.problem(document.path, document.place("approved", key), message)


def _faults(approved: dict[str, Any], first: str, people: People) -> Iterator[tuple[str, Text]]:
    by, role, day = approved["by"], approved["as"], approved["on"]
    person = people.get(by)
    if day > first:
        yield "on", Text(N_("{day} is after {first}, the first day in force."), day=day, first=first)
    if role not in APPROVERS:
        yield (
            "as",
            Text(N_("{role} does not approve policies; that is for: {roles}."), role=role, roles=", ".join(APPROVERS)),
        )
    elif person is None:
        yield "by", Text(N_("policy/people.yml has no {person}."), person=by)
    elif not person.holds(role, date.fromisoformat(day)):
        yield "as", Text(N_("{person} did not hold the role {role} on {day}."), person=by, role=role, day=day)
