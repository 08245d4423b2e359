"""Everything that cases name as evidence is read and hashed again: what is missing, altered or orphaned.

What was verified is remembered while a run lasts, with the time and the SHA-256, so that one that was interrupted goes
on where it was. A run that has ended forgets it: the next one hashes all of it again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from caseledger import disposals, exhibits, instant, model, schema, yamltext
from caseledger.cache import Cache
from caseledger.cache import Kept as Remembered
from caseledger.casefile import Entry
from caseledger.errors import CannotGoOn
from caseledger.evidence.reading import Told
from caseledger.evidence.rules import ALTERED, MISSING, ORPHANED
from caseledger.exhibits import Exhibit
from caseledger.language import N_, Text
from caseledger.problem import START, Place, Problem, Rule
from caseledger.stores.beside import Beside
from caseledger.stores.registry import Stores
from caseledger.stores.store import Missing, Store, digest_of

_HOUSE = "1"
_RUN, _VERIFIED = "verification", "verified"
_AT_ONCE = 4
"""Files that are read at the same time."""
_PAUSE = 1.0
"""Seconds after which what was verified is written down."""


@dataclass(frozen=True)
class Report:
    """What came of a run: entries whose files are as recorded, of how many files that was known from `begun` on.

    `elsewhere` are entries of files that no store keeps.
    """

    verified: int
    before: int
    begun: datetime
    elsewhere: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Item:
    """One file of a store with all that name it."""

    store: Store
    key: str
    named: tuple[Exhibit, ...]

    @property
    def memory(self) -> str:
        """What it is remembered as."""
        return f"{self.store.name}/{self.key}"

    @property
    def size(self) -> int:
        """The bytes it should have."""
        return self.named[0].size


class Verification:
    """One run over the evidence of cases, all of the repository or some."""

    def __init__(self, root: Path, stores: Stores, entries: Iterable[Entry], now: datetime) -> None:
        self.root, self.stores, self.now = root, stores, now
        self._elsewhere = self._verified = 0
        self._problems: list[Problem] = []
        self._cache = Cache(root, _HOUSE)
        self._documents: dict[str, yamltext.Document] = {}
        self._unread: list[str] = []
        self.items = self._gathered(entries)

    @property
    def size(self) -> int:
        """The bytes to be read."""
        return sum(item.size for item in self.items)

    def run(self, told: Told, *, again: bool, whole: bool) -> Report:
        """Hash all files, those of an interrupted run only if `again`; look for orphans if this is the `whole`."""
        begun, known = self._begun(again=again)
        waiting = [item for item in self.items if known.get(item.memory) != item.named[0].digest]
        done = [item for item in self.items if known.get(item.memory) == item.named[0].digest]
        self._verified += sum(len(item.named) for item in done)
        told(sum(item.size for item in done))
        self._hash(waiting, told)
        if whole:
            self._problems += self._orphans()
        self._cache.put(_RUN, {}, ["begun"])
        self._cache.put(_VERIFIED, {}, self._cache.stamps(_VERIFIED))
        found = sorted(self._problems, key=lambda problem: problem.order)
        return Report(self._verified, len(done), begun, self._elsewhere, tuple(found))

    # what there is to be read

    def _gathered(self, entries: Iterable[Entry]) -> list[_Item]:
        named: dict[tuple[str, str], list[Exhibit]] = defaultdict(list)
        stores: dict[str, Store] = {}
        for entry in entries:
            if entry.data is None or not schema.valid("case", entry.data):
                self._unread.append(entry.path)
                continue
            for exhibit in exhibits.of_case(entry.path, model.case(entry.data), self.now):
                try:
                    found = self.stores.holding(entry.path, exhibit.uri)
                except CannotGoOn as reason:
                    self._problems.append(self._problem(MISSING, exhibit, reason.text))
                    continue
                if found is None:
                    self._elsewhere += 1
                    continue
                stores.setdefault(found[0].name, found[0])
                named[found[0].name, found[1]].append(exhibit)
        return [_Item(stores[name], key, tuple(some)) for (name, key), some in sorted(named.items())]

    # hashing

    def _begun(self, *, again: bool) -> tuple[datetime, Mapping[str, str]]:
        """When this run was begun, and what it has verified before it was interrupted."""
        kept = {} if again else self._cache.get(_RUN, ["begun"])
        if kept:
            known = self._cache.get(_VERIFIED, [item.memory for item in self.items])
            return instant.parse(kept["begun"].value.decode()), {key: one.stamp.decode() for key, one in known.items()}
        self._cache.put(_VERIFIED, {}, self._cache.stamps(_VERIFIED))
        self._cache.put(_RUN, {"begun": Remembered(b"", instant.show(self.now).encode())})
        return self.now, {}

    def _hash(self, items: Sequence[_Item], told: Told) -> None:
        fine: dict[str, Remembered] = {}
        written = monotonic()
        pool = ThreadPoolExecutor(_AT_ONCE)
        try:
            for item, found in zip(items, pool.map(_digest, items), strict=True):
                if self._judged(item, found):
                    at = instant.show(instant.now())
                    fine[item.memory] = Remembered(item.named[0].digest.encode(), at.encode())
                told(item.size)
                if monotonic() - written > _PAUSE:
                    self._cache.put(_VERIFIED, fine)
                    fine, written = {}, monotonic()
        finally:
            pool.shutdown(cancel_futures=True)
            self._cache.put(_VERIFIED, fine)

    def _judged(self, item: _Item, found: str | None) -> bool:
        """Whether a file is what all that name it say."""
        for exhibit in item.named:
            if found is None:
                text = Text(_absence(item), name=exhibit.name, place=item.store.shown)
                self._problems.append(self._problem(MISSING, exhibit, text))
            elif found != exhibit.digest:
                message = N_("{name} in {place} has the SHA-256 {found}.")
                text = Text(message, name=exhibit.name, place=item.store.shown, found=found)
                self._problems.append(self._problem(ALTERED, exhibit, text))
            else:
                self._verified += 1
        return all(found == exhibit.digest for exhibit in item.named)

    # orphans

    def _orphans(self) -> Iterator[Problem]:
        """What stores keep and no case names, here or on another branch."""
        known = exhibits.digests(self.root)
        gone = disposals.paths(disposals.read(self.root))
        for name in self.stores.names:
            store = self.stores.named(name)
            if not isinstance(store, Beside):
                lost = [kept.key for kept in store.list() if kept.key not in known]
                elsewhere = exhibits.on_branches(self.root, lost, gone)
                for key in lost:
                    if key not in elsewhere:
                        text = Text(N_("{key} is in the store {name}, and no case names it."), key=key, name=name)
                        yield ORPHANED.problem(store.uri(key), START, text)
        yield from self._orphans_beside()

    def _orphans_beside(self) -> Iterator[Problem]:
        named = {item.key for item in self.items if isinstance(item.store, Beside)}
        unread = tuple(f"{path.removesuffix('.yml')}/" for path in self._unread)
        for kept in self.stores.beside.list():
            if kept.key not in named and not kept.key.startswith(unread):
                text = Text(N_("{key} lies beside a case, and no entry of the case names it."), key=kept.key)
                yield ORPHANED.problem(kept.key, START, text)

    # problems

    def _problem(self, rule: Rule, exhibit: Exhibit, text: Text) -> Problem:
        return rule.problem(exhibit.case_file, self._place(exhibit), text)

    def _place(self, exhibit: Exhibit) -> Place:
        path = exhibit.case_file
        if path not in self._documents:
            self._documents[path] = yamltext.read((self.root / path).read_bytes(), path)
        return self._documents[path].place("events", exhibit.event, "files", exhibit.number, "uri")


def _digest(item: _Item) -> str | None:
    """The SHA-256 of a file as it is now, None if it is not there."""
    try:
        return digest_of(item.store.open(item.key))[0]
    except Missing:
        return None


def _absence(item: _Item) -> str:
    """What is said of a file that is not there."""
    if isinstance(item.store, Beside) and item.store.is_pointed_at(item.key):
        return N_("{name} was not fetched to {place}: only its pointer is there. Fetch it: git lfs pull")
    return N_("{name} is not in {place}.")
