"""Who acts, and in which role, where the command line does not say."""

import sys
from collections.abc import Sequence
from datetime import date

import click

from caseledger import git
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text, translate
from caseledger.people import Person
from caseledger.policy import Policy
from caseledger.rulebook import Rulebook


def on_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty()


def person(rulebook: Rulebook, given: str | None) -> Person:
    """The person named, else the one whose e-mail address Git is configured with."""
    if given is not None:
        found = rulebook.people.get(given)
        if found is None:
            raise CannotGoOn(Text(N_("{by} is not in policy/people.yml."), by=given))
        return found
    email = git.user_email(rulebook.root)
    if email is None:
        raise CannotGoOn(Text(N_("Git is not configured with an e-mail address. Name yourself with --by.")))
    found = rulebook.people.by_email(email)
    if found is None:
        message = N_("Git is configured with {email}, which is nobody's in policy/people.yml. Name yourself with --by.")
        raise CannotGoOn(Text(message, email=email))
    return found


def role(who: Person, policy: Policy, event_type: str, day: date, allowed: Sequence[str] | None) -> str:
    """The role in which a person may record an event on a day, of those allowed (None: any); asks which of several."""
    fitting = [r for r in who.roles_on(day) if r in policy.roles and (allowed is None or r in allowed)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting and on_terminal():
        return str(click.prompt(translate(N_("Acting as")), type=click.Choice(fitting)))
    if fitting:
        raise CannotGoOn(
            Text(N_("{by} holds several roles: {roles}. Name one with --as."), by=who.id, roles=_list(fitting))
        )
    raise CannotGoOn(
        Text(
            N_("{by} holds no role that may record {type}: that is for {roles}."),
            by=who.id,
            type=event_type,
            roles=_list(allowed or list(policy.roles)),
        )
    )


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)
