"""The text of a case cut into pieces that can be put together again: its header fields and its entries.

Comments belong to the field that they follow, and to the entry that they stand above.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from caseledger import yamltext
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.yamltext import Document
from caseledger.yamltext.document import restored

EVENTS = "events"


@dataclass(frozen=True)
class Parts:
    """The pieces of one case, each with its line break: what stands before the first field, each field, `events`.

    `entries` are the places in the text of `events` where each entry begins.
    """

    before: str
    fields: dict[str, str]
    events: str
    entries: tuple[int, ...]

    def split(self, known: str = "") -> tuple[str, list[str]]:
        """The text above the first entry, and that of each; it is cut where `known` ends, too, if it begins so."""
        least = len(known) if known and self.events.startswith(known) else 0
        begins = [max(self._with_comments(at), least if at >= least else 0) for at in self.entries]
        texts = [self.events[a:b] for a, b in pairwise([*begins, len(self.events)])]
        return self.events[: begins[0]] if begins else self.events, texts

    def _with_comments(self, begin: int) -> int:
        """Where the comments begin that stand right above the entry that begins there, no further in than its dash."""
        column = len(self.events[begin:]) - len(self.events[begin:].lstrip(" "))
        while begin:
            above = self.events.rfind("\n", 0, begin - 1) + 1
            line = self.events[above:begin]
            if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) > column:
                break
            begin = above
        return begin


def cut(document: Document) -> Parts:
    """The pieces of a case; CannotGoOn unless `events` is its last key, with one block for each entry."""
    root = document.tree
    text = document.text
    if not text.endswith("\n"):
        text += "\r\n" if "\r\n" in text else "\n"
    if isinstance(root, yaml.MappingNode) and not root.flow_style and root.value:
        names = [restored(key.value) for key, _ in root.value]
        begins = [text.rfind("\n", 0, key.start_mark.index) + 1 for key, _ in root.value]
        pieces = dict(zip(names, (text[a:b] for a, b in pairwise([*begins, len(text)])), strict=True))
        entries = root.value[-1][1]
        if names[-1] == EVENTS and isinstance(entries, yaml.SequenceNode) and not entries.flow_style:
            dashes = (text.rfind("-", 0, entry.start_mark.index) for entry in entries.value)
            starts = tuple(text.rfind("\n", 0, dash) + 1 - begins[-1] for dash in dashes)
            return Parts(text[: begins[0]], pieces, pieces.pop(EVENTS), starts)
    raise CannotGoOn(
        Text(
            N_("Entries of {path} cannot be put together: events must be its last key, one '- at:' block each."),
            path=document.path,
        )
    )


def without(document: Document, events: Collection[Any]) -> Document:
    """The case without the entries that say just this."""
    pieces = cut(document)
    opening, texts = pieces.split()
    kept = [text for text, event in zip(texts, document.data[EVENTS], strict=True) if event not in events]
    mark = "\ufeff" if document.raw.startswith("\ufeff".encode()) else ""
    text = "".join([mark, pieces.before, *pieces.fields.values(), opening, *kept])
    return yamltext.read(text.encode(), document.path) if len(kept) < len(texts) else document


def with_line_breaks_of(document: Document, other: Document) -> Document:
    """The document with its lines ended as those of the other are."""
    text = document.text.replace("\r\n", "\n")
    if "\r\n" in other.text:
        text = text.replace("\n", "\r\n")
    return document if text == document.text else yamltext.read(text.encode(), document.path)
