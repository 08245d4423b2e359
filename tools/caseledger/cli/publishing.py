"""--commit and --push: what commands that write an entry do about it afterwards."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from caseledger.errors import Refused
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook

if TYPE_CHECKING:
    from caseledger.outgoing import Sending

F = TypeVar("F", bound=Callable[..., Any])


def options(command: F) -> F:
    """--commit and --push."""
    push = click.option("--push", is_flag=True, help=translate(N_("Commit it, and push what is committed here.")))
    commit = click.option("--commit", is_flag=True, help=translate(N_("Commit it, and nothing else.")))
    return commit(push(command))


@contextmanager
def sending(rulebook: Rulebook, request: Sequence[object], *, commit: bool, push: bool) -> Iterator["Sending | None"]:
    """The sending of what the command writes, None where it is neither committed nor pushed."""
    if not commit and not push:
        yield None
        return
    from caseledger import outgoing

    with outgoing.sending(rulebook, list(map(repr, request)), push=push) as found:
        if found.finished:
            click.echo(Text(N_("Committed what was interrupted: {subject}"), subject=found.finished).to(), err=True)
        if found.resumed:
            click.echo(translate(N_("This entry is recorded already; it only has to be passed on.")), err=True)
        yield found
        found.arrived()  # the last thing: who is interrupted before that is not told it was done


def push_what_is_committed(rulebook: Rulebook) -> None:
    """Push without a new entry."""
    with sending(rulebook, (), commit=False, push=True) as sent:
        if sent:
            _push(sent, err=False)


def pass_on(sent: "Sending", file: Path, *, push: bool, err: bool = False) -> None:
    """Commit the entry and, if asked for, push it; say what became of it. Refused where it had to be set aside."""
    subject = sent.commit(file)
    if push:
        _push(sent, err=err)
    elif subject:
        click.echo(Text(N_("Committed: {subject}"), subject=subject).to(), err=err)


def _push(sent: "Sending", *, err: bool) -> None:
    from caseledger.outgoing import pushing

    pushed = sent.push()
    for subject in pushed.subjects:
        click.echo(Text(N_("Pushed to {remote}: {subject}"), remote=pushed.remote, subject=subject).to(), err=err)
    if not pushed.subjects and not pushed.aside:
        click.echo(Text(N_("Nothing to push: {remote} has it all."), remote=pushed.remote).to(), err=err)
    if pushed.behind:
        message = Text(N_("Your files are not up to date with what was pushed: {reason}"), reason=pushed.behind)
        click.echo(message.to(), err=True)
    if pushed.aside:
        sent.arrived()
        message = Text(
            N_("Not pushed: {subjects}. {reason} Nothing is lost: git show {refs}"),
            subjects="; ".join(aside.subject for aside in pushed.aside),
            reason=pushed.aside[0].reason,
            refs=" ".join(map(pushing.kept_as, pushed.aside)),
        )
        raise Refused(message, pushed.aside[0].problems)
