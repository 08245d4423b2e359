"""The conditions of a policy ask for fields that there are, and for values that these can have."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from caseledger import schema
from caseledger.condition import ANY, NONE
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "policy-fact",
    N_("A condition asks for a field that there is not, or for a value that it cannot have."),
    N_("Write a field of an event as investigated.root_cause, one of the case's head as order.number."),
    "conditions:\n  - for: [closed]\n    needs: {investigated.cause: any}",
)
_NAMED = {
    "category": "categories",
    "graded.grade": "grades",
    "assigned.to": "roles",
    "assigned.with": "roles",
    "escalated.to": "roles",
}
"""Values that are names of the policy's own."""


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """Every path and every value of a condition that cannot be."""
    policy = document.data
    for number, condition in enumerate(policy.get("conditions", ())):
        for part in ("when", "needs"):
            for path, wanted in condition.get(part, {}).items():
                if path not in ("events", "times"):
                    steps = ("conditions", number, part, path)
                    yield from _problems(document, steps, policy, path, wanted)


def _problems(
    document: Document, steps: tuple[str | int, ...], policy: Mapping[str, Any], path: str, wanted: Any
) -> Iterator[Problem]:
    field = {"enum": [*policy["grades"]]} if path == "grade" else _field(policy, path)
    if field is None:
        message = Text(N_("There is no field {path} in a case."), path=path)
        yield RULE.problem(document.path, document.place(*steps, key=True), message)
        return
    if path in _NAMED:
        field = {"enum": [*policy[_NAMED[path]]]}
    for value in wanted if isinstance(wanted, list) else [wanted]:
        alone = value in (ANY, NONE) and not isinstance(wanted, list)
        if not alone and not schema.fits("case", field, value):
            known = ["true", "false"] if field.get("type") == "boolean" else field.get("enum", [])
            hint = Text(N_("It is one of: {known}."), known=", ".join(["any", "none", *known])) if known else None
            message = Text(N_("{path} cannot be {value}."), path=path, value=value)
            yield RULE.problem(document.path, document.place(*steps), message, hint)


def _field(policy: Mapping[str, Any], path: str) -> dict[str, Any] | None:
    """The part of the schema of a case for a single value at a path; None where there is none."""
    first, *rest = path.split(".")
    if first in policy["events"]:
        name, *rest = rest or [""]
        part = {"type": "string"} if name == "note" else schema.event_fields(first)[1].get(name)
    else:
        part = None if first in ("schema", "id", "events") else schema.field("case", first)
    for step in rest:
        part = _inner(part or {}).get("properties", {}).get(step)
    return _inner(part) if part else None


def _inner(part: Mapping[str, Any]) -> dict[str, Any]:
    """A part of the schema as a path goes on from it: into the entries of a list, past null."""
    found = schema.resolved("case", dict(part))
    found = next((schema.resolved("case", p) for p in found.get("anyOf", ()) if p.get("type") != "null"), found)
    return _inner(found["items"]) if found.get("type") == "array" else found
