"""caseledger next"""

from datetime import datetime

import click

from caseledger import instant, labels
from caseledger.cli import one, options, tables
from caseledger.cli.formats import json
from caseledger.findings import Judged
from caseledger.language import N_, current, translate
from caseledger.rulebook import Rulebook
from caseledger.upcoming import Upcoming, upcoming


@click.command(
    "next",
    help=translate(
        N_(
            "List what can be recorded next in a case: the event types that the policy allows now, who may record each,"
            " and by when. A note, evidence and a correction may be added at any time."
        )
    ),
)
@click.argument("case_id", metavar="ID")
@options.output_format("text", "json")
@options.as_of
@options.repository
def command(case_id: str, form: str, now: datetime, rulebook: Rulebook) -> None:
    """Print the steps, the most urgent first."""
    judged = one.judged(rulebook, case_id, now)
    steps = upcoming(judged)
    if form == "json":
        click.echo(json.dump([_as_json(step) for step in steps]))
        return
    headings = [N_("Type"), N_("What"), N_("By when"), N_("Clock"), N_("Status"), N_("Who may")]
    tables.show([translate(heading) for heading in headings], [_row(judged, step) for step in steps])


def _row(judged: Judged, step: Upcoming) -> list[str]:
    language, verdict = current(), step.clock
    clock = (
        [instant.deadline(verdict.due), verdict.clock.title[language], str(labels.label("status", verdict.status))]
        if verdict and verdict.due
        else ["-"] * 3
    )
    roles = judged.policy.roles if step.roles is None else step.roles
    return [
        step.type,
        str(labels.label("event", step.type)),
        *clock,
        ", ".join(judged.policy.role(role, language) for role in roles),
    ]


def _as_json(step: Upcoming) -> dict[str, object]:
    return {
        "type": step.type,
        "roles": step.roles,
        "clock": json.verdict(step.clock) if step.clock else None,
    }
