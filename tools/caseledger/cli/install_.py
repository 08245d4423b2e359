"""caseledger install"""

import click

from caseledger import installing
from caseledger.cli import options
from caseledger.clone import Clone
from caseledger.installing import Hooks
from caseledger.language import N_, translate
from caseledger.rulebook import Rulebook


@click.command(
    "install",
    help=translate(
        N_(
            "Set up this clone: Git merges case files by meaning, and checks those that are to be committed. What is"
            " set up already stays; hooks of others are left alone."
        )
    ),
)
@click.option(
    "--hooks",
    type=click.Choice(list(map(str, Hooks))),
    help=translate(
        N_(
            "Who runs the hooks: prek or pre-commit, by .pre-commit-config.yaml, Git itself, or nobody. By default"
            " prek or pre-commit if installed, else Git."
        )
    ),
)
@click.option("--uninstall", is_flag=True, help=translate(N_("Take away what was set up.")))
@options.repository
def command(hooks: str | None, uninstall: bool, rulebook: Rulebook) -> None:
    """Set up, or take away, and say what."""
    clone = Clone(rulebook.root)
    if uninstall:
        done = installing.uninstall(clone)
    else:
        chosen = Hooks(hooks) if hooks else installing.usual(clone, rulebook.root)
        done = installing.install(clone, rulebook.root, chosen)
    for text in done:
        click.echo(text.to())
