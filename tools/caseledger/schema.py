"""JSON Schema 2020-12 as problems with positions: jsonschema-rs decides, jsonschema explains."""

import difflib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document
from caseledger.yamltext.reading import MOST

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

_HERE = Path(__file__).parent
FOLDER = next(folder for folder in (_HERE / "schemas", _HERE.parents[1] / "schema") if folder.is_dir())
KINDS = ("case", "policy", "calendar", "people", "settings", "rates", "map", "review", "archive")

REQUIRED = Rule(
    "schema-required",
    N_("A required key is missing."),
    N_("Add the key; docs/files.md says what it holds."),
    "- at: 2026-11-03T09:12:00+08:00\n  type: received\n  as: customer-service",
)
UNKNOWN = Rule(
    "schema-unknown-key",
    N_("A key is not known here."),
    N_("Correct its spelling, or put the text into note."),
    "sumary: Zip tears",
)
TYPE = Rule(
    "schema-type",
    N_("A value is of the wrong kind."),
    N_("Write a value of the kind that is named."),
    "order: {number: 42798}",
)
VALUE = Rule(
    "schema-value",
    N_("A value is not one of those allowed."),
    N_("Choose one of the values that are listed."),
    "channel: fax",
)
FORM = Rule(
    "schema-form",
    N_("A text does not have the form that is asked for."),
    N_("Write it in the form that is named."),
    "at: 2026-11-03 09:12",
)
LENGTH = Rule(
    "schema-length",
    N_("A value is empty, too short or too long."),
    N_("Fill it in, or leave the key out."),
    'summary: ""',
)
RANGE = Rule(
    "schema-range",
    N_("A number is too small or too large."),
    N_("Write a number within the limits."),
    "satisfaction: 6",
)
REPEATED = Rule(
    "schema-repeated",
    N_("A list names the same thing twice."),
    N_("Keep one of the two."),
    "related: [C-20261101-2M4XN, C-20261101-2M4XN]",
)
RULES = (REQUIRED, UNKNOWN, TYPE, VALUE, FORM, LENGTH, RANGE, REPEATED)

_BY_KEYWORD = {
    "required": REQUIRED,
    "additionalProperties": UNKNOWN,
    "propertyNames": UNKNOWN,
    "type": TYPE,
    "enum": VALUE,
    "const": VALUE,
    "not": VALUE,
    "pattern": FORM,
    "format": FORM,
    "minLength": LENGTH,
    "maxLength": LENGTH,
    "minItems": LENGTH,
    "minProperties": LENGTH,
    "minimum": RANGE,
    "maximum": RANGE,
    "uniqueItems": REPEATED,
}
_KINDS = {
    "string": N_("a text"),
    "integer": N_("a whole number"),
    "number": N_("a number"),
    "boolean": N_("true or false"),
    "array": N_("a list"),
    "object": N_("a mapping"),
    "null": N_("null"),
}


def valid(kind: str, data: object) -> bool:
    """Whether the data has the shape of a `kind` of file."""
    return _decider(kind).is_valid(data)


def problems(kind: str, document: Document) -> list[Problem]:
    """What the schema of `kind` finds wrong with a document, each once, at most MOST."""
    if valid(kind, document.data):
        return []
    found = chain.from_iterable(_explain(error, document) for error in _explainer(kind).iter_errors(document.data))
    return list(dict.fromkeys(islice(found, MOST)))


@cache
def schema(kind: str) -> dict[str, Any]:
    """The schema of a kind of file, or of one "event" of a case."""
    if kind == "event":
        return {"$ref": "#/$defs/event", "$defs": schema("case")["$defs"]}
    loaded: dict[str, Any] = json.loads((FOLDER / f"{kind}.schema.json").read_text("utf-8"))
    return loaded


@cache
def _decider(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema(kind), validate_formats=True)


@cache
def _explainer(kind: str) -> "Validator":
    from jsonschema import Draft202012Validator, ValidationError, validators  # noqa: PLC0415 - slow

    def decided(keyword: str) -> "Callable[..., Iterator[ValidationError]]":
        def check(_validator: object, wanted: str, value: object, _schema: object) -> Iterator[ValidationError]:
            if not _alone(keyword, wanted).is_valid(value):
                yield ValidationError(wanted)

        return check

    # what white space is, or the end of a text, differs between the two: one decides for both
    same = {keyword: decided(keyword) for keyword in ("pattern", "format")}
    kinds: Any = validators.extend(Draft202012Validator, same)  # type: ignore[no-untyped-call]
    explainer: Validator = kinds(schema(kind))
    return explainer


@cache
def _alone(keyword: str, wanted: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator({keyword: wanted}, validate_formats=True)


def _explain(error: "ValidationError", document: Document) -> Iterator[Problem]:
    if error.context:
        for inner in _meant(error.context):
            yield from _explain(inner, document)
        return
    if _is_said_already(error):
        return
    rule = _BY_KEYWORD[str(error.validator)]
    instance: Any = error.instance
    wanted: Any = error.validator_value
    steps = list(error.absolute_path)
    if "propertyNames" in error.absolute_schema_path:
        yield _misnamed(error, document, steps)
        return
    if rule is UNKNOWN:
        yield from _unknown(error, document, steps)
    elif rule is REQUIRED:
        place = document.place(*steps)
        missing = [name for name in wanted if name not in instance]
        for name in missing:
            yield rule.problem(document.path, place, Text(N_("{key} is missing."), key=_key([*steps, name])))
    else:
        yield rule.problem(document.path, document.place(*steps), _message(error, steps), _hint(error))


def _is_said_already(error: "ValidationError") -> bool:
    """Whether the same value fails at something that says more: being empty, or the form of a date."""
    own: Any = error.schema
    if error.validator == "pattern":
        return error.instance == "" and "minLength" in own
    return error.validator == "format" and not _alone("pattern", own.get("pattern", "")).is_valid(error.instance)


def _meant(errors: "Sequence[ValidationError]") -> "list[ValidationError]":
    """Of the errors of several alternatives those of the first that asks for the kind of value that there is."""
    branches = [list(branch) for _, branch in groupby(errors, key=lambda error: error.schema_path[0])]
    fitting = (b for b in branches if not any(e.validator in ("type", "const") and not e.path for e in b))
    return next(fitting, branches[0])


def _misnamed(error: "ValidationError", document: Document, steps: list[str | int]) -> Problem:
    name: Any = error.instance
    key = _key([*steps, name])
    form = error.schema.get("description") if isinstance(error.schema, Mapping) else None
    if form:
        message = Text(N_("The key {key} is not known here. Expected: {form}."), key=key, form=Text(form))
    else:
        message = Text(N_("The key {key} may not stand here."), key=key)
    return UNKNOWN.problem(document.path, document.place(*steps, name, key=True), message)


def _unknown(error: "ValidationError", document: Document, steps: list[str | int]) -> Iterator[Problem]:
    known: Mapping[str, object] = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
    instance: Any = error.instance
    for name in instance:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = Text(N_("Did you mean {key}?"), key=near[0]) if near else None
            message = Text(N_("The key {key} is not known here."), key=_key([*steps, name]))
            yield UNKNOWN.problem(document.path, document.place(*steps, name, key=True), message, hint)


def _message(error: "ValidationError", steps: list[str | int]) -> Text:
    key, value = _key(steps), _short(error.instance)
    wanted: Any = error.validator_value
    match error.validator:
        case "type" if not steps:
            return Text(N_("The file does not hold keys with values: it begins with schema: 1."))
        case "type":
            value = _short(error.instance, quoted=True)
            return Text(N_("{key} must be {kind}, not {value}."), key=key, kind=Text(_KINDS[wanted]), value=value)
        case "enum":
            choices = ", ".join(map(_short, wanted))
            return Text(N_("{key} is {value}, but must be one of: {choices}."), key=key, value=value, choices=choices)
        case "const":
            return Text(N_("{key} is {value}, but must be {wanted}."), key=key, value=value, wanted=_short(wanted))
        case "format":
            return Text(N_("{key} is {value}: there is no such day."), key=key, value=value)
        case "pattern":
            described = error.schema.get("description", "") if isinstance(error.schema, Mapping) else ""
            return Text(N_("{key} is {value}. Expected: {form}."), key=key, value=value, form=Text(described))
        case "minimum":
            return Text(N_("{key} is {value}, but must be at least {limit}."), key=key, value=value, limit=wanted)
        case "maximum":
            return Text(N_("{key} is {value}, but must be at most {limit}."), key=key, value=value, limit=wanted)
        case "maxLength":
            return Text(N_("{key} has more than {limit} characters."), key=key, limit=wanted)
        case "uniqueItems":
            return Text(N_("{key} names the same thing twice."), key=key)
        case "not":
            return Text(N_("{key} may not be {value}."), key=key, value=value)
        case _:
            return Text(N_("{key} is empty."), key=key)


def _hint(error: "ValidationError") -> Text | None:
    wanted: Any = error.validator_value
    match error.validator:
        case "type" if error.instance is None:
            return Text(LENGTH.hint)
        case "type" if wanted == "string" and not isinstance(error.instance, list | dict):
            return Text(N_("Put it in quotes: numbers, true, false and null are text only within quotes."))
        case "type" if wanted == "boolean":
            return Text(N_("Write true or false, without quotes."))
        case "type" if wanted in ("integer", "number"):
            return Text(N_("Write the number alone, without quotes or unit."))
        case "maxLength":
            return Text(N_("Shorten it; what is long belongs in description, note or a file of evidence."))
        case "format":
            return Text(N_("Check day and month."))
        case _:
            return None


def _key(steps: list[str | int]) -> str:
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{_short(step)}" for step in steps)
    return written.removeprefix(".") or "(file)"


def _short(value: object, *, quoted: bool = False) -> str:
    clear = not quoted and isinstance(value, str) and value == " ".join(value.split()) != ""
    written = str(value) if clear else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 60 else written[:59] + "…"


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
