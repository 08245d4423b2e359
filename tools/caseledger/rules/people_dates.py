"""A role is held from one day to a later one."""

from collections.abc import Iterator
from pathlib import Path

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "people-dates",
    N_("A role ends before it begins."),
    N_("Write the first day under from and the last day under to."),
    '- {role: legal, from: "2025-07-01", to: "2025-06-30"}',
)


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """Every role whose last day is before its first."""
    for name, person in document.data["people"].items():
        for number, held in enumerate(person["roles"]):
            if "to" in held and held["to"] < held["from"]:
                message = Text(N_("{last} is before {first}."), last=held["to"], first=held["from"])
                yield RULE.problem(document.path, document.place("people", name, "roles", number, "to"), message)
