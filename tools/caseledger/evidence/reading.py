"""A file from outside, read once from beginning to end: its SHA-256, and what is needed to say what it is."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

HEAD = 1 << 16
TAIL = 1 << 17
"""How many bytes of the beginning and of the end are kept; the directory of a ZIP ends within the last 65,557."""
_CHUNK = 1 << 20
_MARKS = (b"<script", b"javascript:", b"<?php", b"_vba_project", b"rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_HANDLER = re.compile(rb"[\s\"'/]on[a-z]{3,24}\s*=")
HANDLER = b"on...="
"""The mark of an attribute that runs something, as onload= does."""
_OVERLAP = 64
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))

Told = Callable[[int], None]
"""Told how many bytes were read since it was last told."""


def nobody(_: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True)
class Facts:
    """What one reading of a file has told. `marks` are those of words that were found in it, small letters."""

    path: Path
    digest: str
    size: int
    head: bytes
    tail: bytes
    marks: frozenset[bytes]

    @cached_property
    def textual(self) -> bool:
        """Whether it can be read as text, in whichever encoding."""
        if self.head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return self._is_utf16
        return bool(self.head) and self.head.translate(None, _CONTROLS) == self.head

    @property
    def _is_utf16(self) -> bool:
        try:
            text = self.head[: len(self.head) // 2 * 2].decode("utf-16", "strict")
        except UnicodeDecodeError:
            return False
        return not any(ord(char) in _CONTROLS for char in text if ord(char) < 128)


def read(path: Path, told: Told = nobody) -> Facts:
    """What a file is; CannotGoOn if it cannot be read. `told` is how many bytes were read since it last was."""
    digest, size, head, tail, before = hashlib.sha256(), 0, b"", b"", b""
    marks: set[bytes] = set()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                told(len(chunk))
                head = head or chunk[:HEAD]
                tail = (tail + chunk)[-TAIL:]
                searched = before + chunk.lower().replace(b"\0", b"")
                marks.update(mark for mark in _MARKS if mark in searched)
                if b"on" in searched and _HANDLER.search(searched):
                    marks.add(HANDLER)
                before = searched[-_OVERLAP:]
    except OSError as error:
        message = Text(N_("{path} cannot be read: {reason}."), path=path, reason=error.strerror)
        raise CannotGoOn(message) from None
    return Facts(path, digest.hexdigest(), size, head, tail, frozenset(marks))
