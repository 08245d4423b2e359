"""Who may see a field: the schemas mark every one, and whatever shows a field to anybody asks here.

A field without a mark is for the fewest, so that one that is forgotten is hidden, not shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from caseledger import schema

KEYWORD = "x-audience"
"""The keyword of the schemas that marks a field, or a type of event."""
INHERIT = "inherit"
"""The mark of a field that is for whom the field around it is."""
ANY = "*"
"""Stands in a path for any key of a mapping whose keys are free: "people.*.name"."""
KINDS = ("case", "review", "archive", "holds", "disposal", "certificate", "people", "person")
"""The kinds of files that have a mark at every field."""

COMPUTED = {
    "case": "case.id",
    "path": "case.id",
    "policy": "case.policy",
    "summary": "case.summary",
    "state": "archive.sealed.state",
    "received": "archive.sealed.received",
    "ended": "archive.sealed.ended",
    "grade": "archive.sealed.grade",
    "outcome": "archive.sealed.outcome",
    "kept_until": "archive.sealed.kept_until",
    "verdict": "archive.sealed.verdicts",
    "due": "case.events.assigned.expected",
    "owner": "case.events.assigned.to",
}
"""What is computed from a case, or said of all of it, and the field for whose audience it is.

What a clock says is a verdict; when it runs, and for whom to act on, is how a case is handled.
"""

Marks = Mapping[str, "Audience"]


class Audience(StrEnum):
    """Everybody; those who handle complaints; the few who are entitled to what is sensitive."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"

    def includes(self, mark: "Audience") -> bool:
        """Whether a field of that mark is for this audience, too."""
        return _ORDER[mark] <= _ORDER[self]


_ORDER = {audience: place for place, audience in enumerate(Audience)}


@dataclass(frozen=True)
class Sight:
    """What an audience may see; `published` are fields ("case.product.sku") that the company shows to everybody."""

    audience: Audience
    published: frozenset[str] = frozenset()

    def sees(self, kind: str, path: str) -> bool:
        """Whether a field of a kind of file ("product.sku", "events.closed.outcome") may be shown."""
        if self.audience.includes(marks(kind).get(path, Audience.RESTRICTED)):
            return True
        name = f"{kind}.{path}"
        return any(name == one or name.startswith(f"{one}.") for one in self.published)

    def computes(self, name: str) -> bool:
        """Whether something of COMPUTED may be shown."""
        return self.sees(*COMPUTED[name].split(".", 1))

    @property
    def inside(self) -> bool:
        """Whether it is of those who handle complaints and know single cases; all others are told figures."""
        return self.audience is not Audience.PUBLIC and self.computes("case")

    def shown(self, kind: str, value: Any, path: str = "") -> Any:
        """What may be shown of a file's data, or of the value of the field at `path`, copied where some may not.

        Of a file it is asked whose shape is right: where every field that there can be may be shown, that is all of it.
        """
        if not path and sees_all(self, kind):
            return value
        if isinstance(value, list):
            found = [self.shown(kind, inner, path) for inner in value]
            return [event for event in found if event] if (kind, path) == ("case", "events") else found
        if not isinstance(value, Mapping):
            return value
        if (kind, path) == ("case", "events"):
            return self._event(kind, value)
        if (each := f"{path}.{ANY}") in _within(kind):
            return {name: self.shown(kind, inner, each) for name, inner in value.items()}
        return self._fields(kind, value, path) if path in _within(kind) else value

    def _event(self, kind: str, event: Mapping[str, Any]) -> dict[str, Any]:
        found = self._fields(kind, event, f"events.{event.get('type')}")
        if event.get("type") == "corrected" and "set" in found:
            named = event.get("event")
            target = named.get("type") if isinstance(named, Mapping) else None
            found["set"] = self._fields(kind, event["set"], f"events.{target}")
        return found

    def _fields(self, kind: str, value: Mapping[str, Any], path: str) -> dict[str, Any]:
        below = f"{path}." if path else ""
        return {
            name: self.shown(kind, inner, below + name)
            for name, inner in value.items()
            if self.sees(kind, below + name) or self._holds_published(f"{kind}.{below}{name}.")
        }

    def _holds_published(self, below: str) -> bool:
        return any(one.startswith(below) for one in self.published)


INSIDE = Sight(Audience.INTERNAL)
"""What those see who handle complaints."""


def sight(audience: Audience, settings: Mapping[str, Any]) -> Sight:
    """What an audience may see in a repository with these settings."""
    return Sight(audience, frozenset(settings.get("publish", ())))


@cache
def sees_all(seen: Sight, kind: str, but: frozenset[str] = frozenset()) -> bool:
    """Whether every field that there can be of a kind of file may be shown; `but` are those that nobody asks for."""
    return all(seen.sees(kind, path) for path in marks(kind) if path not in but)


@cache
def marks(kind: str) -> Marks:
    """For whom each field of a kind of file is: no field is for more people than the one around it."""
    return {path: mark for path, mark in _fields(kind, schema.schema(kind), "", Audience.PUBLIC) if mark}


def unmarked(kind: str) -> list[str]:
    """The fields, and types of events, that have no mark of their own."""
    return [path for path, mark in _fields(kind, schema.schema(kind), "", Audience.PUBLIC) if mark is None]


@cache
def _within(kind: str) -> frozenset[str]:
    """The fields that hold fields with names."""
    return frozenset(path.rpartition(".")[0] for path in marks(kind))


def _fields(kind: str, part: Mapping[str, Any], path: str, around: Audience) -> Iterator[tuple[str, Audience | None]]:
    """Every field below a part of a schema with its mark, None where it has none of its own."""
    for name, inner in part.get("properties", {}).items():
        at = f"{path}.{name}" if path else name
        yield from _field(kind, inner, at, around)
    for choice in part.get("anyOf", ()):
        yield from _fields(kind, schema.resolved(kind, choice), path, around)
    for below, at in ((part.get("items"), path), (part.get("additionalProperties"), f"{path}.{ANY}")):
        if isinstance(below, Mapping):
            yield from _fields(kind, schema.resolved(kind, dict(below)), at, around)


def _field(kind: str, inner: Any, path: str, around: Audience) -> Iterator[tuple[str, Audience | None]]:
    mark = _narrower(around, inner.get(KEYWORD))
    yield path, mark
    whole = schema.resolved(kind, inner)
    if (kind, path) == ("case", "events"):
        yield from _events(kind, schema.resolved(kind, whole["items"]), mark or Audience.RESTRICTED)
    else:
        yield from _fields(kind, whole, path, mark or Audience.RESTRICTED)


def _events(kind: str, event: Mapping[str, Any], around: Audience) -> Iterator[tuple[str, Audience | None]]:
    """The fields of each type of event: those that all share, and its own."""
    for branch in event["allOf"]:
        path = f"events.{branch['if']['properties']['type']['const']}"
        mark = _narrower(around, branch["then"].get(KEYWORD))
        yield path, mark
        own = {name: part for name, part in branch["then"]["properties"].items() if isinstance(part, Mapping)}
        yield from _fields(kind, {"properties": {**event["properties"], **own}}, path, mark or Audience.RESTRICTED)


def _narrower(around: Audience, mark: str | None) -> Audience | None:
    """The narrower of two marks; None for a field without one."""
    if mark is None:
        return None
    own = around if mark == INHERIT else Audience(mark)
    return own if own.includes(around) else around
