"""caseledger comment"""

import os
from pathlib import Path

import click

from caseledger.cli import options
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook


@click.command(
    "comment",
    help=translate(
        N_(
            "Keep one comment of the pull request NUMBER saying what FILE says, such as what summary prints with"
            " --format markdown. Where it says so already, nothing is written. Which forge is in caseledger.yml, or"
            " known from the CI; the token is in CASELEDGER_FORGE_TOKEN."
        )
    ),
)
@click.argument("number", type=click.IntRange(1), metavar="NUMBER")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@options.repository
def command(number: int, file: Path, rulebook: Rulebook) -> None:
    """Write the comment, or bring it up to date."""
    from caseledger.flagging import comment, target
    from caseledger.flagging.rest import TOKEN_VARIABLE

    there, token = target.of(rulebook.settings, os.environ), target.token(os.environ)
    if not token:
        message = N_("There is no token in {variable}. docs/bots.md says how to get one.")
        raise CannotGoOn(Text(message, variable=TOKEN_VARIABLE))
    text = file.read_bytes().decode("utf-8", "replace")
    written = comment.keep(there.tracker(token).thread(number), text)
    click.echo(translate(N_("The comment is written.") if written else N_("The comment says so already.")))
