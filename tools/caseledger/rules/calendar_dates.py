"""A calendar's exceptions stand in the order of their dates, each date once."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "calendar-dates",
    N_("Exceptions are out of order, or two are of the same date."),
    N_("Put them in the order of their dates, one line for each."),
    "- {date: 2026-10-02, open: false, name: National Day}\n- {date: 2026-10-01, open: false, name: National Day}",
)


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """Every exception whose date does not come after that of the one above it."""
    for number, (above, exception) in enumerate(pairwise(document.data["exceptions"]), start=1):
        if exception["date"] <= above["date"]:
            message = Text(N_("{date} stands below {above}."), date=exception["date"], above=above["date"])
            yield RULE.problem(document.path, document.place("exceptions", number, "date"), message)
