"""The free texts of a file, as its schema says which they are, and the numbers that are known in it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, NamedTuple

from caseledger import schema
from caseledger.leaks.plain import Plain, numbered, plainly

NUMBERS = frozenset({"number", "sku", "model", "batch", "supplier", "tracking", "id", "ref", "system", "platform"})
"""Lines that hold the number or short name of a thing, which may look like anything."""
WRITTEN = ("line", "text", "reason")
"""What schemas call the forms of free text."""
NAMES = frozenset({"uri"})
"""Names of files, which are no text by the schema."""
_NESTED = (dict, list)
_SIGNS = re.compile(r"[^0-9A-Za-z]+")


class Free(NamedTuple):
    """A free text, and the steps to it; `number` is whether it holds the number of a thing."""

    steps: tuple[str | int, ...]
    text: str
    number: bool


class Texts:
    """Every free text of a file of a kind; together, each on its own line, for a look at all at once."""

    def __init__(self, kind: str, data: Mapping[str, Any]) -> None:
        self.each: list[Free] = []
        _gather_texts(data, (), "", _free(kind), self.each, within=False)

    def __iter__(self) -> Iterator[Free]:
        return iter(self.each)

    @cached_property
    def words(self) -> Plain:
        """All but the numbers of things."""
        return Plain("\n".join([plainly(one.text) for one in self.each if not one.number]))

    @cached_property
    def numbered(self) -> Plain:
        """The lines of them that hold a digit."""
        return numbered(self.words)

    @property
    def names(self) -> Plain:
        """The numbers and short names of things."""
        return Plain("\n".join([plainly(one.text) for one in self.each if one.number]))

    @cached_property
    def known(self) -> frozenset[str]:
        """The numbers of orders, goods, parcels, batches that the file names, with letters and digits alone."""
        return frozenset(bare(one.text) for one in self.each if one.number and len(one.text) > 3)


def bare(text: str) -> str:
    """A text without everything but letters and digits."""
    return _SIGNS.sub("", text).upper()


def _gather_texts(
    value: Any, steps: tuple[str | int, ...], name: str, free: frozenset[str], found: list[Free], *, within: bool
) -> None:
    """`name` is the last of the steps that is one."""
    keyed = isinstance(value, dict)
    inside: Iterable[tuple[Any, Any]] = value.items() if keyed else enumerate(value)
    for step, inner in inside:
        field = step if keyed else name
        if isinstance(inner, str):
            if within or field in free:
                found.append(Free((*steps, step), inner, field in NUMBERS))
        elif isinstance(inner, _NESTED):
            _gather_texts(inner, (*steps, step), field, free, found, within=within or field in free)


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
