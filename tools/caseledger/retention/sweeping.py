"""Takes out of the stores what only disposed cases named: the last step of a disposal whose certificate is on record.

Bytes that are gone are gone for good. So nothing goes that any other case names, here, on record, or on any branch that
this clone knows; and of a case without a certificate on record nothing goes at all.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from caseledger import disposals, exhibits
from caseledger.clone import Clone
from caseledger.errors import CannotGoOn
from caseledger.outgoing import pushing
from caseledger.retention.onrecord import on_record
from caseledger.retention.proposing import refuse_wrong
from caseledger.rulebook import Rulebook
from caseledger.seals import Archive
from caseledger.stores import naming
from caseledger.stores.registry import Stores
from caseledger.stores.store import Missing, Store


@dataclass(frozen=True)
class Swept:
    """One file of a store that only disposed cases named: one of them, the store, the file's SHA-256."""

    case: str
    store: str
    digest: str


def sweep(rulebook: Rulebook, *, dry_run: bool) -> Iterator[Swept]:
    """Remove what disposals have left in the stores, saying what; CannotGoOn where a store cannot be reached."""
    _learn_what_others_pushed(Clone(rulebook.root))
    with on_record(rulebook) as record:
        refuse_wrong(record.archive)
        stores = Stores(rulebook.root, rulebook.settings)
        gone = disposals.paths(record.archive.disposals)
        gone -= record.digests(gone).keys()  # what has come back is an error, and nothing of it goes
        found = {(one.store, one.digest): one for one in _left(record.archive, gone, stores.names)}
        digests = [digest for _, digest in found]
        needed = exhibits.digests(rulebook.root, gone) | exhibits.on_branches(rulebook.root, digests, gone)
    for one in found.values():
        if one.digest not in needed and _is_there(stores.named(one.store), one.digest):
            if not dry_run:
                _remove(stores.named(one.store), one.digest)
            yield one


def _learn_what_others_pushed(clone: Clone) -> None:
    """Fetch, so that a case that somebody else has just recorded is known; not where there is no server."""
    try:
        upstream = pushing.upstream_of(clone)
    except CannotGoOn:
        return
    pushing.fetched(clone, upstream)
    clone.ask("fetch", "--quiet", "--no-tags", "--", upstream.remote)


def _left(archive: Archive, gone: Collection[str], names: Collection[str]) -> Iterator[Swept]:
    """What the seals of disposed cases say that they had in stores."""
    for case in archive.disposals.by_case:
        for seal in (seal for seal in archive.by_case.get(case, ()) if seal.path in gone):
            for uri in seal.evidence:
                named = naming.parts(uri)
                if named and named[0] in names:
                    yield Swept(case, *named)


def _is_there(store: Store, digest: str) -> bool:
    return store.size(digest) is not None


def _remove(store: Store, digest: str) -> None:
    try:
        store.remove(digest)
    except Missing:
        return  # somebody else was faster
