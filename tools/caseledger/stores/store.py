"""What every store does, and what it says when it cannot."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

CHUNK = 1 << 20


class Missing(Exception):
    """A store has nothing under a key."""


class Different(CannotGoOn):
    """What a store keeps under a key is not what the key is called after."""

    def __init__(self, name: str, digest: str) -> None:
        message = N_(
            "The store {name} keeps something else as {digest}; nothing was overwritten. Find out what happened."
        )
        super().__init__(Text(message, name=name, digest=digest))


class Changed(CannotGoOn):
    """A file is no longer what it was when it was first read."""

    def __init__(self) -> None:
        super().__init__(Text(N_("A file changed while it was read; nothing is recorded. Give the command again.")))


@dataclass(frozen=True)
class Kept:
    """One file that a store keeps: its key, and its size in bytes."""

    key: str
    size: int


class Store(Protocol):
    """Files under keys. A store that cannot be reached raises CannotGoOn, or the OSError of its disk."""

    name: str

    @property
    def shown(self) -> str:
        """Where it is, for people."""

    def key(self, case_file: str, digest: str, ending: str) -> str:
        """Under which key a file with that SHA-256 is kept for a case ("cases/2026/11/C-20261103-7K3QD.yml")."""

    def uri(self, key: str) -> str:
        """What an entry of a case calls that file."""

    def put(self, key: str, digest: str, chunks: Iterable[bytes]) -> bool:
        """Keep a file if there is none, False if it was there already; Different or Changed, and nothing is kept."""

    def open(self, key: str) -> Iterator[bytes]:
        """A file, chunk by chunk; Missing if there is none."""

    def size(self, key: str) -> int | None:
        """How many bytes a file has, None if there is none."""

    def list(self) -> Iterator[Kept]:
        """Every file, and what interrupted runs have left behind."""

    def remove(self, key: str) -> None:
        """Take a file away for good; Missing if there is none."""


def digest_of(chunks: Iterable[bytes]) -> tuple[str, int]:
    """The SHA-256 of what comes, and how many bytes came."""
    found, size = hashlib.sha256(), 0
    for chunk in chunks:
        found.update(chunk)
        size += len(chunk)
    return found.hexdigest(), size


def checked(chunks: Iterable[bytes], digest: str) -> Iterator[bytes]:
    """The same chunks; Changed at their end if they do not have that SHA-256."""
    found = hashlib.sha256()
    for chunk in chunks:
        found.update(chunk)
        yield chunk
    if found.hexdigest() != digest:
        raise Changed


def read(path: Path) -> Iterator[bytes]:
    """A file on disk, chunk by chunk; Missing if there is none."""
    if not path.is_file():
        raise Missing
    return _chunks(path.open("rb"))


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(CHUNK):
            yield chunk
