"""A small case repository: the shipped policies, calendar and people, and one case."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from caseledger import register, remarks, reviews, seals
from caseledger.grading import Grading
from caseledger.problem import Problem
from caseledger.rulebook import Rulebook

FILES = Path(__file__).parent / "files"
NOW = datetime(2027, 1, 31, tzinfo=UTC)
CASE = "cases/2026/11/C-20261103-7K3QD.yml"
"""Where most examples are put."""


def build(folder: Path) -> Path:
    """Make the repository in a new folder."""
    shutil.copytree(FILES.parents[1] / "policy", folder / "policy")
    shutil.copytree(FILES / "repository", folder, dirs_exist_ok=True)
    return folder


def lay(expected: Path, root: Path) -> Path | None:
    """Put the example of an `.expected` file into the repository; the path of its file, None for a folder."""
    for unwanted in directives(expected, "without"):
        (root / unwanted).unlink()
    example = expected.with_suffix("")
    if example.is_dir():
        shutil.copytree(example, root, dirs_exist_ok=True)
        return None
    path = root / next(iter(directives(expected, "at")), CASE)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(example.with_suffix(".yml"), path)
    return path


def directives(expected: Path, word: str) -> list[str]:
    """What follows a word at the beginning of a line of an `.expected` file."""
    return [line.removeprefix(f"{word} ") for line in expected.read_text().splitlines() if line.startswith(f"{word} ")]


def problems(root: Path) -> list[Problem]:
    """Everything that a check of the repository finds, in order."""
    entries = register.read_all(root, NOW)
    found = [problem for entry in entries for problem in entry.problems]
    rulebook = Rulebook(root)
    found += [
        *register.repeated(root, entries),
        *register.attached(rulebook, entries),
        *Grading(rulebook, register.occurrences(entries)).problems(),
        *rulebook.problems(NOW),
    ]
    archive = seals.read(root)
    found += [*archive.problems, *archive.compared(), *remarks.problems(rulebook, [root])]
    found += [problem for record in reviews.read_all(rulebook) for problem in record.problems]
    return sorted(found, key=lambda problem: problem.order)
