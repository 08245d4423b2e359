"""caseledger audit"""

from pathlib import Path

import click

from caseledger import instant
from caseledger.cli import options, showing
from caseledger.cli.formats import BY_NAME
from caseledger.errors import PROBLEMS
from caseledger.language import N_, Text, translate
from caseledger.problem import Severity
from caseledger.rulebook import Rulebook


@click.command(
    "audit",
    help=translate(
        N_(
            "Tell whether the commits of BASE..HEAD leave what is on record as it was: entries of cases, protected"
            " fields, evidence, policies and calendars in force. What may be changed is listed, too. Exit code 1 if"
            " anything is wrong. docs/audit.md says what exactly is looked at."
        )
    ),
)
@click.argument("span", metavar="BASE..HEAD")
@click.option(
    "--push/--no-push",
    "pushed",
    help=translate(N_("BASE is where a branch stood before a push: it is wrong if HEAD does not contain it.")),
)
@options.output_format(*BY_NAME)
@options.out
@options.repository
def command(span: str, pushed: bool, form: str, out: Path | None, rulebook: Rulebook) -> int:
    """Audit a range of commits."""
    from caseledger import auditing
    from caseledger.history import span as spans
    from caseledger.history.repository import Repository

    with Repository(rulebook.root) as repository:
        commits = spans.parse(repository, span)
        with auditing.Audit(repository, commits, pushed=pushed, latest=instant.now()) as audit:
            found = auditing.find(audit)
            count = len(audit.steps.commits)
    showing.problems(found, form, out)
    severities = [problem.severity for problem in found]
    summary = Text(
        N_("Commits audited: {commits}. Errors: {errors}. Warnings: {warnings}. Notes: {notes}."),
        commits=count,
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        notes=severities.count(Severity.INFO),
    )
    click.echo(summary.to(), err=form != "text")
    return PROBLEMS if Severity.ERROR in severities else 0
