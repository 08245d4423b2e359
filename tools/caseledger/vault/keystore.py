"""The key store: for each consumer one key, itself encrypted to all who may read; or, once erased, a tombstone.

A key and the tombstone that takes its place have the same name, so that one renaming destroys the one and leaves the
other: at no moment are there both, or neither.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec
import pyrage
from pyrage.x25519 import Identity

from caseledger import files
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.vault.readers import Reader, recipients
from caseledger.vault.reference import reference


class Key(msgspec.Struct, frozen=True, tag_field="is", tag="key"):
    """The key of one consumer's record.

    `recipient` is its public half; `wrapped` its secret half and all that came before it, newest first, in age's
    armour, encrypted to the public keys `readers`.
    """

    ref: str
    recipient: str
    readers: tuple[str, ...]
    wrapped: str


class Tombstone(msgspec.Struct, frozen=True, tag_field="is", tag="erased"):
    """That the data of a consumer were erased: when, by whom, why."""

    ref: str
    at: str
    by: str
    reason: str


class Locked(Exception):
    """None of the identities at hand opens the key."""


class KeyStore:
    """The keys in a folder, a file for each consumer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, ref: str) -> Path:
        """Where the key of a consumer is."""
        return self.folder / f"{ref}.json"

    def refs(self) -> list[str]:
        """Every consumer of whom there is a key or a tombstone, in order."""
        return sorted(path.stem for path in self.folder.glob("U-*.json"))

    def read(self, ref: str) -> Key | Tombstone | None:
        """The key or the tombstone of a consumer, None if there is neither; CannotGoOn if it is damaged."""
        path = self.path(ref)
        try:
            found: Key | Tombstone = msgspec.json.decode(path.read_bytes(), type=Key | Tombstone)
        except FileNotFoundError:
            return None
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise damaged(path) from None
        if found.ref != ref:
            raise damaged(path)
        return found

    def erased(self, ref: str) -> Tombstone | None:
        """The tombstone of a consumer, None if there is none."""
        return tombstone(self.path(ref))

    def write(self, key: Key | Tombstone) -> None:
        """Put a key, or a tombstone, in the place of what is there."""
        files.put_private(self.path(key.ref), msgspec.json.format(msgspec.json.encode(key)) + b"\n")

    def destroy(self, stone: Tombstone) -> None:
        """Put a tombstone in the place of a key, and leave nothing of the key: not in the file, nor in copies of it."""
        path = self.path(stone.ref)
        with _held(path) as before:
            self.write(stone)
            _overwrite(before)
        for copy in self.copies(stone.ref):
            with _held(copy) as held:
                _overwrite(held)
            copy.unlink()

    def copies(self, ref: str) -> list[Path]:
        """Every other file below the store that is named after a consumer: what an editor or an accident left."""
        found = self.folder.rglob(f"*{ref}*")
        return sorted(path for path in found if path != self.path(ref) and path.is_file() and not path.is_symlink())


def wrap(ref: str, identities: Sequence[Identity], readers: Sequence[Reader]) -> Key:
    """A key for these readers, of its secret halves, newest first."""
    secret = "".join(f"{identity}\n" for identity in identities).encode()
    return Key(
        ref=reference(ref),
        recipient=str(identities[0].to_public()),
        readers=tuple(reader.key for reader in readers),
        wrapped=pyrage.encrypt(secret, recipients(readers), armored=True).decode(),
    )


def unwrap(key: Key, identities: Sequence[Identity]) -> list[Identity]:
    """The secret halves of a key, newest first; Locked if none of `identities` opens it."""
    try:
        secret = pyrage.decrypt(key.wrapped.encode(), list(identities)).decode()
        found = [Identity.from_str(line) for line in secret.splitlines()]
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as error:
        raise Locked from error
    if str(found[0].to_public()) != key.recipient:  # somebody would have the next record encrypted to themselves
        raise Locked
    return found


def tombstone(path: Path) -> Tombstone | None:
    """The tombstone in a file, None if there is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Tombstone)
    except (FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def damaged(path: Path) -> CannotGoOn:
    """That a file of the vault is not what was written."""
    return CannotGoOn(Text(N_("{path} is damaged. Put the file back from a backup."), path=path))


@contextmanager
def _held(path: Path) -> Iterator[IO[bytes] | None]:
    """What a file holds, also once another has its name; None where there is none, or the system does not allow it."""
    if os.name == "posix" and path.exists():
        with path.open("r+b") as stream:
            yield stream
    else:
        yield None


def _overwrite(held: IO[bytes] | None) -> None:
    """Overwrite what a file held, where the disk writes in place: a link to it elsewhere holds nothing then."""
    if held:
        length = held.seek(0, os.SEEK_END)
        held.seek(0)
        held.write(b"\0" * length)
        held.flush()
        os.fsync(held.fileno())
