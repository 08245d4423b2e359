"""caseledger prove"""

from datetime import datetime

import click

from caseledger.cli import options
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook


@click.command(
    "prove",
    help=translate(
        N_(
            "Print what a third party needs to check one case with Git and sha256sum alone: commits, hashes,"
            " signatures, policy, calendar, people, verdicts, and the commands that verify each. With --format sh, a"
            " script that runs them and compares."
        )
    ),
)
@click.argument("case_id", metavar="ID")
@click.option("--commit", "name", metavar="REV", default="HEAD", help=translate(N_("The commit to prove it at.")))
@options.output_format("text", "markdown", "json", "sh")
@options.as_of
@options.repository
def command(case_id: str, name: str, form: str, now: datetime, rulebook: Rulebook) -> None:
    """Print the proof."""
    from caseledger.cli import proofs
    from caseledger.proof import gathering

    proof = gathering.gather(rulebook.root, case_id, name, now)
    click.echo(proofs.AS[form](proof))
    if proof.differs:
        message = N_("{path} differs from what was committed; this is about what was committed.")
        click.echo(Text(message, path=proof.judged.path).to(), err=True)
