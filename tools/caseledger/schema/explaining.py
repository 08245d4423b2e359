"""What is wrong with the shape of a file, and where: jsonschema explains what jsonschema-rs refused."""

import difflib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, groupby, islice
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, ValidationError, validators
from jsonschema.protocols import Validator

from caseledger.language import N_, Text
from caseledger.problem import Problem
from caseledger.schema.rules import FORM, LENGTH, RANGE, REPEATED, REQUIRED, TYPE, UNKNOWN, VALUE
from caseledger.schema.shapes import schema
from caseledger.yamltext import Document
from caseledger.yamltext.reading import MOST

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


def explained(kind: str, document: Document) -> list[Problem]:
    """What keeps a document from being a `kind` of file, each once, at most MOST."""
    found = chain.from_iterable(_explain(error, document) for error in _explainer(kind).iter_errors(document.data))
    return list(dict.fromkeys(islice(found, MOST)))


@cache
def _explainer(kind: str) -> Validator:
    def decided(keyword: str) -> Callable[..., Iterator[ValidationError]]:
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


def _explain(error: ValidationError, document: Document) -> Iterator[Problem]:
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


def _is_said_already(error: ValidationError) -> bool:
    """Whether the same value fails at something that says more: being empty, or the form of a date."""
    own: Any = error.schema
    if error.validator == "pattern":
        return error.instance == "" and "minLength" in own
    return error.validator == "format" and not _alone("pattern", own.get("pattern", "")).is_valid(error.instance)


def _meant(errors: Sequence[ValidationError]) -> list[ValidationError]:
    """Of the errors of several alternatives those of the first that asks for the kind of value that there is."""
    branches = [list(branch) for _, branch in groupby(errors, key=lambda error: error.schema_path[0])]
    fitting = (b for b in branches if not any(e.validator in ("type", "const") and not e.path for e in b))
    return next(fitting, branches[0])


def _misnamed(error: ValidationError, document: Document, steps: list[str | int]) -> Problem:
    name: Any = error.instance
    key = _key([*steps, name])
    form = error.schema.get("description") if isinstance(error.schema, Mapping) else None
    if form:
        message = Text(N_("The key {key} is not known here. Expected: {form}."), key=key, form=Text(form))
    else:
        message = Text(N_("The key {key} may not stand here."), key=key)
    return UNKNOWN.problem(document.path, document.place(*steps, name, key=True), message)


def _unknown(error: ValidationError, document: Document, steps: list[str | int]) -> Iterator[Problem]:
    known: Mapping[str, object] = error.schema.get("properties", {}) if isinstance(error.schema, Mapping) else {}
    instance: Any = error.instance
    for name in instance:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = Text(N_("Did you mean {key}?"), key=near[0]) if near else None
            message = Text(N_("The key {key} is not known here."), key=_key([*steps, name]))
            yield UNKNOWN.problem(document.path, document.place(*steps, name, key=True), message, hint)


def _message(error: ValidationError, steps: list[str | int]) -> Text:
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


def _hint(error: ValidationError) -> Text | None:
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
