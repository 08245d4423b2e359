"""Every file below cases/ is a case, or lies in a case's evidence folder: none is passed over in silence."""

from collections.abc import Iterator
from pathlib import Path

from caseledger.files import CASE_NAME
from caseledger.language import N_, Text
from caseledger.problem import START, Problem, Rule

RULE = Rule(
    "file-name",
    N_("A file below cases/ is no case."),
    N_("Name a case like C-20261103-7K3QD.yml; put evidence into the folder of that name, without .yml."),
    "# cases/2026/11/C-20261103-7K3QD.yaml",
)


def check(path: Path, shown: str) -> Iterator[Problem]:
    """The file if its name is not that of a case, or if it is a link or otherwise no file of its own."""
    if not shown.startswith("cases/"):
        return
    if path.is_symlink() or not path.is_file():
        yield RULE.problem(shown, START, Text(N_("{name} is a link or no plain file; it is not read."), name=path.name))
    elif path.suffix != ".yml" or not CASE_NAME.fullmatch(path.stem):
        yield RULE.problem(shown, START, Text(N_("{name} is not the name of a case; it is not read."), name=path.name))
