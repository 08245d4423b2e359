"""Somebody holds every role of a policy on every day on which it is in force."""

from collections.abc import Iterator
from datetime import date, timedelta

from caseledger.language import N_, Text
from caseledger.people import People
from caseledger.policies.lint.version import Finding, Version
from caseledger.problem import Rule, Severity

RULE = Rule(
    "lint-role-held",
    N_("Nobody holds a role of the policy on a day on which the version is in force."),
    N_("Enter in policy/people.yml who holds it from that day on."),
    'version: "2027-01-01"\nroles: {crisis-group: …}  # held by nobody from 2027-03-01 on',
    Severity.WARNING,
)


def check(version: Version) -> Iterator[Finding]:
    """Every role, with the first day on which nobody holds it."""
    first = date.fromisoformat(version.policy.version)
    for role in version.policy.roles:
        day = _unheld(version.people, role, first)
        if day and (version.until is None or day < version.until):
            message = Text(N_("Nobody holds the role {role} on {day}."), role=role, day=day)
            yield version.finding(RULE, role, ("roles", role), message, key=True)


def _unheld(people: People, role: str, day: date) -> date | None:
    """The first day, `day` or later, on which nobody holds the role; None if there is none."""
    terms = [(begin, end) for p in people.persons.values() for name, begin, end in p.roles if name == role]
    while found := [end for begin, end in terms if begin <= day and (end is None or day <= end)]:
        if None in found:
            return None
        day = max(end for end in found if end) + timedelta(days=1)
    return day
