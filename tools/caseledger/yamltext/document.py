"""A YAML file that was read, and where in it a value stands."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from caseledger.problem import START, Place

_BREAK = re.compile("\r\n|\r|\n")


_STAND_INS = {"\u2028": "\ufdd0", "\u2029": "\ufdd1"}


def parsable(text: str) -> str:
    """The text with noncharacters in place of U+2028 and U+2029, which the parser takes for ends of lines."""
    for separator, stand_in in _STAND_INS.items():
        text = text.replace(separator, stand_in)
    return text


def restored(text: str) -> str:
    """A part of a parsable text as it was."""
    for separator, stand_in in _STAND_INS.items():
        text = text.replace(stand_in, separator)
    return text


class Lines:
    """The lines of a text as an editor counts them."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def place(self, index: int) -> Place:
        """The place of the character at `index`."""
        line = bisect_right(self.starts, index)
        return Place(line, index - self.starts[line - 1] + 1)


@dataclass(frozen=True)
class Document:
    """A YAML file that was read: its path, bytes, text without BOM, and data as JSON would have it."""

    path: str
    raw: bytes
    text: str
    data: Any

    @cached_property
    def tree(self) -> yaml.Node | None:
        """The node tree with positions, made only when something has to be pointed at."""
        return yaml.compose(parsable(self.text), Loader=yaml.CSafeLoader)

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text."""
        return Lines(self.text)

    def place(self, *steps: str | int, key: bool = False) -> Place:
        """Where the value at `steps` begins (its key, if `key`); the nearest enclosing value if there is none."""
        node = self.tree
        if node is None:
            return START
        mark = node.start_mark
        for step in steps:
            if isinstance(node, yaml.MappingNode):
                pair = next((pair for pair in node.value if restored(pair[0].value) == step), None)
                if pair is None:
                    break
                node = pair[1]
                mark = (pair[0] if key else node).start_mark
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                mark = node.start_mark
            else:
                break
        return self.lines.place(mark.index)
