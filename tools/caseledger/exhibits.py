"""The files of evidence that cases name: what each is called, its SHA-256, where it is kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from caseledger import lifecycle, register
from caseledger.model import Case

_DIGEST = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One file of evidence as its case names it, corrections applied; `event` and `number` are its place there."""

    case_file: str
    event: int
    number: int
    name: str
    digest: str
    size: int
    media_type: str
    uri: str
    obtained: str


def of_case(case_file: str, case: Case, now: datetime) -> Iterator[Exhibit]:
    """The files that a case names at `now`; its shape must be right."""
    for event in lifecycle.corrected(case, now):
        if event.type == "evidence":
            for number, file in enumerate(event.data["files"]):
                yield Exhibit(
                    case_file=case_file,
                    event=event.index,
                    number=number,
                    name=file["name"],
                    digest=file["sha256"],
                    size=file["size"],
                    media_type=file["media_type"],
                    uri=file["uri"],
                    obtained=event.data["obtained"],
                )


def digests(root: Path, *, without: Path | None = None) -> set[str]:
    """Every SHA-256 that the text of any case names, corrected or not, even where the file cannot be read as a case.

    What is among them must not be removed from a store; `without` is a case file that does not count.
    """
    found: set[str] = set()
    for path in register.case_files(root):
        if path != without and path.is_file():
            found.update(digest.decode() for digest in _DIGEST.findall(path.read_bytes()))
    return found
