"""Data to strict YAML: what is written here is read back as the same data."""

import io
from collections.abc import Mapping
from typing import Any

import yaml

from caseledger.yamltext.reading import FORBIDDEN, is_plain_string

WIDTH = 1_000_000  # lines are not folded: one value, one line, one difference in a diff


class _Dumper(yaml.SafeDumper):
    """Block style, lists indented below their key, text that could be taken for something else in double quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    resolved = dumper.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    plain = resolved == "tag:yaml.org,2002:str" and is_plain_string(value)
    style = None if plain else '"'
    if _needs_quotes(value):
        style = '"'
    elif "\n" in value:
        style = "|"
    return yaml.ScalarNode("tag:yaml.org,2002:str", value, style=style)


def _needs_quotes(value: str) -> bool:
    """Line breaks at the end would end the document after it; the emitter takes U+2028 and U+2029 for line breaks."""
    return value.endswith("\n\n") or value == "\n" or "\u2028" in value or "\u2029" in value


_Dumper.add_representer(str, _text)


def write(data: Mapping[str, Any] | list[Any]) -> str:
    """The data as YAML; ValueError for a text that holds a forbidden character."""
    _refuse_forbidden(data)
    stream = io.StringIO()
    dumper = _Dumper(stream, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=None)
    dumper.open()
    node = dumper.represent_data(data)
    _open_up(node)
    dumper.serialize(node)
    dumper.close()
    return stream.getvalue()


def flow(value: object) -> str:
    """A value as it may stand behind a key, on one line: [{kind: full-refund}]."""
    written = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, sort_keys=False, width=WIDTH
    )
    return written.removesuffix("...\n").strip()


def _open_up(node: yaml.Node) -> None:
    """The outermost value, and every mapping in a list, take a line for each of their keys."""
    if isinstance(node, yaml.CollectionNode):
        node.flow_style = False
    pending = [node]
    while pending:
        parent = pending.pop()
        if isinstance(parent, yaml.SequenceNode):
            for item in parent.value:
                if isinstance(item, yaml.MappingNode):
                    item.flow_style = False
            pending.extend(parent.value)
        elif isinstance(parent, yaml.MappingNode):
            pending.extend(value for _, value in parent.value)


def _refuse_forbidden(value: object) -> None:
    if isinstance(value, str):
        if match := FORBIDDEN.search(value):
            raise ValueError(f"U+{ord(match[0]):04X}")
    elif isinstance(value, Mapping):
        for name, item in value.items():
            _refuse_forbidden(name)
            _refuse_forbidden(item)
    elif isinstance(value, list):
        for item in value:
            _refuse_forbidden(item)
