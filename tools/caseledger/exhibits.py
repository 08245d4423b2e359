"""The files of evidence that cases name: what each is called, its SHA-256, where it is kept."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from caseledger import files, lifecycle, register
from caseledger.clone import Clone
from caseledger.errors import CannotGoOn
from caseledger.model import Case

_AT_ONCE = 200
"""SHA-256s that Git is asked for by one command."""
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


def digests(root: Path, without: Collection[str] = ()) -> set[str]:
    """Every SHA-256 that the text of any case names, corrected or not, even where the file cannot be read as a case.

    `without` are case files that do not count.
    """
    found: set[str] = set()
    for path in register.case_files(root):
        if files.shown(path, root) not in without and path.is_file():
            found.update(digest.decode() for digest in _DIGEST.findall(path.read_bytes()))
    return found


def on_branches(root: Path, wanted: Sequence[str], without: Collection[str] = ()) -> set[str]:
    """Those of the SHA-256s that a case names on any branch that this clone knows; none outside a clone."""
    try:
        clone = Clone(root)
    except CannotGoOn:
        return set()
    tips = sorted(set(clone.ask("for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes").split()))
    cases = (clone.within / "cases").as_posix()
    left_out = {(clone.within / path).as_posix() for path in without}
    found: set[str] = set()
    for begin in range(0, len(wanted) if tips else 0, _AT_ONCE):
        words = [word for digest in wanted[begin : begin + _AT_ONCE] for word in ("-e", digest)]
        said = clone.run("grep", "-z", "-o", "-F", *words, *tips, "--", cases).stdout
        for line in said.splitlines():
            place, _, digest = line.rpartition("\0")
            path = place.partition(":")[2]
            if files.CASE_NAME.fullmatch(PurePosixPath(path).stem) and path not in left_out:
                found.add(digest)
    return found
