"""Every field of every kind of file, made from the JSON Schemas, so that no field is without its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from caseledger import fieldlabels, schema, yamltext
from caseledger.language import N_, translate
from caseledger.site.pages import Writer
from caseledger.site.words import Words

FILES = {
    "case": (N_("A case"), "cases/2026/11/C-20261103-7K3QD.yml"),
    "policy": (N_("A policy"), "policy/quality/2023-01-01/policy.yml"),
    "people": (N_("People"), "policy/people.yml"),
    "calendar": (N_("A calendar"), "policy/calendars/CN.yml"),
    "rates": (N_("Exchange rates"), "policy/rates.yml"),
    "allowed": (N_("Personal data that may stand"), "policy/allowed-personal-data.yml"),
    "review": (N_("A record of a periodic duty"), "reviews/2026/quality-monthly-report-2026-10.yml"),
    "archive": (N_("An archive file"), "cases/archive/2026.yml"),
    "person": (N_("A record of the vault"), "U-5J2M8Q1TZX"),
    "holds": (N_("Legal holds"), "cases/archive/holds.yml"),
    "disposal": (N_("A proposal of disposal"), "cases/archive/disposals/D-20261103-7K3QD.yml"),
    "certificate": (N_("A certificate of disposal"), "cases/archive/certificates/D-20261103-7K3QD.yml"),
    "settings": (N_("Settings"), "caseledger.yml"),
    "map": (N_("A map for imports"), "maps/shop.yml"),
}
"""What each kind of file is called, and a place of one."""

TYPES = {
    "string": N_("text"),
    "integer": N_("whole number"),
    "number": N_("number"),
    "boolean": N_("true or false"),
    "array": N_("list"),
    "object": N_("mapping"),
    "null": "null",
}
LABELLED = {
    "channel": "channel",
    "via": "channel",
    "demand": "demand",
    "nature": "nature",
    "outcome": "outcome",
    "party": "party",
    "result": "result",
    "method": "method",
    "every": "period",
}
"""Fields whose values have labels, and the kind of label."""

DEPTH = 8


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its path (`clocks[].limits[].within`), whether it must be there, its own part of the schema."""

    path: str
    required: bool
    part: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The last key of the path."""
        return self.path.rpartition(".")[2].removesuffix("[]")


def write(writer: Writer) -> None:
    """Write the page of every kind of file, and their index."""
    words = writer.words
    counts = {kind: sum(1 for _ in fields(kind)) for kind in FILES}
    writer.page("schema/index.md", words.t(N_("Fields of all files")), "schemas.html", files=FILES, counts=counts)
    for kind, (title, place) in FILES.items():
        events = schema.schema("case")["$defs"]["eventType"]["enum"] if kind == "case" else []
        writer.page(
            f"schema/{kind}.md",
            words.t(N_("{file}: fields"), file=words.t(title)),
            "schema.html",
            kind=kind,
            place=place,
            fields=list(fields(kind)),
            events=[(name, list(event_fields(name))) for name in events],
            line=lambda field: _line(field, words),
        )


def fields(kind: str) -> Iterator[Field]:
    """Every field of a kind of file, in the order of its schema; those of a case's events are the ones all share."""
    yield from _fields(kind, schema.schema(kind), "", 0)


def event_fields(event_type: str) -> Iterator[Field]:
    """The fields of one type of event, beside those that all share."""
    entry = schema.schema("case")["$defs"]["event"]
    branch = next(b["then"] for b in entry["allOf"] if b["if"]["properties"]["type"]["const"] == event_type)
    own = {name: part for name, part in branch.get("properties", {}).items() if isinstance(part, dict)}
    yield from _fields("case", {**branch, "properties": own}, "", 0)


def _fields(kind: str, part: Mapping[str, Any], path: str, depth: int) -> Iterator[Field]:
    if depth > DEPTH:
        return
    for shape in _shapes(kind, part):
        required = shape.get("required", ())
        for name, inner in shape.get("properties", {}).items():
            whole, at = _whole(kind, inner), f"{path}.{name}" if path else name
            yield Field(at, name in required, whole)
            yield from _fields(kind, whole, at, depth + 1)
        others = shape.get("additionalProperties")
        if isinstance(others, dict):
            whole, at = _whole(kind, others), f"{path}.<{_key(kind, shape)}>"
            if "description" in whole:
                yield Field(at, False, whole)
            yield from _fields(kind, whole, at, depth + 1)
        if isinstance(items := shape.get("items"), dict):
            yield from _fields(kind, _whole(kind, items), f"{path}[]", depth + 1)


def _key(kind: str, shape: Mapping[str, Any]) -> str:
    """What stands for any key of a mapping: the name of what keys are."""
    named = shape.get("propertyNames", {}).get("$ref", "").rpartition("/")[2]
    return {"eventType": "event"}.get(named, named or "key")


def _whole(kind: str, part: Any) -> dict[str, Any]:
    """A part with its references followed; what it says itself counts more."""
    if not isinstance(part, dict):
        return {}
    own = {key: value for key, value in part.items() if key != "$ref"}
    if "anyOf" in own:
        own["anyOf"] = [_whole(kind, choice) for choice in own["anyOf"]]
    name = part.get("$ref", "").rpartition("/")[2]
    return {**_whole(kind, schema.schema(kind)["$defs"][name]), **own} if name else own


def _shapes(kind: str, part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A part, and the forms that it may take."""
    yield part
    for choice in part.get("anyOf", ()):
        yield from _shapes(kind, choice)
    for branch in ("then", "else"):
        if branch in part:
            yield from _shapes(kind, _whole(kind, part[branch]))


def _line(field: Field, words: Words) -> tuple[str, str, list[tuple[str, str]], str]:
    """What a field means, of what type it is, the values it may have with what they are called, an example."""
    part = field.part
    label = fieldlabels.FIELDS.get(field.name) or fieldlabels.PARTS.get(field.name) or ""
    said = [translate(text, words.language) for text in (label, part.get("description", "")) if text]
    shown = LABELLED.get(field.name, "")
    values = [(str(v), words.label(shown, v) if shown else "") for v in part.get("enum", ())]
    example = yamltext.flow(part["examples"][0]) if "examples" in part else ""
    return words.t(N_(": ")).join(dict.fromkeys(said)), _type(part, words), values, example


def _type(part: Mapping[str, Any], words: Words) -> str:
    if "const" in part:
        return str(part["const"]).lower() if isinstance(part["const"], bool) else str(part["const"])
    if "type" in part:
        msgid = TYPES[part["type"]]
        said = words.t(msgid)
        bounds = [str(part[bound]) for bound in ("minimum", "maximum") if bound in part]
        return f"{said} {'–'.join(bounds)}{'' if len(bounds) > 1 else '–'}" if bounds else said
    if "enum" in part:
        return words.t(N_("one of"))
    choices = [_type(choice, words) for choice in part.get("anyOf", ())]
    return " / ".join(dict.fromkeys(filter(None, choices))) or words.t(N_("text"))
