"""Hours of a day that is closed count for nothing."""

from collections.abc import Iterator
from pathlib import Path

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule, Severity
from caseledger.yamltext import Document

RULE = Rule(
    "calendar-hours-idle",
    N_("A day that is closed has hours; they count for nothing."),
    N_("For a day that is open in part write open: true and the hours in which it is open; else take the hours away."),
    '- {date: 2026-12-31, open: false, hours: ["09:00-12:00"], name: New Year\'s Eve}',
    Severity.WARNING,  # the format allows it, and it has one meaning; but who writes it may have meant another
)


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """Every closed exception with hours."""
    for number, exception in enumerate(document.data["exceptions"]):
        if "hours" in exception and not exception["open"]:
            message = Text(N_("{date} is closed throughout, its hours count for nothing."), date=exception["date"])
            yield RULE.problem(document.path, document.place("exceptions", number, "hours"), message)
