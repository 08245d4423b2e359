"""Who looked into the vault: a log to which lines are only added, each sealing the one before it.

It says when, who, what was done, whose record and why, and nothing of what stands there.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from caseledger import files

NAME = "access.jsonl"


class Access(msgspec.Struct, frozen=True):
    """One access: `did` is the command; `before` the SHA-256 of the line before, empty for the first."""

    at: str
    who: str
    did: str
    ref: str
    reason: str
    before: str = ""


def add(folder: Path, access: Access) -> None:
    """Put an access at the end of the log, on the disk before this returns. The vault is locked by the caller."""
    lines = _lines(folder)
    sealed = msgspec.structs.replace(access, before=_digest(lines[-1]) if lines else "")
    files.make_private(folder)
    handle = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, files.PRIVATE)
    try:
        torn = lines and not (folder / NAME).read_bytes().endswith(b"\n")
        os.write(handle, (b"\n" if torn else b"") + msgspec.json.encode(sealed) + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def read(folder: Path) -> Iterator[Access]:
    """Every access, oldest first; a line that was not written to its end, and so never answered, is passed over."""
    for line in _lines(folder):
        try:
            yield msgspec.json.decode(line, type=Access)
        except msgspec.DecodeError:
            continue


def broken(folder: Path) -> int | None:
    """The number of the first line that was taken out, put in or altered after it; None if there is none."""
    before = ""
    for number, line in enumerate(_lines(folder), 1):
        try:
            access = msgspec.json.decode(line, type=Access)
        except msgspec.DecodeError:
            access = None
        if access and access.before != before:
            return number
        before = _digest(line)
    return None


def _lines(folder: Path) -> list[bytes]:
    path = folder / NAME
    return path.read_bytes().splitlines() if path.is_file() else []


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
