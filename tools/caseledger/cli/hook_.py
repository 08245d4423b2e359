"""caseledger hook"""

import sys
from pathlib import Path

import click

from caseledger import instant
from caseledger.cli import options
from caseledger.errors import PROBLEMS
from caseledger.language import LANGUAGES, N_, Text, translate

_MOST = 20
"""Problems that are shown of one branch; a push that brings more is told so."""


@click.group("hook", help=translate(N_("What a Git server runs; docs/server.md says how to set it up.")))
@options.language
def command() -> None:
    """Hooks of a Git server."""


@command.command(
    "pre-receive",
    help=translate(
        N_(
            "Let a push in or refuse it: reads the lines that Git gives a pre-receive hook, audits and checks what"
            " comes into protected branches, and prints the reasons in Chinese and English."
        )
    ),
)
@click.option(
    "--folder",
    default="",
    metavar="PATH",
    help=translate(N_("Where in the repository the cases are; by default its top.")),
)
@options.language
def pre_receive(folder: str) -> int:
    """Judge one push; an exit code other than 0 refuses it."""
    from caseledger import receiving
    from caseledger.history.repository import Repository

    within = f"{folder.strip('/')}/" if folder.strip("/") else ""
    with Repository(Path.cwd(), within) as repository:
        pushed = receiving.updates(sys.stdin)
        refused = list(receiving.refusals(repository, pushed, instant.now()))
    for refusal in refused:
        _say(Text(N_("{ref} is not accepted."), ref=refusal.ref))
        if refusal.reason:
            _say(refusal.reason)
        for problem in refusal.problems[:_MOST]:
            click.echo(f"{problem.path}:{problem.place.line}:{problem.place.column} [{problem.code}]", err=True)
            _say(problem.message, problem.hint)
        if len(refusal.problems) > _MOST:
            _say(Text(N_("And {n} more."), n=len(refusal.problems) - _MOST))
    return PROBLEMS if refused else 0


def _say(*texts: Text) -> None:
    """The texts in every language, each on a line."""
    for language in LANGUAGES:
        click.echo(f"  {' '.join(text.to(language) for text in texts)}", err=True)
