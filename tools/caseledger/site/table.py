"""All cases as columns, in a file for each year of receipt: what the table of cases loads in the browser.

Values that repeat are kept once and named by number, so a year of 25,000 cases is read in a blink. Facets that speak of
one thing stand together in a group: "late" and "investigation" are asked of the same deadline, not of any two.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any

from caseledger.clocks import Status
from caseledger.figures import months
from caseledger.figures.age import AGES, age
from caseledger.figures.facts import Deadline
from caseledger.language import N_, translate
from caseledger.site import html
from caseledger.site.names import Names
from caseledger.site.rows import Row

KEPT = ("no", "yes")
"""Whether a deadline was kept; "" stands for one that is not decided."""


@cache
def deadline(found: Deadline) -> tuple[str, ...]:
    """A deadline as its facets see it."""
    kept = KEPT[found.status == Status.MET] if found.month else ""
    return found.status, kept, f"{found.profile}/{found.clock}", found.owner, found.month


FOLDER = "table"
"""Where the files are, from the top of the site: both languages read the same."""

ONE: Mapping[str, tuple[tuple[str, ...], Callable[[Row], tuple[str, ...]]]] = {
    "received": (("day", "month"), lambda row: (f"{row.facts.received}", months.of(row.facts.received))),
    "state": (
        ("state", "outcome", "ended"),
        lambda row: (row.state, row.outcome or "", months.of(row.facts.ended) if row.facts.ended else ""),
    ),
    "profile": (("policy",), lambda row: (row.facts.profile,)),
    "grade": (("grade",), lambda row: (row.grade,)),
    "category": (("category",), lambda row: (row.category,)),
    "channel": (("channel",), lambda row: (row.channel,)),
    "market": (("market",), lambda row: (row.market,)),
    "demand": (("demand",), lambda row: (row.demand,)),
    "language": (("language",), lambda row: (row.language,)),
    "goods": (("sku", "supplier"), lambda row: (row.sku, row.supplier)),
    "finding": (("nature",), lambda row: (row.facts.nature,)),
}
"""Groups of which each case has one: their facets, and what a case has of them."""

MANY: Mapping[str, tuple[tuple[str, ...], Callable[[Row], Iterable[tuple[str, ...]]]]] = {
    "deadlines": (("status", "kept", "clock", "department", "decided"), lambda row: map(deadline, row.facts.deadlines)),
    "parties": (("party",), lambda row: ((" ".join(filter(None, party)),) for party in row.facts.parties)),
    "visits": (("score", "visited"), lambda row: ((f"{v.score or ''}", v.month) for v in row.facts.visits)),
    "payments": (("currency", "paid"), lambda row: ((p.currency, p.month) for p in row.facts.payments)),
}
"""Groups of which a case may have several, or none."""

AGE = "age"
"""The one group, and its only facet, that depends on the day of the build: how long an open case has been open."""

GROUPS = {name: facets for name, (facets, _) in (*ONE.items(), *MANY.items())} | {AGE: (AGE,)}
"""The facets of each group."""

FACETS = {
    "state": N_("State"),
    "status": N_("Deadline status"),
    "department": N_("Department"),
    "grade": N_("Grade"),
    "category": N_("Category"),
    "channel": N_("Channel"),
    "market": N_("Market"),
    "supplier": N_("Supplier"),
    "sku": N_("SKU"),
    "month": N_("Month of receipt"),
    "clock": N_("Deadline"),
    "kept": N_("Deadline kept"),
    "decided": N_("Month of the deadline"),
    "age": N_("Open for"),
    "outcome": N_("Outcome"),
    "ended": N_("Month of the end"),
    "nature": N_("Nature of the problem"),
    "party": N_("Responsible"),
    "demand": N_("Demand"),
    "language": N_("Language"),
    "policy": N_("Policy"),
    "score": N_("Satisfaction"),
    "visited": N_("Month of the return visit"),
    "currency": N_("Currency paid"),
    "paid": N_("Month of payment"),
}
"""What a reader may narrow the table by, the usual ones first."""
USUAL = 10

COLUMNS = {
    "day": N_("Received on"),
    "case": N_("Case"),
    "state": N_("State"),
    "due": N_("Next deadline"),
    "department": N_("Department"),
    "grade": N_("Grade"),
    "category": N_("Category"),
    "channel": N_("Channel"),
    "market": N_("Market"),
    "sku": N_("SKU"),
    "supplier": N_("Supplier"),
}
CELLS = (
    ("day",),
    ("case",),
    ("state",),
    ("due",),
    ("department",),
    ("grade", "category"),
    ("channel", "market"),
    ("sku", "supplier"),
)
"""Which columns share a cell, one below the other."""
MORE_IN_CSV = {
    "outcome": N_("Outcome"),
    "breaches": N_("Broken deadlines"),
    "status": N_("Deadline status"),
    "clock": N_("Deadline"),
    "summary": N_("Summary"),
    "language": N_("Language"),
}
WORDS = {
    "found": N_("{n} of {total} cases"),
    "loading": N_("Loading {n} of {total} cases"),
    "search": N_("Words, numbers"),
    "filter": N_("Narrow the values"),
    "more": N_("More filters"),
    "clear": N_("Show all cases"),
    "remove": N_("Remove: {name}"),
    "csv": N_("Download as CSV"),
    "file": N_("cases"),
    "none": N_("none"),
    "breaches": N_("Broken deadlines: {n}"),
    "nothing": N_("No case matches."),
    "table": N_("Cases"),
    "failed": N_("The table needs the site to be served: caseledger site serve. The plain list follows."),
}


def files(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The name of the file of each year, and its cases, newest first."""
    newest = sorted(rows, key=lambda row: (row.facts.received, row.id), reverse=True)
    for year, found in groupby(newest, key=lambda row: row.facts.received.year):
        yield f"{FOLDER}/{year}.json", list(found)


def text(rows: Sequence[Row], now: datetime) -> str:
    """The file of these cases; of `now` it says no more than `days` does."""
    return json.dumps(shard(rows, now), ensure_ascii=False, separators=(",", ":"))


def days(rows: Iterable[Row], now: datetime) -> list[date]:
    """The days up to which the ages of these cases are counted."""
    return sorted({_today(row, now) for row in rows if row.open})


def years(rows: Iterable[Row]) -> list[int]:
    """The years of which there is a file, newest first."""
    return sorted({row.facts.received.year for row in rows}, reverse=True)


def shard(rows: Sequence[Row], now: datetime) -> dict[str, Any]:
    """Cases as columns, in their order."""
    groups = {name: _coded([item(row)] for row in rows) for name, (_, item) in ONE.items()}
    groups |= {name: _coded(map(items, rows)) for name, (_, items) in MANY.items()}
    groups[AGE] = _coded([(age(row.facts.received, _today(row, now)) if row.open else "",)] for row in rows)
    places = {value: place for place, value in enumerate(groups["deadlines"]["values"])}
    waited = [row.next for row in rows]
    return {
        "id": [row.id for row in rows],
        "summary": [row.summary for row in rows],
        "breaches": [row.breaches for row in rows],
        "due": [html.due_text(clock.due) if clock else "" for clock in waited],
        "next": [places[deadline(clock.deadline)] if clock else -1 for clock in waited],
        "groups": groups,
    }


def settings(names: Names, base: str, years: Sequence[int], total: int) -> dict[str, Any]:
    """What the table needs to know beside the cases: where its files are, and every word in one language."""
    words = names.words
    return {
        "base": base,
        "files": [f"{base}../{FOLDER}/{year}.json" for year in years],
        "total": total,
        "language": words.language,
        "groups": GROUPS,
        "facets": {name: words.t(msgid) for name, msgid in FACETS.items()},
        "usual": USUAL,
        "columns": {name: words.t(msgid) for name, msgid in COLUMNS.items()},
        "cells": CELLS,
        "csv": {name: words.t(msgid) for name, msgid in MORE_IN_CSV.items()},
        "labels": _labels(names),
        "titles": {
            policy.profile: {
                "grade": {name: title[words.language] for name, title in policy.grades.items()},
                "category": {name: title[words.language] for name, title in policy.categories.items()},
            }
            for policy in reversed(names.policies)
        },
        "words": {name: translate(msgid, words.language) for name, msgid in WORDS.items()},
    }


def _labels(names: Names) -> dict[str, Mapping[str, str]]:
    words = names.words
    known = {facet: words.labels[facet] for facet in ("state", "outcome", "channel", "demand", "nature", "language")}
    return {
        **known,
        "status": words.labels["status"],
        "party": words.labels["party"],
        "grade": names.titles(lambda policy: policy.grades),
        "category": names.titles(lambda policy: policy.categories),
        "policy": {policy.profile: policy.title[words.language] for policy in reversed(names.policies)},
        "clock": {
            f"{policy.profile}/{clock.id}": clock.title[words.language]
            for policy in reversed(names.policies)
            for clock in policy.clocks
        },
        "department": {role: names.role(role) for role in names.role_order},
        "age": {name: words.t(N_("{days} days"), days=name.replace("-", "–")) for name in AGES},
        "kept": {"yes": words.t(N_("yes")), "no": words.t(N_("no"))},
        "score": {str(score): words.t(N_("{score} of 5"), score=score) for score in range(1, 6)},
    }


def _coded(found: Iterable[Iterable[tuple[str, ...]]]) -> dict[str, list[Any]]:
    """Values once each, and which of them each case has: a number where it has just one, else a list."""
    places: dict[tuple[str, ...], int] = {}
    codes: list[Any] = []
    for items in found:
        code = list(dict.fromkeys([places.setdefault(item, len(places)) for item in items]))
        codes.append(code[0] if len(code) == 1 else code)
    return {"values": list(places), "codes": codes}


def _today(row: Row, now: datetime) -> date:
    return now.astimezone(row.received.tzinfo).date()
