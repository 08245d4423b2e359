"""The answer to an event that is refused: why, and which steps the policy allows instead."""

import click
from rich.console import Console

from caseledger.cli import steps
from caseledger.cli.formats import json, text
from caseledger.errors import Refused
from caseledger.findings import Judged
from caseledger.language import N_, Text
from caseledger.upcoming import upcoming


def answer(refused: Refused, judged: Judged, form: str) -> int:
    """Print it, text to stderr, and return the exit code; of the steps those that lead on: new, or due by a clock."""
    found = [step for step in upcoming(judged) if step.clock or not step.again]
    if form == "json":
        problems = json.as_data(refused.problems)
        click.echo(json.dump({"refused": str(refused.text), "problems": problems, "next": steps.as_json(found)}))
    else:
        click.echo(text.error(refused), err=True)
        click.echo(
            Text(N_("What can be recorded now (everything: caseledger next {id}):"), id=judged.id).to(), err=True
        )
        steps.show(judged, found, Console(stderr=True))
    return refused.exit_code
