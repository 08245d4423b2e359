"""Cuts a long list into pages: one a year, one for each part of a crowded year, and numbered ones of a crowded part."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Generic, TypeVar

from caseledger.site.rows import Row

Item = TypeVar("Item")

LIMIT = 60
"""Rows on a page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list: its name, which is its file's too ("2026", "2026-11", "2026-11-2"), and its rows."""

    name: str
    year: int
    rows: Sequence[Row]

    @property
    def part(self) -> str:
        """The part of the year, "2026-11"; the year where it is not cut."""
        return "-".join(self.name.split("-")[:2])


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """One of the numbered pages of a list: its path, what is on it, and where it stands, as templates are told."""

    path: str
    items: Sequence[Item]
    place: Mapping[str, int]


class Contents:
    """What leads from one page of a list to the others: to the first of every part, and to all of its own part."""

    def __init__(self, found: Iterable[Sheet]) -> None:
        self.parts: dict[tuple[int, str], list[str]] = {}
        for sheet in found:
            self.parts.setdefault((sheet.year, sheet.part), []).append(sheet.name)

    def around(self, current: Sheet | None) -> list[tuple[int, list[str]]]:
        """The names of pages by year, in the order of the list."""
        years: dict[int, list[str]] = {}
        for (year, part), names in self.parts.items():
            years.setdefault(year, []).extend(names if current and part == current.part else names[:1])
        return list(years.items())


@cache
def quarter(day: date) -> str:
    """The quarter of a day: "2026-Q4"."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def sheets(rows: Sequence[Row], day: Callable[[Row], date], part: Callable[[date], str]) -> Iterator[Sheet]:
    """The pages of a list, newest first; `day` is what it is ordered by, `part` names a part of the year."""
    newest = sorted(rows, key=lambda row: (day(row), row.id), reverse=True)
    for year, found in groupby(newest, key=lambda row: day(row).year):
        of_year = list(found)
        if len(of_year) <= LIMIT:
            yield Sheet(str(year), year, of_year)
            continue
        for name, of_part in groupby(of_year, key=lambda row: part(day(row))):
            for number, found_rows in enumerate(numbered(list(of_part)), start=1):
                yield Sheet(name if number == 1 else f"{name}-{number}", year, found_rows)


def numbered(items: Sequence[Item], limit: int = LIMIT) -> list[Sequence[Item]]:
    """A list cut into pages of `limit` items; an empty one has an empty page."""
    return [items[start : start + limit] for start in range(0, len(items), limit)] or [items]


def parts(name: str, items: Sequence[Item], limit: int = LIMIT) -> Iterator[Part[Item]]:
    """The numbered pages of a list; an empty one has one."""
    cut = numbered(items, limit)
    for number, found in enumerate(cut, start=1):
        place = {"number": number, "last": len(cut), "total": len(items)}
        yield Part(numbered_path(name, number), found, place)


def numbered_path(name: str, number: int) -> str:
    """The path of a numbered page: name.md, name/2.md."""
    return f"{name}.md" if number == 1 else f"{name}/{number}.md"
