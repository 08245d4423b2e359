"""Who holds which role, from when to when (policy/people.yml)."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

_NO_REPLY = re.compile(r"(?P<whole>(?:\d+[+-])?(?P<login>[^@]+))@(?:users?\.)?noreply\.[^@]+", re.ASCII | re.IGNORECASE)
"""What web editors write: 123+login@users.noreply.github.com, 123-login@users.noreply.gitlab.com, login@noreply.…"""


class Person(NamedTuple):
    """One person or bot; each role with its first and last day, the last None while it is held."""

    id: str
    name: str
    bot: bool
    emails: tuple[str, ...]
    roles: tuple[tuple[str, date, date | None], ...]
    logins: tuple[str, ...] = ()
    vault_key: str | None = None
    """Their age public key, to which keys of the vault are encrypted."""

    def holds(self, role: str, day: date) -> bool:
        """Whether they hold the role on that day."""
        return role in self.roles_on(day)

    def roles_on(self, day: date) -> list[str]:
        """The roles that they hold on that day."""
        return [role for role, first, last in self.roles if first <= day and (last is None or day <= last)]


class People(NamedTuple):
    """Everyone who may record events, by id."""

    persons: Mapping[str, Person]

    def get(self, person: str) -> Person | None:
        """The person of that id."""
        return self.persons.get(person)

    def by_email(self, email: str) -> Person | None:
        """The person with that e-mail address, in any case of letters."""
        wanted = email.casefold()
        return next((p for p in self.persons.values() if wanted in map(str.casefold, p.emails)), None)

    def by_address(self, email: str) -> Person | None:
        """The person with that e-mail address, or with the login in a forge's no-reply address."""
        found = self.by_email(email)
        if found is None and (match := _NO_REPLY.fullmatch(email)):
            wanted = {match["whole"].casefold(), match["login"].casefold()}
            found = next((p for p in self.persons.values() if wanted.intersection(map(str.casefold, p.logins))), None)
        return found


def load(data: Mapping[str, Any]) -> People:
    """The people that a file of the people schema names."""
    return People({name: _person(name, entry) for name, entry in data["people"].items()})


def _person(name: str, data: Mapping[str, Any]) -> Person:
    return Person(
        id=name,
        name=data["name"],
        bot=data.get("bot", False),
        emails=tuple(data.get("emails", ())),
        logins=tuple(data.get("logins", ())),
        vault_key=data.get("vault_key"),
        roles=tuple(
            (held["role"], date.fromisoformat(held["from"]), date.fromisoformat(held["to"]) if "to" in held else None)
            for held in data["roles"]
        ),
    )
