"""Cuts a long list into pages: one a year, one for each part of a crowded year, and numbered ones of a crowded part."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Generic, TypeVar

from caseledger.site.rows import Row

Item = TypeVar("Item")

LIMIT = 40
"""Rows on a page: with long words in each it still weighs less than 60 kB."""
YEARS = 2
"""Years before and after its own of which a page shows all parts."""
_FEW = 20
"""Numbered pages that all lead to one another."""


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
    """What leads from one page of a list to the others, however many there are.

    To the first of every part of years nearby and of each other year, and to those near it in its own part.
    """

    def __init__(self, found: Iterable[Sheet]) -> None:
        self.parts: dict[tuple[int, str], list[str]] = {}
        for sheet in found:
            self.parts.setdefault((sheet.year, sheet.part), []).append(sheet.name)

    def around(self, current: Sheet | None) -> list[tuple[int, list[tuple[str, str]]]]:
        """By year, in the order of the list, what a page is called there and its name."""
        here = current.year if current else max((year for year, _ in self.parts), default=0)
        years: dict[int, list[tuple[str, str]]] = {}
        for (year, part), names in self.parts.items():
            found = years.setdefault(year, [])
            if abs(year - here) > YEARS:
                found += [] if found else [(str(year), names[0])]
            elif current and part == current.part:
                found += [(names[n - 1],) * 2 for n in near(names.index(current.name) + 1, len(names))]
            else:
                found.append((names[0], names[0]))
        return list(years.items())


def near(number: int, last: int) -> list[int]:
    """The numbered pages that page `number` leads to: neighbours, round ones farther off, first and last."""
    if last <= _FEW:
        return list(range(1, last + 1))
    found = {1, last, *range(number - 3, number + 4)}
    step = 10
    while step < last:
        middle = number // step * step
        found |= {middle + step * away for away in range(-4, 6)}
        step *= 10
    return sorted(page for page in found if 1 <= page <= last)


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
