"""caseledger summary"""

from datetime import datetime

import click

from caseledger.audience import INSIDE
from caseledger.cli import options
from caseledger.language import N_, translate
from caseledger.rulebook import Rulebook


@click.command(
    "summary",
    help=translate(
        N_(
            "Say what the commits of BASE..HEAD do, for a reviewer: cases opened, steps taken, grades, deadlines met"
            " and missed, extensions, corrections, records, policies, people. Consumers' words are no part of it."
        )
    ),
)
@click.argument("span", metavar="BASE..HEAD")
@options.output_format("text", "markdown", "json")
@options.as_of
@options.repository
def command(span: str, form: str, now: datetime, rulebook: Rulebook) -> None:
    """Print what a change does."""
    from caseledger.cli import summaries
    from caseledger.history import span as spans
    from caseledger.history.repository import Repository
    from caseledger.summary import change
    from caseledger.summary.visible import visible

    with Repository(rulebook.root) as repository:
        found = change.summarize(repository, spans.parse(repository, span), now)
    click.echo(summaries.AS[form](visible(found, INSIDE)))
