"""Who may read the vault: by cryptography, the age keys of the people and roles that the settings name."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from pyrage import RecipientError
from pyrage.x25519 import Recipient

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.people import People


class Reader(NamedTuple):
    """A person or, where `person` is None, a role with a key of its own; `key` is an age public key."""

    role: str
    person: str | None
    key: str

    @property
    def name(self) -> str:
        """What the reader is called."""
        return self.person or self.role


def readers(settings: Mapping[str, Any], people: People, day: date) -> tuple[Reader, ...]:
    """Who may read on a day, each key once: holders of the roles that read, and roles that have a key of their own."""
    named = settings.get("vault", {})
    found: dict[str, Reader] = {}
    for role in named.get("readers", ()):
        for person in people.persons.values():
            if person.vault_key and person.holds(role, day):
                found.setdefault(person.vault_key, Reader(role, person.id, person.vault_key))
    for role, key in named.get("role_keys", {}).items():
        found.setdefault(key, Reader(role, None, key))
    return tuple(found.values())


def recipients(wanted: Sequence[Reader]) -> list[Recipient]:
    """What age encrypts to; CannotGoOn where there is nobody, or where a key is mistyped."""
    if not wanted:
        message = N_(
            "Nobody could read it: no holder of a role under vault.readers in caseledger.yml has a vault_key in"
            " policy/people.yml. Make one with caseledger private keys new."
        )
        raise CannotGoOn(Text(message))
    return [_recipient(reader) for reader in wanted]


def _recipient(reader: Reader) -> Recipient:
    try:
        return Recipient.from_str(reader.key)
    except RecipientError:
        message = N_("The key of {reader} is mistyped: {key}. Copy it anew.")
        raise CannotGoOn(Text(message, reader=reader.name, key=reader.key)) from None
