"""Every value that the case schema allows has a name in words."""

import json
from pathlib import Path
from typing import Any

import pytest

from caseledger import duration, fieldlabels, labels, lengths

COMMON = {"at", "recorded", "type", "by", "as"}


def case_schema(root: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((root / "schema/case.schema.json").read_text(encoding="utf-8"))
    return loaded


def shapes(root: Path) -> dict[str, dict[str, Any]]:
    """The properties of each event type that the schema describes."""
    found = {}
    for branch in case_schema(root)["$defs"]["event"]["allOf"]:
        found[branch["if"]["properties"]["type"]["const"]] = branch["then"].get("properties", {})
    return found


def test_every_event_type_and_field_has_a_label(root: Path) -> None:
    known = case_schema(root)["$defs"]["eventType"]["enum"]
    assert list(labels.EVENT_TYPES) == known
    fields = {name for properties in shapes(root).values() for name in properties} - COMMON
    assert fields <= fieldlabels.FIELDS.keys()


def test_every_listed_value_has_a_label(root: Path) -> None:
    schema = case_schema(root)
    events = shapes(root)
    investigated = events["investigated"]
    assert sorted(labels.CHANNELS) == schema["properties"]["channel"]["enum"]
    assert sorted(labels.DEMANDS) == schema["properties"]["demand"]["enum"]
    assert list(labels.OUTCOMES) == events["closed"]["outcome"]["enum"]
    assert list(labels.NATURES) == investigated["nature"]["enum"]
    assert list(labels.PARTIES) == investigated["responsible"]["items"]["properties"]["party"]["enum"]
    assert list(labels.METHODS) == investigated["root_cause"]["properties"]["method"]["enum"]
    assert list(labels.RESULTS) == events["appraised"]["result"]["enum"]
    kinds = schema["$defs"]["dispositions"]["items"]["properties"]["kind"]["enum"]
    assert list(labels.DISPOSITIONS) == kinds


def test_an_unknown_value_stands_for_itself() -> None:
    assert labels.label("channel", "{pigeon}").to("en") == "{pigeon}"
    assert labels.label("channel", "post").to("en") == "Letter"


@pytest.mark.parametrize(
    ("written", "said"),
    [("1 wd", "1 working day"), ("3 wd", "3 working days"), ("24 h", "24 hours"), ("1 y", "1 year")],
)
def test_durations_are_said_in_words(written: str, said: str) -> None:
    assert lengths.label(duration.parse(written)).to("en") == said
