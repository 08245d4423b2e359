"""An e-mail address, a login and a key belong to one person, so that they tell who acts."""

from collections.abc import Iterator
from pathlib import Path

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "people-email",
    N_("Two people have the same e-mail address, login or key."),
    N_("Leave it with the one whose it is."),
    "cs-01: {emails: [service@example.com]}\ncs-02: {emails: [Service@example.com]}",
)


_MESSAGES = {
    "emails": N_("{given} is also the address of {owner}."),
    "logins": N_("{given} is also the login of {owner}."),
    "vault_key": N_("{given} is also the key of {owner}."),
}


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """Every address and login that somebody above has, in whatever case of letters."""
    for key, message in _MESSAGES.items():
        owners: dict[str, str] = {}
        for name, person in document.data["people"].items():
            held = person.get(key, ())
            for number, given in enumerate([held] if isinstance(held, str) else held):
                owner = owners.setdefault(given.casefold(), name)
                if owner != name:
                    place = document.place("people", name, key, *([] if isinstance(held, str) else [number]))
                    yield RULE.problem(document.path, place, Text(message, given=given, owner=owner))
