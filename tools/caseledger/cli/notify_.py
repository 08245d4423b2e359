"""caseledger notify"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caseledger import files, instant
from caseledger.cache import FOLDER
from caseledger.cli import options
from caseledger.errors import USAGE, CannotGoOn
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook

if TYPE_CHECKING:
    from caseledger.notify.items import Item
    from caseledger.notify.run import Due

STATE = FOLDER / "notices.json"
"""What was told already, from the root of the repository."""


@click.command(
    "notify",
    help=translate(
        N_(
            "Send each department one digest of what is overdue, due today and due next, each finding once per status:"
            " through the channels that the settings name under notices, in working hours only. Exit code 2 if a digest"
            " did not arrive; it is tried again by the next run. docs/notices.md says how to set it up."
        )
    ),
)
@click.option("--dry-run", is_flag=True, help=translate(N_("Show what would be sent; send and remember nothing.")))
@click.option("--department", metavar="ROLE", help=translate(N_("Send to this department only.")))
@click.option(
    "--state",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help=translate(N_("Where it is remembered what was sent; by default .cache/caseledger/notices.json.")),
)
@options.as_of
@options.repository
def command(dry_run: bool, department: str | None, state: Path | None, now: datetime, rulebook: Rulebook) -> int:
    """Plan the digests, send them, say what became of each."""
    from caseledger.notify import hours, items, run
    from caseledger.notify.memory import Memory

    settings = rulebook.settings.get("notices")
    if settings is None:
        message = N_("The settings name no channels: {file} has no notices. docs/notices.md says what to write there.")
        raise CannotGoOn(Text(message, file=files.SETTINGS))
    departments = _chosen(settings["departments"], department)
    calendar = hours.calendar_of(rulebook, settings, now)
    found = items.gather(rulebook, calendar, now)
    with files.locked(rulebook.root / FOLDER / "notices.lock"):
        memory = Memory(state or rulebook.root / STATE)
        planned = list(run.plan(found, departments, memory, rulebook, calendar, now))
        at_work = hours.at_work(calendar, settings, now)
        if not department:
            _unasked(found, departments)
        if not at_work:
            message = N_(
                "{at} is outside working hours (calendar {calendar}): nothing is sent. Digests that wait: {n}."
            )
            at = instant.read(calendar.local(now))
            click.echo(Text(message, at=at, calendar=calendar.name, n=len(planned)).to(), err=dry_run)
        if memory.unread:
            click.echo(memory.unread.to(), err=True)
        if dry_run:
            return _show(planned)
        return _send(planned, memory, {item.key for item in found}, now) if at_work else 0


def _chosen(departments: dict[str, Any], wanted: str | None) -> dict[str, Any]:
    if wanted is None:
        return departments
    if wanted not in departments:
        message = N_("The settings name no channels for {department}; they do for: {departments}.")
        raise CannotGoOn(Text(message, department=wanted, departments=", ".join(departments)))
    return {wanted: departments[wanted]}


def _unasked(found: Sequence["Item"], departments: dict[str, Any]) -> None:
    """Say which departments have findings and no channel."""
    for role in sorted({item.department for item in found} - departments.keys()):
        count = sum(item.department == role for item in found)
        message = N_("The settings name no channels for {department}. Findings that nobody is told: {n}.")
        click.echo(Text(message, department=role, n=count).to(), err=True)


def _show(planned: Sequence["Due"]) -> int:
    for due in planned:
        click.echo(Text(N_("To {department} by {channel}:"), department=due.department, channel=due.channel).to())
        click.echo(f"{due.digest.title}\n\n{due.digest.body}\n")
    if not planned:
        click.echo(translate(N_("Nothing new to tell.")))
    return 0


def _send(planned: Sequence["Due"], memory: Any, current: set[str], now: datetime) -> int:
    from caseledger.notify import channels, run

    aside = memory.open(current, now)
    if aside:
        message = N_("It was put aside as {path}; everything is told anew, once.")
        click.echo(Text(message, path=aside).to(), err=True)
    failed = False
    for sent in run.deliver(planned, memory, channels.send, now):
        names = {"department": sent.due.department, "channel": sent.due.channel, "n": len(sent.due.items)}
        if sent.failure:
            failed = True
            message = N_("Not sent to {department} by {channel}, the next run tries again: {failure}")
            click.echo(Text(message, **names, failure=sent.failure).to(), err=True)
        else:
            click.echo(Text(N_("Sent to {department} by {channel}: {n} findings."), **names).to())
    if not planned:
        click.echo(translate(N_("Nothing new to tell.")))
    return USAGE if failed else 0
