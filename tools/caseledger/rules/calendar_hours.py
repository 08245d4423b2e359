"""Opening hours run forwards and do not overlap."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from caseledger import calendar
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "calendar-hours",
    N_("Opening hours end before they begin, or overlap."),
    N_("Write the windows of a day one after the other, like 09:00-12:00, 13:30-18:00."),
    'week: {mon: ["09:00-12:00", "11:30-18:00"]}',
)


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """Every window that ends before it begins, or begins before the one above it has ended."""
    for steps, hours in _days(document.data):
        windows = [calendar.minutes(window) for window in hours]
        for number, (opening, closing) in enumerate(windows):
            if opening >= closing:
                message = Text(N_("{window} ends before it begins."), window=hours[number])
                yield RULE.problem(document.path, document.place(*steps, number), message)
        for number, (above, window) in enumerate(pairwise(windows), start=1):
            if window[0] < above[1]:
                message = Text(
                    N_("{window} begins before {above} has ended."), window=hours[number], above=hours[number - 1]
                )
                yield RULE.problem(document.path, document.place(*steps, number), message)


def _days(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Sequence[str]]]:
    for weekday, hours in data["week"].items():
        if isinstance(hours, list):
            yield ("week", weekday), hours
    for number, exception in enumerate(data["exceptions"]):
        yield ("exceptions", number, "hours"), exception.get("hours", ())
