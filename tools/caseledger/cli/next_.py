"""caseledger next"""

from datetime import datetime

import click
from rich.console import Console

from caseledger.cli import one, options, steps
from caseledger.cli.formats import json
from caseledger.language import N_, translate
from caseledger.rulebook import Rulebook
from caseledger.upcoming import upcoming


@click.command(
    "next",
    help=translate(
        N_(
            "List what can be recorded next in a case: the event types that the policy allows now, who may record each,"
            " by when, and what is still needed; then what these lead to. A note, evidence and a correction may be"
            " added at any time."
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
    found = upcoming(judged)
    if form == "json":
        click.echo(json.dump(steps.as_json(found)))
    else:
        steps.show(judged, found, Console())
