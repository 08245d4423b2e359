"""A calendar opens on at least one day of the week, so that every count of working days ends."""

from collections.abc import Iterator
from pathlib import Path

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "calendar-closed",
    N_("The weekly pattern opens on no day."),
    N_("Write true, or hours, for the days that are worked."),
    "week: {mon: false}",
)


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """The weekly pattern if it is closed throughout."""
    if not any(document.data["week"].values()):
        message = Text(N_("No day of the week is open."))
        yield RULE.problem(document.path, document.place("week"), message)
