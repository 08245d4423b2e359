"""The rates of a currency stand in the order of their days."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "rates-dates",
    N_("The rates of a currency are not in the order of their first days."),
    N_("Put them in order, oldest first, one for each day."),
    'EUR:\n  - {from: "2026-07-01", rate: "8.15"}\n  - {from: "2026-01-01", rate: "8.02"}',
)


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """Every rate that does not begin after the one above it."""
    for currency, dated in document.data["rates"].items():
        for number, (earlier, later) in enumerate(pairwise(dated), start=1):
            if later["from"] <= earlier["from"]:
                message = Text(
                    N_("{later} does not come after {earlier}."), later=later["from"], earlier=earlier["from"]
                )
                yield RULE.problem(document.path, document.place("rates", currency, number, "from"), message)
