"""What else is held about a consumer: the cases that name their reference."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from caseledger import register


class CaseFile(NamedTuple):
    """A case file: its path from the root, and what it says."""

    path: str
    data: Mapping[str, Any]


def cases_of(root: Path, ref: str) -> Iterator[CaseFile]:
    """Every case of a consumer, oldest first; files that cannot be read say nothing of anybody."""
    for path in register.case_files(root):
        if ref.encode() in path.read_bytes():
            entry, _ = register.load(root, path)
            consumer = entry.data.get("consumer") if entry.data else None
            if entry.data and isinstance(consumer, dict) and consumer.get("ref") == ref:
                yield CaseFile(entry.path, entry.data)
