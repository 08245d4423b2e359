"""The vault that a command is about, who is at work there, and what they may read."""

from datetime import date
from typing import Any

import click

from caseledger import instant
from caseledger.cli import acting
from caseledger.errors import Refused
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook
from caseledger.rules import personal_data
from caseledger.vault import identities, readers
from caseledger.vault.accesslog import Access
from caseledger.vault.identities import Identities
from caseledger.vault.keystore import Tombstone
from caseledger.vault.places import places
from caseledger.vault.readers import Reader
from caseledger.vault.store import Vault


class Reason(click.ParamType[str]):
    """Why somebody looks: one line."""

    name = "TEXT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The reason, or a usage error at none."""
        text = str(value).strip()
        if not 3 <= len(text) <= 300 or not text.isprintable():
            self.fail(Text(N_("Say in one line, of 3 to 300 characters, why.")).to(), param, ctx)
        return text


reason = click.option(
    "--reason",
    type=Reason(),
    required=True,
    help=translate(N_("Why, in one line; it is kept in the log. Write no personal data there.")),
)


def vault(rulebook: Rulebook) -> Vault:
    """The vault of a repository."""
    return Vault(places(rulebook.root, rulebook.settings))


def today(rulebook: Rulebook) -> date:
    """The day, where the policy of new cases is at home."""
    now = instant.now()
    name = rulebook.in_force(rulebook.settings["profile"], str(now.date()))
    policy = rulebook.policy(name) if name else None
    return rulebook.calendar(policy.calendar).day_of(now) if policy else now.date()


def wanted(rulebook: Rulebook) -> tuple[Reader, ...]:
    """Who may read now."""
    return readers.readers(rulebook.settings, rulebook.people, today(rulebook))


def mine() -> Identities | None:
    """The keys of whoever is at work, None if they have no file of them."""
    return identities.read() if identities.place().is_file() else None


def who(rulebook: Rulebook, own: Identities | None) -> str:
    """Who is at work: whose key it is; with the key of a role or none, whoever Git is configured for."""
    person = own.owner(rulebook.people) if own else None
    if person:
        return person
    by = acting.person(rulebook, None).id
    keys = rulebook.settings.get("vault", {}).get("role_keys", {})
    roles = [role for role, key in keys.items() if own and key in own.public]
    return f"{by} ({', '.join(roles)})" if roles else by


def erase(rulebook: Rulebook, vault: Vault, ref: str, why: str, did: str = "erase") -> None:
    """Destroy the key of a consumer for good, which is noted first."""
    with vault.locked():
        noted = access(rulebook, mine(), did, ref, why)
        vault.log(noted)
        vault.erase(Tombstone(ref, noted.at, noted.who, why))


def access(rulebook: Rulebook, own: Identities | None, did: str, ref: str, why: str) -> Access:
    """An access of whoever is at work, now; Refused where the reason holds personal data: the log is kept for ever."""
    if found := list(personal_data.check_said(why, "--reason", rulebook.allowed)):
        raise Refused(Text(N_("Nothing is done: the reason stays in the log.")), found)
    return Access(instant.show(instant.now()), who(rulebook, own), did, ref, why)
