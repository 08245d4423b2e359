"""The vault itself: records put in, read, listed and erased, whole or not at all, whatever is interrupted.

A record is a JSON text encrypted to the key of its consumer. Erasing destroys the key first: from that moment the
record is unreadable, in the vault and in every copy of it; what is left then is tidying, which a second run finishes.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyrage
from pyrage.x25519 import Identity, Recipient

from caseledger import files
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.vault import accesslog
from caseledger.vault.accesslog import Access
from caseledger.vault.keystore import Key, KeyStore, Locked, Tombstone, damaged, tombstone, unwrap, wrap
from caseledger.vault.places import Places
from caseledger.vault.readers import Reader

_BLOCK = 512
"""Bytes to whose multiple a record is filled up, so that its length tells little."""


class Held(NamedTuple):
    """What there is of one consumer: whether a record, and a key or a tombstone."""

    ref: str
    record: bool
    key: Key | Tombstone | None


class Vault:
    """The records of a case repository, and their keys."""

    def __init__(self, places: Places) -> None:
        self.records = places.records
        self.keys = KeyStore(places.keys)

    def record(self, ref: str) -> Path:
        """Where the record of a consumer is."""
        return self.records / f"{ref}.age"

    def tombstone(self, ref: str) -> Path:
        """Where, beside the records, it is said that a consumer's data were erased."""
        return self.records / "erased" / f"{ref}.json"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep everybody else from changing the vault."""
        files.make_private(self.records)
        files.make_private(self.keys.folder)
        with files.locked(self.records / ".lock"):
            yield

    def refs(self) -> list[str]:
        """Every consumer of whom there is a record, a key or a tombstone."""
        return sorted({path.stem for path in self.records.glob("U-*.age")} | {*self.keys.refs()})

    def held(self, ref: str) -> Held:
        """What there is of one consumer; CannotGoOn if their key is damaged."""
        return Held(ref, self.record(ref).is_file(), self.keys.read(ref))

    def put(self, ref: str, person: Mapping[str, Any], readers: Sequence[Reader]) -> None:
        """Put a record in, or in the place of the one that is there; CannotGoOn if it was erased."""
        key = self.living(ref) or wrap(ref, [Identity.generate()], readers)
        if not self.keys.path(ref).exists():
            self.keys.write(key)
        files.put_private(self.record(ref), seal({**person, "ref": ref}, key))

    def living(self, ref: str) -> Key | None:
        """The key of a consumer, None if there never was one; CannotGoOn if their data were erased."""
        found = self.keys.read(ref)
        erased = self.erased(ref)
        if erased:
            message = N_("The data of {ref} were erased on {day} by {by}: {reason}")
            raise CannotGoOn(Text(message, ref=ref, day=erased.at[:10], by=erased.by, reason=erased.reason))
        return found if isinstance(found, Key) else None

    def erased(self, ref: str) -> Tombstone | None:
        """What key store or vault say of an erasure, None if there was none."""
        return self.keys.erased(ref) or tombstone(self.tombstone(ref))

    def open(self, ref: str, identities: Sequence[Identity]) -> dict[str, Any]:
        """The record of a consumer; CannotGoOn if there is none, if it was erased, or if these may not read it."""
        key = self.living(ref)
        if key is None or not self.record(ref).is_file():
            raise CannotGoOn(Text(N_("The vault holds no record of {ref}."), ref=ref))
        try:
            return unseal(self.record(ref), ref, unwrap(key, identities))
        except Locked:
            message = N_("Your key does not open the record of {ref}. Whoever may read has to let you in: {command}")
            raise CannotGoOn(Text(message, ref=ref, command="caseledger private keys apply")) from None

    def erase(self, stone: Tombstone) -> None:
        """Destroy a key with all its copies, then the record; a second time finishes what the first did not."""
        ref = stone.ref
        self.keys.destroy(self.keys.erased(ref) or stone)
        if tombstone(self.tombstone(ref)) is None:
            files.put_private(self.tombstone(ref), msgspec.json.encode(stone) + b"\n")
        self.record(ref).unlink(missing_ok=True)

    def log(self, access: Access) -> None:
        """Note an access before it happens."""
        accesslog.add(self.records, access)


def seal(person: Mapping[str, Any], key: Key) -> bytes:
    """A record as it lies in the vault."""
    plain = json.dumps(person, ensure_ascii=False).encode()
    filled = plain + b" " * (-len(plain) % _BLOCK)
    sealed: bytes = pyrage.encrypt(filled, [Recipient.from_str(key.recipient)])
    return sealed


def unseal(path: Path, ref: str, identities: Sequence[Identity]) -> dict[str, Any]:
    """What a record says; CannotGoOn if it is damaged, or if it is another's."""
    try:
        person = json.loads(pyrage.decrypt(path.read_bytes(), list(identities)))
    except (pyrage.DecryptError, ValueError):
        raise damaged(path) from None
    if not isinstance(person, dict) or person.pop("ref", None) != ref:
        raise damaged(path)
    return person
