"""caseledger flag"""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from caseledger import findings, instant, obligations, register, reviews
from caseledger.audience import INSIDE
from caseledger.cli import options
from caseledger.cli.formats import issue, text
from caseledger.clocks import Status
from caseledger.errors import USAGE, CannotGoOn
from caseledger.flagging.flag import Flag, Flags, Settled
from caseledger.flagging.plan import Department, Desk
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook

if TYPE_CHECKING:
    from caseledger.flagging.run import Outcome

LABEL = "overdue"
MOST = 100


@click.command(
    "flag",
    help=translate(
        N_(
            "Keep the forge's issues in step with what is overdue: one issue for each case or periodic duty, opened,"
            " changed and closed as its deadlines are. Where nothing changed, nothing is written. Which forge, and who"
            " is assigned, is in caseledger.yml; the token is in CASELEDGER_FORGE_TOKEN. docs/bots.md explains it."
        )
    ),
)
@click.option("--dry-run", is_flag=True, help=translate(N_("Say what would be done, but write nothing.")))
@click.option(
    "--most",
    metavar="N",
    type=click.IntRange(0),
    default=MOST,
    show_default=True,
    help=translate(N_("Open no more new issues than this in one run; the rest is for the next ones.")),
)
@options.as_of
@options.repository
def command(dry_run: bool, most: int, now: datetime, rulebook: Rulebook) -> int:
    """Judge everything, bring the issues into step, and say what was done."""
    from caseledger.flagging import target
    from caseledger.flagging.rehearsal import Rehearsal
    from caseledger.flagging.rest import TOKEN_VARIABLE
    from caseledger.flagging.run import run

    settings = rulebook.settings
    there, token = target.of(settings, os.environ), target.token(os.environ)
    if not dry_run and now > instant.now():
        raise CannotGoOn(Text(N_("--as-of is in the future: only --dry-run may look there.")))
    if not dry_run and not token:
        message = N_("There is no token in {variable}. docs/bots.md says how to get one; --dry-run needs none.")
        raise CannotGoOn(Text(message, variable=TOKEN_VARIABLE))
    flags, settled = _judged(rulebook, now, there.forge.file)
    desk = _desk(settings.get("flags", {}))
    tracker = there.tracker(token)
    if not dry_run:
        return _show(run(tracker, flags, settled, now, desk, most))
    rehearsal = Rehearsal(tracker if token else None)
    outcome = run(rehearsal, flags, settled, now, desk, most)
    if not token:
        message = N_("Without a token nobody can look at the issues that there are; this is what a first run would do.")
        click.echo(translate(message), err=True)
    for flag in flags.values():
        if flag.subject in outcome.opened:
            _draw(flag, desk)
    code = _show(outcome)
    click.echo(translate(N_("Nothing was written.")))
    return code


def _judged(rulebook: Rulebook, now: datetime, address: issue.Address) -> tuple[Flags, Settled]:
    cases = list(findings.judge(rulebook, register.load_all(rulebook.root), now))
    judged = {one.id: one for one in findings.visible(cases, INSIDE)}
    times = (time for one in cases for time in obligations.opened(one.state))
    known = [record.review for record in reviews.read_all(rulebook) if record.review]
    owed = obligations.visible(obligations.judge(rulebook, times, known, now), INSIDE)
    duties = {duty.key.rpartition("/")[0]: duty for duty in owed}

    def settled(subject: str) -> Flag | None:
        if subject in judged:
            return issue.case(judged[subject], rulebook.settings, address)
        return issue.duty(duties[subject], rulebook.settings, address) if subject in duties else None

    overdue = {f.judged.id for f in findings.find(judged.values(), now) if f.status is Status.OVERDUE}
    flags = [issue.case(judged[subject], rulebook.settings, address) for subject in overdue]
    rest = [issue.duty(duty, rulebook.settings, address) for duty in duties.values() if duty.status is Status.OVERDUE]
    return {flag.subject: flag for flag in sorted([*flags, *rest], key=lambda flag: flag.subject)}, settled


def _desk(settings: Mapping[str, Any]) -> Desk:
    departments = {
        role: Department(tuple(one.get("assignees", ())), tuple(one.get("labels", ())))
        for role, one in settings.get("departments", {}).items()
    }
    return Desk(settings.get("label", LABEL), departments)


def _draw(flag: Flag, desk: Desk) -> None:
    """An issue that is not there yet."""
    click.echo(flag.title)
    click.echo(Text(N_("    Labels: {names}"), names=", ".join(desk.labels(flag.departments))).to())
    if assignees := desk.assignees(flag.departments):
        click.echo(Text(N_("    Assigned to: {names}"), names=", ".join(assignees)).to())
    for line in flag.said.splitlines():
        click.echo(f"    {line}".rstrip())


def _show(outcome: "Outcome") -> int:
    """Say what was done; the exit code."""
    for message, issues in (
        (N_("Opened: {url}"), outcome.opened.values()),
        (N_("Changed: {url}"), outcome.changed.values()),
        (N_("Closed: {url}"), outcome.closed.values()),
    ):
        for one in issues:
            if one.url:
                click.echo(Text(message, url=one.url).to())
    for one in outcome.unexplained:
        message = N_("Left alone, as what it is about is not there or cannot be read: {url}")
        click.echo(Text(message, url=one.url).to(), err=True)
    for refused in outcome.refused.values():
        click.echo(text.error(CannotGoOn(refused)), err=True)
    if outcome.unassigned:
        message = N_("Not assigned, as the forge does not let them be: {names}. Are they members of the repository?")
        click.echo(Text(message, names=", ".join(sorted(outcome.unassigned))).to(), err=True)
    if outcome.waiting:
        click.echo(Text(N_("Left for the next runs: {n}."), n=len(outcome.waiting)).to(), err=True)
    counts = N_("Issues opened: {opened}, changed: {changed}, closed: {closed}.")
    opened, changed, closed = len(outcome.opened), len(outcome.changed), len(outcome.closed)
    click.echo(Text(counts, opened=opened, changed=changed, closed=closed).to())
    return USAGE if outcome.refused else 0
