"""caseledger check"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from caseledger import files, instant, register, remarks, reviews, seal, seals
from caseledger.casefile import Entry
from caseledger.cli import options, showing
from caseledger.cli.formats import BY_NAME
from caseledger.errors import PROBLEMS
from caseledger.grading import Grading
from caseledger.language import N_, Text, translate
from caseledger.problem import Problem, Severity
from caseledger.rulebook import Rulebook


@click.command(
    "check",
    help=translate(
        N_(
            "Show every problem of every file: cases, policies, calendars, people, settings, records of reviews."
            " Exit code 1 if any is an error."
        )
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@options.output_format(*BY_NAME)
@options.out
@options.repository
def command(paths: tuple[Path, ...], form: str, out: Path | None, rulebook: Rulebook) -> int:
    """Check a repository, or only the named case files and folders."""
    wanted = [path.resolve() for path in paths] or [rulebook.root]
    now = instant.now()
    if wanted == [rulebook.root]:
        entries = register.check_all(rulebook.root, now)
    else:
        entries = register.read_all(rulebook.root, now, _cases(wanted, rulebook), whole=False)
    found = [problem for entry in entries for problem in entry.problems]
    found += register.repeated(rulebook.root, entries)
    found += register.attached(rulebook, entries)
    found += Grading(rulebook, register.occurrences(entries)).problems()
    found += rulebook.problems(now, () if entries else wanted)  # what judges a case is checked with it
    found += _archived(wanted, rulebook, entries)
    found += remarks.problems(rulebook, wanted)
    found += [problem for record in reviews.read_all(rulebook, wanted) for problem in record.problems]
    found.sort(key=lambda problem: problem.order)
    showing.problems(found, form, out)
    errors = sum(problem.severity is Severity.ERROR for problem in found)
    summary = Text(
        N_("Cases checked: {cases}. Errors: {errors}. Warnings: {warnings}."),
        cases=len(entries),
        errors=errors,
        warnings=len(found) - errors,
    )
    click.echo(summary.to(), err=form != "text")
    return PROBLEMS if errors else 0


def _archived(wanted: Sequence[Path], rulebook: Rulebook, entries: Sequence[Entry]) -> Iterator[Problem]:
    """What is no longer as it was sealed: of the whole repository, or of the cases that are checked."""
    folder = rulebook.root / seal.FOLDER
    whole = any(rulebook.root.is_relative_to(path) or folder.is_relative_to(path) for path in wanted)
    if folder.is_dir():
        archive = seals.read(rulebook.root)
        yield from archive.problems
        yield from archive.compared(None if whole else [Path(entry.path).stem for entry in entries])


def _cases(wanted: Sequence[Path], rulebook: Rulebook) -> Iterator[Path]:
    """The case files among and below the paths; of the repository itself, those of its folder cases/."""
    standing = {path for _, path in rulebook.files()}
    for path in wanted:
        if rulebook.root.is_relative_to(path):
            yield from register.case_files(rulebook.root)
        elif any(path.is_relative_to(rulebook.root / place) for place in ("reviews", seal.FOLDER)):
            continue
        elif path.is_dir() and not path.is_relative_to(rulebook.root / "policy"):
            yield from files.case_files(path)
        elif path.is_file() and path not in standing:
            yield path
