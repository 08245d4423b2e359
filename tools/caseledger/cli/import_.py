"""caseledger import"""

import os
import sys
from pathlib import Path

import click

from caseledger import instant
from caseledger.cli import options
from caseledger.errors import CannotGoOn
from caseledger.intake import mapping, rejects, rows, run
from caseledger.intake.mapping import RowMap
from caseledger.intake.rows import Export
from caseledger.intake.run import Outcome
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook

_SHOWN = 5


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
