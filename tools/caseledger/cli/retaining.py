"""What the commands about retention share: who acts, a day, and what to do with what was written."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import click

from caseledger.cli import acting
from caseledger.errors import CannotGoOn, Refused
from caseledger.language import N_, Text, translate
from caseledger.people import Person
from caseledger.rulebook import Rulebook
from caseledger.rules import personal_data

F = TypeVar("F", bound=Callable[..., Any])


def acting_person(command: F) -> F:
    """--by and --as."""
    by = click.option("--by", metavar="ID", help=translate(N_("Who acts; by default whoever Git is configured with.")))
    role = click.option("--as", "role", metavar="ROLE", help=translate(N_("The role in which they act.")))
    return by(role(command))


class Day(click.ParamType[date]):
    """A day on the command line."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that shows one."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(Text(N_("{value} is no day; write 2026-11-03."), value=value).to(), param, ctx)


def reason(command: F) -> F:
    """--reason."""
    return click.option("--reason", metavar="TEXT", required=True, help=translate(N_("Why.")))(command)


def actor(
    rulebook: Rulebook, by: str | None, role: str | None, allowed: Iterable[str], now: datetime
) -> tuple[Person, str]:
    """Who acts, and in which of the roles that may."""
    who = acting.person(rulebook, by)
    if role is not None:
        return who, role
    fitting = [one for one in allowed if who.holds(one, now.date())]
    if not fitting:
        message = N_("{by} holds none of the roles that may do this: {roles}.")
        raise CannotGoOn(Text(message, by=who.id, roles=", ".join(allowed)))
    return who, fitting[0]


def harmless(rulebook: Rulebook, why: str) -> str:
    """A reason as it may be written; Refused where it holds personal data."""
    if found := list(personal_data.check_said(why, "--reason", rulebook.allowed)):
        raise Refused(Text(N_("Nothing is written: Git keeps the reason for ever.")), found)
    return why


def pass_on(paths: Sequence[str], why: str) -> None:
    """What to do with files that were written: nothing is committed here."""
    click.echo(translate(why))
    click.echo(f"  git add {' '.join(paths)} && git commit")


def say(message: str, **values: object) -> None:
    """Print a message."""
    click.echo(Text(message, **values).to())
