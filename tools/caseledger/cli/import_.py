"""caseledger import"""

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import click

from caseledger import casefile, files, instant, yamltext
from caseledger.cli import acting, options
from caseledger.cli.formats import text
from caseledger.errors import PROBLEMS, CannotGoOn, Refused
from caseledger.intake import complaint, form, mapping, rejects, rows, run
from caseledger.intake.complaint import Filing
from caseledger.intake.mapping import RowMap
from caseledger.intake.rows import Export
from caseledger.intake.run import Outcome
from caseledger.intake.unfit import Unfit
from caseledger.language import LANGUAGES, N_, Text, translate
from caseledger.people import Person
from caseledger.rulebook import Rulebook

_SHOWN = 5
_LONGEST = 1_000_000
"""Bytes of an issue's text that are read; forges allow less."""


@click.group("import", help=translate(N_("Turn another system's export into case files.")))
@options.language
def command() -> None:
    """The commands that import."""


@command.command(
    "csv",
    help=translate(
        N_(
            "Turn the rows of a CSV file into cases. Every row is imported, already there, or rejected with the reason;"
            " running it again imports only what is not there yet. docs/import.md explains maps."
        )
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "map_path",
    metavar="MAP.yml",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=translate(N_("Which column becomes which field.")),
)
@click.option("--dry-run", is_flag=True, help=translate(N_("Count and explain, but write nothing.")))
@click.option(
    "--rejects",
    "rejects_path",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help=translate(N_("Where rejected rows are written; by default rejects-FILE.csv in the current folder.")),
)
@options.repository
def csv(file: Path, map_path: Path, dry_run: bool, rejects_path: Path | None, rulebook: Rulebook) -> None:
    """Import one file and say what became of its rows."""
    row_map = mapping.load(map_path)
    export = rows.read(file, row_map.delimiter)
    place = rejects_path or Path(f"rejects-{file.stem}.csv")
    if place.exists() and place.samefile(file):
        raise CannotGoOn(Text(N_("{path} is what is imported; name another file with --rejects."), path=place))
    outcome = _run(rulebook, export, row_map, dry_run=dry_run)
    _show(outcome)
    if not dry_run and rejects.write(place, export, outcome.rejected):
        click.echo(Text(N_("Rejected rows, with reasons: {path}"), path=place).to())


def _run(rulebook: Rulebook, export: Export, row_map: RowMap, *, dry_run: bool) -> Outcome:
    key = os.environ.get(run.KEY_VARIABLE, "")
    with click.progressbar(length=export.count, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        try:
            return run.run(
                rulebook, export, row_map, instant.now(), key=key, dry_run=dry_run, progress=lambda: bar.update(1)
            )
        except KeyboardInterrupt:
            message = N_("Stopped. What was imported stays; run the same command again for the rest.")
            raise CannotGoOn(Text(message)) from None


def _show(outcome: Outcome) -> None:
    for rejected in outcome.rejected[:_SHOWN]:
        row = rejected.row
        message = Text(
            N_("Row {row} (line {line}): {reason}"), row=row.number, line=row.line, reason=rejects.reason(rejected)
        )
        click.echo(message.to(), err=True)
    if len(outcome.rejected) > _SHOWN:
        click.echo(Text(N_("… and {more} more."), more=len(outcome.rejected) - _SHOWN).to(), err=True)
    counts = N_("{rows} rows: {imported} imported, {there} already there, {rejected} rejected.")
    click.echo(
        Text(
            counts,
            rows=outcome.rows,
            imported=outcome.imported,
            there=outcome.there,
            rejected=len(outcome.rejected),
        ).to()
    )


@command.command(
    "form",
    help=translate(
        N_(
            "Turn a complaint from the issue form into a case and print its path. FILE holds the text of the issue, -"
            " reads it from standard input. Asked again for the same issue, it prints the path of the case that there"
            " is. What cannot be a case is said in Chinese and English. docs/bots.md explains it."
        )
    ),
)
@click.argument("file", type=click.File("rb"))
@click.option(
    "--issue", metavar="N", required=True, type=click.IntRange(1), help=translate(N_("The number of the issue."))
)
@click.option(
    "--form",
    "form_path",
    metavar="FORM.yml",
    type=click.Path(dir_okay=False, path_type=Path),
    help=translate(N_("The form; by default .github/ISSUE_TEMPLATE/complaint.yml of the repository.")),
)
@click.option("--by", metavar="P", help=translate(N_("Who records it; by default whoever Git is configured for.")))
@click.option(
    "--as", "role", metavar="R", help=translate(N_("The role in which they act; by default the fitting one."))
)
@options.repository
def issue_form(
    file: BinaryIO, issue: int, form_path: Path | None, by: str | None, role: str | None, rulebook: Rulebook
) -> int:
    """Write the case of one issue."""
    now = instant.now()
    questions = form.load(form_path or rulebook.root / form.PATH)
    who = acting.person(rulebook, by)
    try:
        answers = questions.answers(file.read(_LONGEST).decode("utf-8", "replace"))
        filing = Filing(who.id, role or _role(rulebook, who, now), issue)
        path, new = complaint.record(rulebook, answers, filing, now)
    except Unfit as unfit:
        return _say_why([unfit.reason])
    except Refused as refused:
        return _say_why([Text("{message} {hint}", message=p.message, hint=p.hint) for p in refused.problems])
    shown = files.shown(path, rulebook.root)
    click.echo(shown)
    if not new:
        click.echo(Text(N_("Issue {issue} is that case already; nothing was written."), issue=issue).to(), err=True)
    elif found := casefile.examine(rulebook, now, yamltext.read(path.read_bytes(), shown)):
        click.echo(text.problems(found), err=True)
    return 0


def _role(rulebook: Rulebook, who: Person, now: datetime) -> str:
    """The role in which somebody may record that a complaint was received, today."""
    name = rulebook.in_force(rulebook.settings["profile"], now.date().isoformat())
    policy = rulebook.policy(name) if name else None
    if policy is None:
        raise CannotGoOn(Text(N_("There is no policy profile {profile}."), profile=rulebook.settings["profile"]))
    return acting.role(who, policy, "received", now.date(), policy.steps["received"].by)


def _say_why(reasons: Sequence[Text]) -> int:
    """Why it is no case, for whoever filled in the form: nobody knows which language they read."""
    first = Text(N_("This cannot become a case yet. Edit the text above, and have it labelled again:"))
    for said in (first, *reasons):
        for language in LANGUAGES:
            click.echo(said.to(language), err=True)
    return PROBLEMS
