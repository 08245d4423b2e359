"""An e-mail address belongs to one person, so that it tells who acts."""

from collections.abc import Iterator
from pathlib import Path

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "people-email",
    N_("Two people have the same e-mail address."),
    N_("Leave the address with the one whose it is."),
    "cs-01: {emails: [service@example.com]}\ncs-02: {emails: [Service@example.com]}",
)


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """Every address that somebody above has, in whatever case of letters."""
    owners: dict[str, str] = {}
    for name, person in document.data["people"].items():
        for number, email in enumerate(person.get("emails", ())):
            owner = owners.setdefault(email.casefold(), name)
            if owner != name:
                message = Text(N_("{email} is also the address of {owner}."), email=email, owner=owner)
                yield RULE.problem(document.path, document.place("people", name, "emails", number), message)
