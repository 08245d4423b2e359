"""caseledger policy"""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from caseledger import files
from caseledger.cli import options, policydiff, policyimpact, showing
from caseledger.cli.formats import BY_NAME
from caseledger.errors import PROBLEMS, CannotGoOn
from caseledger.language import N_, Text, translate
from caseledger.problem import Severity
from caseledger.rulebook import Rulebook


@click.group("policy", help=translate(N_("Start, compare, weigh and lint versions of a policy.")))
@options.language
def command() -> None:
    """The commands about policies."""


command.add_command(policydiff.command)
command.add_command(policyimpact.command)


class Day(click.ParamType[date]):
    """A day on the command line."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that shows one."""
        try:
            return date.fromisoformat(value) if len(value) == 10 else self._fail(value, param, ctx)
        except ValueError:
            return self._fail(value, param, ctx)

    def _fail(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        self.fail(Text(N_("{value} is no day; write 2027-01-01."), value=value).to(), param, ctx)


@command.command(
    "new",
    help=translate(
        N_(
            "Start the version of a profile that comes into force on DATE: copy the one before it, texts included, with"
            " the new day and without the approval. Nothing else changes; print the files to work on."
        )
    ),
)
@click.argument("profile")
@click.argument("first", metavar="DATE", type=Day())
@options.as_of
@options.repository
def new(profile: str, first: date, now: datetime, rulebook: Rulebook) -> None:
    """Write the files, and say what is left to do."""
    from caseledger.policies import drafting

    for path in drafting.draft(rulebook, profile, first, now):
        click.echo(files.shown(path, rulebook.root))
    message = N_(
        "Change what is new, in policy.yml and in every text. caseledger policy diff shows what it comes to, caseledger"
        " policy lint what is amiss. Before {first}, write down under approved who of management approved it, and when."
    )
    click.echo(Text(message, first=first).to(), err=True)


@command.command(
    "lint",
    help=translate(
        N_(
            "Show what is amiss in policies although their files are right: events and clocks that cannot come, grades"
            " and articles left out, typed figures. NAME is a profile or profile@version; by default all are linted."
            " Exit code 1 if anything is an error."
        )
    ),
)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@options.output_format(*BY_NAME)
@options.out
@options.repository
def lint(names: tuple[str, ...], form: str, out: Path | None, rulebook: Rulebook) -> int:
    """Print the findings by file and place."""
    from caseledger.policies import lint as linting

    chosen = _chosen(rulebook, names)
    found = sorted(linting.lint(rulebook, chosen), key=lambda problem: problem.order)
    showing.problems(found, form, out)
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    message = N_("Policies linted: {policies}. Errors: {errors}. Warnings: {warnings}.")
    summary = Text(message, policies=len(chosen), errors=errors, warnings=len(found) - errors)
    click.echo(summary.to(), err=form != "text")
    return PROBLEMS if errors else 0


def _chosen(rulebook: Rulebook, names: tuple[str, ...]) -> list[str]:
    """The versions that the names mean; a profile means all of its versions."""
    for name in names:
        if not any(name in (version, version.partition("@")[0]) for version in rulebook.policy_names):
            message = N_("There is no policy {policy}; there are: {policies}.")
            raise CannotGoOn(Text(message, policy=name, policies=", ".join(rulebook.policy_names)))
    return [v for v in rulebook.policy_names if not names or v in names or v.partition("@")[0] in names]
