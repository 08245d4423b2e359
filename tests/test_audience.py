"""Who may see a field: every field says so, and one that does not is hidden."""

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from caseledger import audience, schema
from caseledger.audience import COMPUTED, INSIDE, KINDS, Audience, Sight, marks, sight
from caseledger.figures.facts import Facts
from caseledger.site import visible
from caseledger.site.rows import Row
from tests import casework
from tests.casework import case, event
from tests.planted import Planter
from tests.test_cli import Shell

EVERYBODY = Sight(Audience.PUBLIC)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_and_every_type_of_event_has_a_mark(kind: str) -> None:
    assert audience.unmarked(kind) == []
    assert set(marks(kind).values()) <= set(Audience)


def test_a_new_field_without_a_mark_is_found_and_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {**schema.schema("review")}
    changed["properties"] = {**changed["properties"], "mood": {"$ref": "#/$defs/line"}}
    monkeypatch.setattr(schema, "schema", lambda _kind: changed)
    marks.cache_clear()
    try:
        assert audience.unmarked("review") == ["mood"]
        assert not any(Sight(who).sees("review", "mood") for who in (Audience.PUBLIC, Audience.INTERNAL))
        assert Sight(Audience.RESTRICTED).sees("review", "mood")
    finally:
        marks.cache_clear()


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_is_for_more_people_than_the_one_around_it(kind: str) -> None:
    found = marks(kind)
    for path, mark in found.items():
        around = path.removesuffix(".*").rpartition(".")[0].removesuffix(".*")
        assert mark.includes(found.get(around, Audience.PUBLIC)), path


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("description", "internal"),
        ("consumer.ref", "internal"),
        ("order.amount.value", "internal"),
        ("category", "public"),
        ("product.sku", "internal"),
        ("events.closed.outcome", "public"),
        ("events.closed.note", "internal"),
        ("events.closed.by", "internal"),
        ("events.investigated.responsible.party", "public"),
        ("events.investigated.responsible.name", "internal"),
        ("events.note.at", "internal"),
        ("events.received.at", "public"),
    ],
)
def test_for_whom_some_fields_of_a_case_are(path: str, mark: str) -> None:
    assert marks("case")[path] == mark


def test_what_a_case_shows_to_everybody() -> None:
    found = case(
        event("2026-11-03 09:12", "received", note="x"),
        event("2026-11-03 10:00", "note", note="x"),
        event("2026-11-05 10:00", "corrected", event={"at": "2026-11-03T10:00:00+08:00", "type": "note"},
              set={"note": "y"}, reason="x"),
        event("2026-11-06 10:00", "closed", outcome="resolved"),
    )  # fmt: skip
    assert EVERYBODY.shown("case", found) == {
        "schema": 1,
        "policy": "quality@2023-01-01",
        "channel": "marketplace",
        "market": "NO",
        "language": "nb",
        "category": "product-quality",
        "demand": "refund",
        "events": [
            {"at": "2026-11-03T09:12:00+08:00", "type": "received"},
            {"at": "2026-11-06T10:00:00+08:00", "type": "closed", "outcome": "resolved"},
        ],
    }
    assert INSIDE.shown("case", found) == found


def test_a_correction_shows_a_value_to_those_who_may_see_the_field_that_it_mends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hidden = {**marks("case"), "events.note.note": Audience.RESTRICTED}
    monkeypatch.setattr(audience, "marks", lambda _kind: hidden)
    found = event("2026-11-05 10:00", "corrected", event={"at": "2026-11-03T10:00:00+08:00", "type": "note"},
                  set={"note": "y", "at": "2026-11-03T11:00:00+08:00"}, reason="x")  # fmt: skip
    assert INSIDE.shown("case", [found], "events")[0]["set"] == {"at": "2026-11-03T11:00:00+08:00"}
    restricted: Any = Sight(Audience.RESTRICTED).shown("case", [found], "events")
    assert restricted == [found]


def test_what_is_published_is_shown_and_nothing_around_it() -> None:
    found = case(product={"sku": "BP-22-GR", "supplier": "S-017"})
    shown = sight(Audience.PUBLIC, {"publish": ["case.product.sku"]}).shown("case", found)
    assert shown["product"] == {"sku": "BP-22-GR"}
    assert EVERYBODY.shown("case", found).get("product") == {}


def test_people_are_named_inside_their_addresses_to_few() -> None:
    people = {"schema": 1, "people": {"cs-01": {"name": "Lin", "emails": ["lin@example.com"], "roles": []}}}
    assert INSIDE.shown("people", people) == {"schema": 1, "people": {"cs-01": {"name": "Lin", "roles": []}}}
    assert Sight(Audience.RESTRICTED).shown("people", people) == people
    assert EVERYBODY.shown("people", people) == {"schema": 1}


def test_every_part_of_a_row_says_whose_it_is() -> None:
    assert set(visible.ROW) == set(Row.__slots__) - {"facts"}
    assert set(visible.FACTS) == set(Facts._fields)
    named = [*COMPUTED.values(), *visible.ROW.values(), *visible.FACTS.values(), visible.NAMES, visible.OWNER]
    for one in named:
        kind, _, path = one.partition(".")
        assert path in marks(kind), one


def test_what_may_be_published_are_fields() -> None:
    for name in schema.schema("settings")["properties"]["publish"]["items"]["enum"]:
        kind, _, path = name.partition(".")
        assert marks(kind)[path] is Audience.INTERNAL


def test_a_planted_case_has_the_shape_of_one() -> None:
    planter = Planter("case", count(1))
    data = {**planter.whole(), "events": planter.events()}
    assert schema.valid("case", data), data
    assert len(planter.found) > 60
    assert len({value for value, _ in planter.found.values()}) == len(planter.found)


def test_a_list_for_everybody(repository: Path) -> None:
    casework.put(repository, case(event("2026-11-03 09:12", "received")))
    arguments = ["list", "--audience", "public", "--as-of", "2026-11-03T10:00:00+08:00"]
    shell = Shell(repository)
    heading, _, row = (line.split() for line in shell(*arguments).strip().splitlines())
    assert (heading, row) == (["State", "Grade"], ["Open", "general"])
    (found,) = json.loads(shell(*arguments, "--format", "json"))
    assert {name: value for name, value in found.items() if name != "clocks"} == {
        "policy": "quality@2023-01-01",
        "state": "open",
        "grade": "general",
    }
    assert found["clocks"][0] == {"clock": "verification", "cycle": 1, "clause": "A10", "status": "running"}
