"""caseledger sla"""

from datetime import datetime, timedelta
from pathlib import Path

import click

from caseledger import findings, obligations, register, reviews
from caseledger.audience import Audience, sight
from caseledger.cli import options, showing
from caseledger.cli.formats import BY_NAME
from caseledger.clocks import Status
from caseledger.errors import BREACHED
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook


@click.command(
    "sla",
    help=translate(
        N_(
            "Show what is overdue, which deadlines of open cases were broken, and what is due soon, worst first; then"
            " periodic duties and corrective actions that are overdue or due soon. Exit code 4 if anything is overdue."
        )
    ),
)
@click.option(
    "--within",
    type=options.Span(),
    help=translate(N_("Take as due soon what is due within this time (12h, 1d), not what the policy warns of.")),
)
@options.output_format(*BY_NAME)
@options.out
@options.audience
@options.as_of
@options.repository
def command(
    within: timedelta | None, form: str, out: Path | None, audience: str, now: datetime, rulebook: Rulebook
) -> int:
    """Print the findings of the whole repository; the counts are of all of them, whoever is told which they are."""
    seen = sight(Audience(audience), rulebook.settings)
    entries = register.load_all(rulebook.root)
    judged = list(findings.judge(rulebook, entries, now))
    found = findings.find(judged, now, within)
    records = list(reviews.read_all(rulebook))
    known = [record.review for record in records if record.review]
    times = (time for one in judged for time in obligations.opened(one.state))
    judged_duties = list(obligations.judge(rulebook, times, known, now))
    duties = obligations.find(judged_duties, now, within)
    showing.findings(
        findings.find(findings.visible(judged, seen), now, within),
        obligations.find(obligations.visible(judged_duties, seen), now, within),
        form,
        out,
    )
    overdue = sum(finding.status is Status.OVERDUE for finding in found)
    late = sum(duty.status is Status.OVERDUE for duty in duties)
    unread = sum(entry.data is None for entry in entries) + len(records) - len(known)
    summary = Text(
        N_("Cases: {cases}. Clocks overdue: {overdue}; broken in open cases: {broken}; due soon: {soon}."),
        cases=len(judged),
        overdue=overdue,
        broken=sum(finding.status in (Status.LATE, Status.EARLY) for finding in found),
        soon=sum(finding.status is Status.DUE_SOON for finding in found),
    )
    click.echo(summary.to(), err=form != "text")
    if duties:
        message = N_("Obligations and corrective actions overdue: {overdue}; due soon: {soon}.")
        click.echo(Text(message, overdue=late, soon=len(duties) - late).to(), err=form != "text")
    if unread:
        click.echo(
            Text(N_("Files that cannot be read: {unread}; caseledger check says why."), unread=unread).to(), err=True
        )
    return BREACHED if overdue or late else 0
