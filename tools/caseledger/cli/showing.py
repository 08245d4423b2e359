"""Problems and findings put out in the form asked for: printed, or written into a file.

For GitHub that is in two places: annotations, of which it shows ten of a kind, and the whole list in the step summary.
"""

import os
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path
from types import ModuleType

import click

from caseledger import files
from caseledger.cli.formats import BY_NAME, SILENT, github
from caseledger.errors import CannotGoOn
from caseledger.findings import Finding
from caseledger.language import N_, Text
from caseledger.obligations import Duty
from caseledger.problem import Problem

_SUMMARY = "GITHUB_STEP_SUMMARY"
_ROOM = 900_000
"""Bytes of a step summary that are surely shown; GitHub refuses one of more than 1 MiB."""


def problems(found: Sequence[Problem], form: str, out: Path | None = None) -> None:
    """Put out problems; where there are none, forms for people say nothing."""
    _show(lambda module: module.problems(found), len(found), form, out)


def findings(found: Sequence[Finding], duties: Sequence[Duty], form: str, out: Path | None = None) -> None:
    """Put out what the check of deadlines found; where there is nothing, forms for people say nothing."""
    _show(lambda module: module.findings(found, duties), len(found) + len(duties), form, out)


def _show(made: Callable[[ModuleType], str], count: int, form: str, out: Path | None) -> None:
    said = f"{made(BY_NAME[form])}\n" if count or form not in SILENT else ""
    if out:
        _write(out, said)
    else:
        click.echo(said, nl=False)
    summary = os.environ.get(_SUMMARY)
    if form == "github" and count and summary:
        name = click.get_current_context().command_path
        _append(Path(summary), name, made(BY_NAME["markdown"]))
        if any(said.count(f"::{level} ") > github.SHOWN for level in github.LEVELS):
            message = N_("GitHub shows ten annotations of a kind; all {n} findings are in the step summary.")
            click.echo(github.notice(Text(message, n=count)))


def _write(out: Path, said: str) -> None:
    try:
        files.put(out, said.encode())
    except OSError as error:
        message = N_("{path} cannot be written: {reason}. Name another file with --out.")
        raise CannotGoOn(Text(message, path=out, reason=error.strerror)) from None


def _append(summary: Path, name: str, table: str) -> None:
    """Add a table to the step summary: as many of its rows as there is room for."""
    room = _ROOM - (summary.stat().st_size if summary.exists() else 0)
    lines = [f"### {name}", "", *table.splitlines()]
    fitting = sum(size <= room for size in accumulate(len(line.encode()) + 1 for line in lines))
    if fitting < len(lines):
        message = N_("{n} more rows do not fit here; the log has them all.")
        lines = [*lines[:fitting], "", str(Text(message, n=len(lines) - max(fitting, 4)))]
    with summary.open("a", encoding="utf-8") as stream:
        stream.write("\n".join([*lines, "", ""]))
