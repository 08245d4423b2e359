"""After a restore: what was erased is erased again, and what cannot be read, or lies where it should not, is named.

A backup of the key store from before an erasure holds the key that was destroyed. The tombstones say which; they lie
both in the key store and in the vault, whose newer backup tells what the older of the other has forgotten.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pyrage.x25519 import Identity

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.problem import Severity
from caseledger.vault import accesslog
from caseledger.vault.keystore import Key, Locked, Tombstone, tombstone, unwrap
from caseledger.vault.store import Held, Vault, unseal

Found = tuple[Severity, Text]


def again(vault: Vault, others: Iterable[Path] = ()) -> Iterator[Text]:
    """Carry out every erasure anew that a tombstone in the vault, the key store or one of the `others` tells of."""
    known = {stone.ref: stone for folder in (vault.records, vault.keys.folder, *others) for stone in tombstones(folder)}
    for ref, stone in sorted(known.items()):
        keyed = vault.keys.path(ref).exists() and vault.keys.erased(ref) is None
        undone = keyed or vault.record(ref).is_file() or bool(vault.keys.copies(ref))
        if undone or not vault.keys.path(ref).exists() or not vault.tombstone(ref).exists():
            vault.erase(stone)
        if undone:
            message = N_("{ref}: erased again; the data were erased on {day} by {by}.")
            yield Text(message, ref=ref, day=stone.at[:10], by=stone.by)


def tombstones(folder: Path) -> Iterator[Tombstone]:
    """Every tombstone in a vault or a key store, or in a copy of one."""
    for path in sorted([*folder.glob("U-*.json"), *folder.glob("erased/U-*.json")]):
        if stone := tombstone(path):
            yield stone


def examined(vault: Vault, identities: Sequence[Identity]) -> Iterator[Found]:
    """What is wrong with the vault; what these identities open is read, and nothing of it is told."""
    for path in _ours(vault):
        if path.stat().st_mode & 0o077:
            yield Severity.WARNING, Text(N_("{path}: others may read it: chmod 600 {path}"), path=path)
        if path.name.startswith(".") and path.name.endswith(".tmp"):
            yield Severity.WARNING, Text(N_("{path}: left by a command that was stopped; delete it."), path=path)
    if (line := accesslog.broken(vault.records)) is not None:
        message = N_(
            "{path}: line {line} does not follow the one before it: the log was altered, or lines are missing."
        )
        yield Severity.ERROR, Text(message, path=vault.records / accesslog.NAME, line=line)
    for ref in vault.refs():
        try:
            yield from _examined(vault, vault.held(ref), identities)
        except CannotGoOn as error:
            yield Severity.ERROR, error.text


def _examined(vault: Vault, held: Held, identities: Sequence[Identity]) -> Iterator[Found]:
    if held.key is None:
        message = N_("{ref}: the record has no key, and nobody can read it. Restore a newer backup of the key store.")
        yield Severity.ERROR, Text(message, ref=held.ref)
    elif isinstance(held.key, Key):
        for copy in vault.keys.copies(held.ref):
            yield Severity.WARNING, Text(N_("{path}: a copy of a key; delete it."), path=copy)
        if not held.record:
            message = N_("{ref}: there is a key, but no record. Restore a newer backup of the vault.")
            yield Severity.WARNING, Text(message, ref=held.ref)
        else:
            try:
                unseal(vault.record(held.ref), held.ref, unwrap(held.key, identities))
            except Locked:
                yield (
                    Severity.INFO,
                    Text(N_("{ref}: your key does not open it; somebody else has to look."), ref=held.ref),
                )


def _ours(vault: Vault) -> list[Path]:
    folders = (vault.records, vault.records / "erased", vault.keys.folder)
    found = (path for folder in folders if folder.is_dir() for path in folder.iterdir())
    return sorted(path for path in found if path.is_file() and path.name != ".lock")
