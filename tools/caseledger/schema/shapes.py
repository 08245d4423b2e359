"""The JSON Schemas of the files, 2020-12, and whether data fits them: jsonschema-rs decides."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

_PACKAGE = Path(__file__).parents[1]
FOLDER = next(folder for folder in (_PACKAGE / "schemas", _PACKAGE.parents[1] / "schema") if folder.is_dir())
KINDS = (
    "case",
    "policy",
    "calendar",
    "people",
    "settings",
    "rates",
    "allowed",
    "map",
    "review",
    "archive",
    "holds",
    "disposal",
    "certificate",
    "person",
)


def valid(kind: str, data: object) -> bool:
    """Whether the data has the shape of a `kind` of file."""
    return _decider(kind).is_valid(data)


@cache
def schema(kind: str) -> dict[str, Any]:
    """The schema of a kind of file, or of one "event" of a case."""
    if kind == "event":
        return {"$ref": "#/$defs/event", "$defs": schema("case")["$defs"]}
    loaded: dict[str, Any] = json.loads((FOLDER / f"{kind}.schema.json").read_text("utf-8"))
    return loaded


def field(kind: str, *steps: str) -> dict[str, Any]:
    """The schema of the value at `steps` (references followed), {} where the schema does not say."""
    found = schema(kind)
    for step in steps:
        found = resolved(kind, found.get("properties", {}).get(step, {}))
    return found


def fits(kind: str, part: Mapping[str, Any], value: object) -> bool:
    """Whether a value has the shape that a part of the schema of `kind` asks for."""
    whole = {**part, "$defs": schema(kind).get("$defs", {})}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True).is_valid(value)


def event_fields(event_type: str) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The own fields of an event type: those required, and the schema of each (references followed)."""
    entry = schema("case")["$defs"]["event"]
    branches = {b["if"]["properties"]["type"]["const"]: b["then"] for b in entry["allOf"]}
    branch: dict[str, Any] = branches.get(event_type, {})
    own = {name: resolved("case", s) for name, s in branch.get("properties", {}).items() if isinstance(s, dict)}
    return [name for name in branch.get("required", []) if name != "note"], own


def resolved(kind: str, found: dict[str, Any]) -> dict[str, Any]:
    """A part of a schema with its own reference followed."""
    if "$ref" in found:
        return resolved(kind, schema(kind)["$defs"][found["$ref"].rpartition("/")[2]])
    return found


@cache
def _decider(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema(kind), validate_formats=True)
