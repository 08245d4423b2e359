"""Archive numbers have no gaps: whoever takes an entry out, or puts one in twice, is found."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from caseledger import seal
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "archive-number",
    N_("The numbers of an archive file are not one after the other from 000001."),
    N_("Restore the file from Git: git log -- cases/archive. Only caseledger archive run writes it."),
    "sealed:\n  - number: 2026-000001\n  - number: 2026-000003",
)


def check(document: Document) -> Iterator[Problem]:
    """The first number that is not the one that belongs there: what follows it is displaced, not wrong."""
    year = int(PurePosixPath(document.path).stem)
    for place, entry in enumerate(document.data["sealed"]):
        if entry["number"] != seal.number(year, place + 1):
            message = Text(
                N_("Here belongs {expected}, not {number}."),
                expected=seal.number(year, place + 1),
                number=entry["number"],
            )
            yield RULE.problem(document.path, document.place("sealed", place, "number"), message)
            return
