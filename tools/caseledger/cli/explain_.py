"""caseledger explain"""

from datetime import datetime

import click

from caseledger import explanation, labels
from caseledger.cli import one, options
from caseledger.clocks import Verdict
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text, current, translate
from caseledger.policy import Policy
from caseledger.rulebook import Rulebook


@click.command(
    "explain",
    help=translate(
        N_(
            "Say why the clocks of a case are due when they are: start, limit, every day counted or skipped, pauses,"
            " regrades, extensions. CLOCK names one of them; without it, all are explained."
        )
    ),
)
@click.argument("case_id", metavar="ID")
@click.argument("clock", required=False)
@options.as_of
@options.repository
def command(case_id: str, clock: str | None, now: datetime, rulebook: Rulebook) -> None:
    """Print the story of each clock."""
    judged = one.judged(rulebook, case_id, now)
    names = [known.id for known in judged.policy.clocks]
    if clock is not None and clock not in names:
        message = N_("The policy {policy} has no clock {clock}; it has: {names}.")
        raise CannotGoOn(Text(message, policy=judged.policy.name, clock=clock, names=", ".join(names)))
    chosen = [verdict for verdict in judged.verdicts if clock in (None, verdict.clock.id)]
    if not chosen:
        click.echo(Text(N_("This clock does not run in {id}: no limit applies to it."), id=case_id).to())
    calendar = rulebook.calendar(judged.policy.calendar)
    for verdict in chosen:
        click.echo(_title(judged.policy, verdict))
        for line in explanation.explain(verdict, calendar, now):
            click.echo(f"  {line}")


def _title(policy: Policy, verdict: Verdict) -> str:
    return Text(
        N_("{clock}, {title} (article {clause}, cycle {cycle}, {owner}): {status}"),
        clock=verdict.clock.id,
        title=verdict.clock.title[current()],
        clause=verdict.clock.clause,
        cycle=verdict.cycle,
        owner=policy.role(verdict.owner, current()),
        status=labels.label("status", verdict.status),
    ).to()
