"""Cuts a description down to the operations that are used: `python -m tests.openapi api.github.com.json`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.openapi import GITHUB

USED = {
    "/repos/{owner}/{repo}/issues": ("get", "post"),
    "/repos/{owner}/{repo}/issues/{issue_number}": ("get", "patch"),
    "/repos/{owner}/{repo}/assignees/{assignee}": ("get",),
}
SILENT = {"summary": str, "tags": list, "externalDocs": dict, "x-github": dict}
"""What says nothing about requests and answers, and as what it comes."""
NULL = {"type": "integer", "nullable": True, "minimum": 1, "maximum": 0}
"""Nothing but null, in the words of OpenAPI 3.0."""


def cut(whole: Any) -> Any:
    """The used operations, with all that they refer to and without prose."""
    kept: dict[str, Any] = {"openapi": whole["openapi"], "info": whole["info"], "servers": whole["servers"]}
    kept["paths"] = {
        path: {name: value for name, value in whole["paths"][path].items() if name in (*used, "parameters")}
        for path, used in USED.items()
    }
    components: dict[str, dict[str, Any]] = {}
    waiting = [*references(kept["paths"])]
    while waiting:
        _, _, kind, name = waiting.pop().split("/")
        if name not in components.setdefault(kind, {}):
            components[kind][name] = whole["components"][kind][name]
            waiting += references(components[kind][name])
    kept["components"] = {kind: dict(sorted(parts.items())) for kind, parts in sorted(components.items())}
    return quiet(kept)


def references(data: Any) -> Iterator[str]:
    """Every place within the document that something refers to."""
    for name, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if name == "$ref" and isinstance(value, str):
            yield value
        else:
            yield from references(value)


def quiet(data: Any) -> Any:
    """The same without prose; a field that is called description stays.

    An example of which the value is a reference to an example, not an example, is that reference.
    What may be null and has no type of its own is told otherwise: of a body with such a thing Prism checks nothing.
    """
    if isinstance(data, dict) and str(data.get("value", {})).startswith("{'$ref': '#/components/examples/"):
        return data["value"]
    if isinstance(data, dict) and data.get("nullable") is True and "type" not in data:
        return {"anyOf": [quiet({name: value for name, value in data.items() if name != "nullable"}), NULL]}
    if isinstance(data, dict):
        return {
            name: "" if name == "description" and isinstance(value, str) else quiet(value)
            for name, value in data.items()
            if name not in SILENT or not isinstance(value, SILENT[name])
        }
    return [quiet(value) for value in data] if isinstance(data, list) else data


if __name__ == "__main__":
    found = cut(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    GITHUB.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
