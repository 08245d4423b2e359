"""Ended cases: by year and quarter, by type, source and state; until when they are kept, what may be disposed of."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import TypeVar

from caseledger import instant, seals
from caseledger.language import N_
from caseledger.seals import Archive
from caseledger.site import paging, visible
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.rows import Row

Value = TypeVar("Value")

STATES = ("open", "waiting", "closed", "declined", "withdrawn")
"""Columns of the tables by type and by source."""

TYPES = 15
"""Lines of the table by type; where there are more, all of them stand on pages of their own."""
ITEMS = 200
"""Cases of a certificate on a page."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One line of such a table: what it is called, the facets that find its cases, how many there are by state."""

    title: str
    facets: str
    states: Counter[str]


def write(writer: Writer, rows: Sequence[Row]) -> None:
    """Write the index of the archive, the lists by quarter, and what may be disposed of."""
    words, names = writer.words, writer.names
    sealed, today = visible.archive(seals.read(names.rulebook.root), writer.sight), names.today(writer.now)
    over = [row for row in rows if row.ended]
    sheets = list(paging.sheets(over, _ended, paging.quarter))
    title = words.t(N_("Archive"))
    types = _kinds(rows, lambda row: (row.policy, row.facts.profile, row.category), partial(_type, names))
    writer.page(
        "archive/index.md",
        title,
        "archive.html",
        counts=Counter(map(_quarter, over)),
        years=Counter(f"{_ended(row).year}" for row in over),
        first={_quarter(row): sheet.name for sheet in reversed(sheets) for row in sheet.rows},
        total=len(over),
        numbered=sum(sealed.newest(row.id) is not None for row in over),
        states=STATES,
        types=types[:TYPES],
        known=len(types),
        sources=_kinds(rows, lambda row: row.channel, lambda name: (words.label("channel", name), f"channel={name}")),
        disposal=_disposal(over, today),
        held=_held(over, sealed, today),
        gone=len(sealed.disposals.by_case),
    )
    if len(types) > TYPES:
        for part in paging.parts("archive/types", types, TYPES):
            writer.page(
                part.path, words.t(N_("By type and state")), "types.html", states=STATES, types=part.items, **part.place
            )
    contents = paging.Contents(sheets)
    for sheet in sheets:
        around = contents.around(sheet)
        numbers = [seal for row in sheet.rows if (seal := sealed.newest(row.id))]
        held = {row.id: sealed.holds.standing(row.id, today) for row in sheet.rows if row.id in sealed.holds.by_case}
        writer.listed(
            f"archive/{sheet.name}.md",
            f"{title} {sheet.name}",
            "archived.html",
            sheet.rows,
            (around, [(seal.case, seal.number) for seal in numbers], held),
            None if held else [instant.parse(seal.data["at"]) for seal in numbers],
            sheets=around,
            current=sheet,
            quarters=[(name, list(found)) for name, found in groupby(sheet.rows, key=_quarter)],
            sealed=sealed,
            today=today,
        )
    _write_disposal(writer, over, sealed)
    _write_disposed(writer, sealed)


def _write_disposal(writer: Writer, over: Sequence[Row], sealed: Archive) -> None:
    today = writer.names.today(writer.now)
    free = sorted((row for row in over if row.kept_until and row.kept_until < today), key=_kept)
    held = _held(free, sealed, today)
    for part in paging.parts("archive/disposal", free):
        writer.page(
            part.path,
            writer.words.t(N_("May be disposed of")),
            "disposal.html",
            rows=part.items,
            **part.place,
            sealed=sealed,
            today=today,
            held=held,
        )


def _write_disposed(writer: Writer, sealed: Archive) -> None:
    found = sorted(sealed.disposals.certificates.values(), key=lambda one: (one.decided.at, one.id), reverse=True)
    people = visible.people(writer.names.rulebook.people, writer.sight)

    def person(name: str) -> str:
        known = people.get(name)
        return known.name if known else name

    title = writer.words.t(N_("Disposed of"))
    for part in paging.parts("archive/disposed", found):
        writer.page(part.path, title, "disposed.html", certificates=part.items, person=person, **part.place)
    for one in found:
        stem = f"archive/disposed/{one.id}"
        for some in paging.parts(stem, one.items, ITEMS):
            named = f"{title} · {one.id}"
            writer.page(some.path, named, "certificate.html", stem=stem, one=one, items=some.items, **some.place)


def _held(over: Sequence[Row], sealed: Archive, today: date) -> int:
    held = {case for case in sealed.holds.by_case if sealed.holds.standing(case, today)}
    return sum(row.id in held for row in over)


def _kinds(rows: Sequence[Row], of: Callable[[Row], Value], said: Callable[[Value], tuple[str, str]]) -> list[Kind]:
    """How many cases of each kind have which state, the most frequent kind first; `said` are its title and facets."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for (value, state), number in Counter((of(row), row.state) for row in rows).items():
        found.setdefault(said(value), Counter())[state] += number
    kinds = [Kind(title, facets, states) for (title, facets), states in found.items()]
    return sorted(kinds, key=lambda one: (-one.states.total(), one.facets))


def _type(names: Names, value: tuple[str, str, str]) -> tuple[str, str]:
    """A category with its profile: two policies may use the same word."""
    policy, profile, category = value
    title = names.words.title(names.named(policy).categories, category)
    return f"{title} · {profile}", f"policy={profile}&category={category}"


def _disposal(over: Sequence[Row], today: date) -> tuple[int, list[tuple[int, int]]]:
    """How many ended cases need not be kept any more, and how many are free after each coming year's retention."""
    free = sum(row.kept_until is not None and row.kept_until < today for row in over)
    coming = Counter(_kept(row)[0].year for row in over if _kept(row)[0] >= today)
    return free, sorted(coming.items())


def _ended(row: Row) -> date:
    return row.ended.date() if row.ended else date.max


def _kept(row: Row) -> tuple[date, str]:
    return row.kept_until or date.max, row.id


def _quarter(row: Row) -> str:
    return paging.quarter(_ended(row))
