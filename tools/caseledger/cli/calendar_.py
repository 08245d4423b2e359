"""caseledger calendar"""

import click

from caseledger.cli import options
from caseledger.language import N_, translate


@click.group("calendar", help=translate(N_("Draft a working calendar.")))
@options.language
def command() -> None:
    """The commands about calendars."""


@command.command(
    "draft",
    help=translate(
        N_(
            "Print a draft of a country's working calendar for one year, marked provisional: a person compares it with"
            " the official notice before it is used. COUNTRY is an ISO 3166-1 alpha-2 code."
        )
    ),
)
@click.argument("country")
@click.argument("year", type=click.IntRange(2000, 2999))
@click.option("--timezone", help=translate(N_("IANA time zone, where the country has more than one.")))
@options.language
def draft(country: str, year: int, timezone: str | None) -> None:
    """Print the file."""
    from caseledger.calendars import draft as drafting

    click.echo(drafting.draft(country, year, timezone), nl=False)
