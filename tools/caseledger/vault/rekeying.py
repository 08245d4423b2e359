"""Keys brought to those who may read now: a new reader is let in, and whoever has left cannot read what comes.

Whoever leaves may have kept what they could read. So the record gets a new key as well, which they never had; the keys
before it stay with the new one, for backups of the vault. At every moment the key in the store opens the record.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pyrage
from pyrage.x25519 import Identity

from caseledger import files
from caseledger.errors import CannotGoOn
from caseledger.vault.keystore import Key, Locked, unwrap, wrap
from caseledger.vault.readers import Reader, recipients
from caseledger.vault.store import Vault, seal, unseal


class Change(NamedTuple):
    """What was done to one key: public keys let in and shut out; `locked` if it could not be opened."""

    ref: str
    let_in: tuple[str, ...] = ()
    shut_out: tuple[str, ...] = ()
    locked: bool = False


def apply(
    vault: Vault, readers: Sequence[Reader], identities: Sequence[Identity], *, change: bool = True
) -> Iterator[Change]:
    """Encrypt every key to these readers and no others, saying what changes; without `change` only say it."""
    recipients(readers)
    wanted = {reader.key for reader in readers}
    for ref in vault.keys.refs():
        try:
            key = vault.keys.read(ref)
            own = unwrap(key, identities) if isinstance(key, Key) else []
        except (Locked, CannotGoOn):
            yield Change(ref, locked=True)
            continue
        if isinstance(key, Key):
            let_in, shut_out = tuple(sorted(wanted - set(key.readers))), tuple(sorted(set(key.readers) - wanted))
            if change:
                _rekey(vault, key, own, readers, fresh=bool(shut_out))
            if let_in or shut_out:
                yield Change(ref, let_in, shut_out)


def _rekey(vault: Vault, key: Key, own: Sequence[Identity], readers: Sequence[Reader], *, fresh: bool) -> None:
    if fresh:
        own = [Identity.generate(), *own]
    if {reader.key for reader in readers} != set(key.readers):
        key = wrap(key.ref, own, readers)
        vault.keys.write(key)
    record = vault.record(key.ref)
    if record.is_file() and not _opens(record.read_bytes(), own[0]):
        person = unseal(record, key.ref, own)
        files.put_private(record, seal({**person, "ref": key.ref}, key))


def _opens(raw: bytes, identity: Identity) -> bool:
    try:
        pyrage.decrypt(raw, [identity])
    except pyrage.DecryptError:
        return False
    return True
