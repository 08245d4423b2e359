"""The periods for which a duty is owed: a month 2026-10, a quarter 2026-Q3, a half-year 2026-H1, a year 2026."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""How often a duty is owed, and the months of one period."""

_WRITTEN = {
    "month": re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])", re.ASCII),
    "quarter": re.compile(r"([12]\d{3})-Q([1-4])", re.ASCII),
    "half-year": re.compile(r"([12]\d{3})-H([12])", re.ASCII),
    "year": re.compile(r"([12]\d{3})", re.ASCII),
}
_FORMS = {
    "month": "{year}-{number:02}",
    "quarter": "{year}-Q{number}",
    "half-year": "{year}-H{number}",
    "year": "{year}",
}


class Period(NamedTuple):
    """One period; `number` counts those of the year from 1."""

    every: str
    year: int
    number: int

    def __str__(self) -> str:
        return _FORMS[self.every].format(year=self.year, number=self.number)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * MONTHS[self.every] + 1, 1)

    @property
    def last(self) -> date:
        """Its last day; the period ends at 24:00 of it."""
        month = self.number * MONTHS[self.every]
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def next(self) -> "Period":
        """The one that follows."""
        years, number = divmod(self.number, 12 // MONTHS[self.every])
        return Period(self.every, self.year + years, number + 1)


def parse(text: str) -> Period:
    """The period that `text` names; ValueError if it names none."""
    for every, written in _WRITTEN.items():
        if match := written.fullmatch(text):
            year, number = (*map(int, match.groups()), 1)[:2]
            return Period(every, year, number)
    raise ValueError(text)


def around(every: str, day: date) -> Period:
    """The period of that length in which a day falls."""
    return Period(every, day.year, (day.month - 1) // MONTHS[every] + 1)


def between(every: str, first: date, last: date) -> Iterator[Period]:
    """The periods from the one around the first day to the one around the last."""
    period = around(every, first)
    while period.first <= last:
        yield period
        period = period.next
