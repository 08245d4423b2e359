"""caseledger archive"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caseledger import instant
from caseledger.cli import options, showing
from caseledger.cli.formats import BY_NAME
from caseledger.errors import PROBLEMS
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook

if TYPE_CHECKING:
    from caseledger.archive.sealing import LeftOut


@click.group("archive", help=translate(N_("Number and seal ended cases, prove that they are as sealed, copy them.")))
@options.language
def command() -> None:
    """The commands about the archive."""


@command.command(
    "run",
    help=translate(
        N_(
            "Give every case that ended long enough ago the next archive number, seal it in cases/archive/<year>.yml,"
            " and commit that. Only on the branch that is true, and only what is committed. A run that was interrupted"
            " is finished by the next. Exit code 1 if a case had to be left out."
        )
    ),
)
@click.option("--push", is_flag=True, help=translate(N_("Push the commit; if others were faster, number again.")))
@click.option("--dry-run", is_flag=True, help=translate(N_("Only say what would be sealed.")))
@options.repository
def run(push: bool, dry_run: bool, rulebook: Rulebook) -> int:
    """Seal what is due; say what was sealed and what was left out."""
    from caseledger.archive.run import Run

    running = Run(rulebook, instant.now())
    if dry_run:
        plan = running.look()
        for entry in plan.entries:
            _say(N_("{case} would be sealed; kept until {day}"), case=entry["case"], day=entry["kept_until"])
        return _left_out(plan.left_out)
    report = running.seal(push=push)
    for sealed in report.sealed:
        _say(N_("{number} {case} kept until {day}"), number=sealed.number, case=sealed.case, day=sealed.kept_until)
    for subject in report.commits:
        _say(N_("Committed: {subject}"), subject=subject.strip())
    if not report.commits:
        _say(N_("Nothing to archive."))
    if report.pushed and report.commits:
        _say(N_("Pushed to {remote}."), remote=report.pushed)
    return _left_out(report.left_out)


@command.command(
    "verify",
    help=translate(
        N_(
            "Prove that every sealed case and its evidence beside it are bit for bit what was sealed, or were disposed"
            " of under a certificate, and that no archive number is missing. Exit code 1 if anything is wrong."
        )
    ),
)
@options.output_format(*BY_NAME)
@options.out
@options.repository
def verify(form: str, out: Path | None, rulebook: Rulebook) -> int:
    """Compare every sealed case with its seals."""
    from caseledger import seals

    archive = seals.read(rulebook.root)
    found = sorted([*archive.problems, *archive.compared()], key=lambda problem: problem.order)
    showing.problems(found, form, out)
    summary = Text(
        N_("Sealed cases: {cases}. Archive numbers: {numbers}. Problems: {problems}."),
        cases=len(archive.by_case),
        numbers=sum(map(len, archive.by_case.values())),
        problems=len(found),
    )
    click.echo(summary.to(), err=form != "text")
    for certificate in archive.disposals.certificates.values():
        message = Text(N_("Disposed of under {id}: {n} cases."), id=certificate.id, n=len(certificate.items))
        click.echo(message.to(), err=form != "text")
    return PROBLEMS if found else 0


@command.command(
    "export",
    help=translate(
        N_(
            "Write a ZIP of the cases archived in YEAR, for an auditor: with their evidence, the policies that judged"
            " them, and SHA256SUMS. The same archive gives the same bytes. Unpacked, it is a case repository."
        )
    ),
)
@click.argument("year", type=click.IntRange(1970, 9999))
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help=translate(N_("By default archive-YEAR.zip here."))
)
@click.option(
    "--without-stores", is_flag=True, help=translate(N_("Leave out the evidence that lies in stores; list it instead."))
)
@options.repository
def export(year: int, out: Path | None, without_stores: bool, rulebook: Rulebook) -> None:
    """Write the copy and say where it is."""
    from caseledger.archive import copies
    from caseledger.archive.enclosures import ABSENT

    path = out or Path(f"archive-{year}.zip")
    copied = copies.export(rulebook, year, path, whole=not without_stores)
    _say(N_("{path}: {n} cases"), path=path, n=copied.cases)
    if copied.enclosed:
        _say(N_("Files of evidence from stores: {n}"), n=copied.enclosed)
    if copied.absent:
        message = Text(N_("Files of evidence that are not in it, listed in {file}: {n}"), file=ABSENT, n=copied.absent)
        click.echo(message.to(), err=True)


def _left_out(left_out: "Sequence[LeftOut]") -> int:
    for one in left_out:
        message = Text(N_("Left out: {path}: {reason}"), path=one.path, reason=one.reason)
        click.echo(message.to(), err=True)
    return PROBLEMS if left_out else 0


def _say(message: str, **values: object) -> None:
    click.echo(Text(message, **values).to())
