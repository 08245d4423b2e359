"""What was sealed of an ended case: one entry of an archive file, cases/archive/<year>.yml.

An entry stands for ever, also when its case is gone: old figures add up from it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

FOLDER = "cases/archive"
"""Where archive files are, from the root of a repository."""
FILE = re.compile(r"cases/archive/(\d{4})\.yml", re.ASCII)
LARGEST = 256 * 1024 * 1024
"""Bytes that are read of an archive file: it has a line for each case of a year, and people do not write it."""
STANDARD = "standard"
"""The class of what a policy puts into no other."""


@dataclass(frozen=True, slots=True)
class Seal:
    """One entry: the file was `size` bytes with `events` events; `evidence` has the digest of each file by its uri."""

    number: str
    case: str
    size: int
    sha256: str
    events: int
    evidence: Mapping[str, str]
    kept_until: date
    data: Mapping[str, Any]

    @property
    def path(self) -> str:
        """Where the case's file is, from the root of the repository."""
        return f"cases/{self.case[2:6]}/{self.case[6:8]}/{self.case}.yml"


def number(year: int, place: int) -> str:
    """The archive number at a place of a year, counted from 1."""
    return f"{year}-{place:06}"


def load(data: Mapping[str, Any]) -> Iterator[Seal]:
    """The entries that a file of the archive schema holds."""
    for entry in data["sealed"]:
        yield Seal(
            number=entry["number"],
            case=entry["case"],
            size=entry["size"],
            sha256=entry["sha256"],
            events=entry["events"],
            evidence=entry["evidence"],
            kept_until=date.fromisoformat(entry["kept_until"]),
            data=entry,
        )
