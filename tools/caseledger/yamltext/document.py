"""A YAML file that was read, and where in it a value stands."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from caseledger.problem import START, Place


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
        return yaml.compose(self.text, Loader=yaml.CSafeLoader)

    def place(self, *steps: str | int, key: bool = False) -> Place:
        """Where the value at `steps` begins (its key, if `key`); the nearest enclosing value if there is none."""
        node = self.tree
        if node is None:
            return START
        mark = node.start_mark
        for step in steps:
            if isinstance(node, yaml.MappingNode):
                pair = next((pair for pair in node.value if pair[0].value == step), None)
                if pair is None:
                    break
                node = pair[1]
                mark = (pair[0] if key else node).start_mark
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                mark = node.start_mark
            else:
                break
        return place_of(mark)


def place_of(mark: yaml.Mark) -> Place:
    """The place that a mark of the parser names."""
    return Place(mark.line + 1, mark.column + 1)
