"""The answer to an event that is refused: why, and which steps the policy allows instead."""

import click
from rich.console import Console

from caseledger.cli import steps
from caseledger.cli.formats import json, text
from caseledger.errors import Refused
from caseledger.findings import Judged
from caseledger.language import N_, Text
from caseledger.upcoming import upcoming

STEPS = frozenset(
    {
        "after-end",
        "event-after",
        "event-role",
        "event-unused",
        "extension-ineffective",
        "incomplete",
        "pause-idle",
        "received-first",
        "role-held",
    }
)
"""Codes of problems with the step itself; with any other the step is right and a value is wrong."""


def answer(refused: Refused, judged: Judged, form: str) -> int:
    """Print it, text to stderr, and return the exit code; of the steps those that lead on: new, or due by a clock."""
    found = [step for step in upcoming(judged) if step.clock or not step.again]
    if form == "json":
        problems = json.as_data(refused.problems)
        click.echo(json.dump({"refused": str(refused.text), "problems": problems, "next": steps.as_json(found)}))
    else:
        click.echo(text.error(refused), err=True)
        if any(problem.code in STEPS for problem in refused.problems):
            message = Text(N_("What can be recorded now (everything: caseledger next {id}):"), id=judged.id)
            click.echo(message.to(), err=True)
            steps.show(judged, found, Console(stderr=True))
    return refused.exit_code
