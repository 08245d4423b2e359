"""The free texts of a file, as its schema says which they are, and the numbers that are known in it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from caseledger import schema

NUMBERS = frozenset({"number", "sku", "model", "batch", "supplier", "tracking", "id", "ref", "system", "platform"})
"""Lines that hold the number or short name of a thing, which may look like anything."""
WRITTEN = ("line", "text", "reason")
"""What schemas call the forms of free text."""
NAMES = frozenset({"uri"})
"""Names of files, which are no text by the schema."""
_SIGNS = re.compile(r"[^0-9A-Za-z]+")


class Free(NamedTuple):
    """A free text, and the steps to it; `number` is whether it holds the number of a thing."""

    steps: tuple[str | int, ...]
    text: str
    number: bool


def texts(kind: str, data: Mapping[str, Any]) -> list[Free]:
    """Every free text of a file of that kind."""
    found: list[Free] = []
    _gather_texts(data, (), _free(kind), found, within=False)
    return found


def numbers(found: Iterable[Free]) -> frozenset[str]:
    """The numbers of orders, goods, parcels, batches that a file names, with letters and digits alone."""
    return frozenset(bare(one.text) for one in found if one.number and len(one.text) > 3)


def joined(found: Sequence[Free]) -> str:
    """Free texts as one, without the numbers that the file names itself."""
    text = "\n".join(one.text for one in found if not one.number or "@" in one.text or "://" in one.text)
    for one in found:
        if one.number and len(one.text) > 3 and "@" not in one.text:
            text = text.replace(one.text, " ")
    return text


def bare(text: str) -> str:
    """A text without everything but letters and digits."""
    return _SIGNS.sub("", text).upper()


def _gather_texts(
    value: Any, steps: tuple[str | int, ...], free: frozenset[str], found: list[Free], *, within: bool
) -> None:
    named = isinstance(value, Mapping)
    for step, inner in value.items() if named else enumerate(value):
        free_here = within or step in free
        if isinstance(inner, str):
            if free_here:
                names = (name for name in (step, *reversed(steps)) if isinstance(name, str))
                found.append(Free((*steps, step), inner, next(names) in NUMBERS))
        elif isinstance(inner, dict | list):
            _gather_texts(inner, (*steps, step), free, found, within=free_here)


@cache
def _free(kind: str) -> frozenset[str]:
    """The names of all fields of a kind of file that hold free text."""
    defs = schema.schema(kind)["$defs"]
    shapes = [defs[name]["pattern"] for name in WRITTEN if name in defs]
    found: set[str] = set(NAMES)
    _gather(kind, schema.schema(kind), shapes, found)
    return frozenset(found)


def _gather(kind: str, part: Any, shapes: list[str], found: set[str]) -> None:
    if isinstance(part, Mapping):
        for name, inner in part.get("properties", {}).items():
            if isinstance(inner, dict) and _is_free(kind, inner, shapes):
                found.add(name)
        for inner in part.values():
            _gather(kind, inner, shapes, found)
    elif isinstance(part, list):
        for inner in part:
            _gather(kind, inner, shapes, found)


def _is_free(kind: str, part: dict[str, Any], shapes: list[str]) -> bool:
    """Whether a value, or what it holds under free keys or in a list, is a line or a text."""
    whole = schema.resolved(kind, part)
    if whole.get("type") == "string":
        return whole.get("pattern") in shapes
    below = [whole.get("items"), whole.get("additionalProperties"), *whole.get("anyOf", ())]
    return any(isinstance(one, dict) and _is_free(kind, one, shapes) for one in below)
