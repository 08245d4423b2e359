"""A small case repository: the shipped policies, calendar and people, and one case."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from caseledger import register
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


def problems(root: Path) -> list[Problem]:
    """Everything that a check of the repository finds, in order."""
    entries = register.read_all(root, NOW)
    found = [problem for entry in entries for problem in entry.problems]
    found += [*register.repeated(root, entries), *Rulebook(root).problems(NOW)]
    return sorted(found, key=lambda problem: problem.order)
