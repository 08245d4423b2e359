"""Stretches of months for which figures are given: the last twelve, or a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """Months in a row ("2026-11"), oldest first, and what they are called: "2026", or "" for the last twelve."""

    name: str
    months: tuple[str, ...]

    def holds(self, month: str) -> bool:
        """Whether a month is among them."""
        return self.months[0] <= month <= self.months[-1]


def of(day: date) -> str:
    """The month of a day."""
    return day.isoformat()[:7]


def last_twelve(today: date) -> Span:
    """The month of a day and the eleven before it."""
    newest = today.year * 12 + today.month - 1
    return Span("", tuple(f"{n // 12}-{n % 12 + 1:02}" for n in range(newest - 11, newest + 1)))


def year(number: int) -> Span:
    """The months of a year."""
    return Span(str(number), tuple(f"{number}-{month:02}" for month in range(1, 13)))


def years(months: Iterable[str]) -> list[Span]:
    """The years in which there is one of these months, newest first."""
    return [year(number) for number in sorted({int(month[:4]) for month in months if month}, reverse=True)]
