"""What lists, neighbours and search need to know of every case; what has not changed is taken from the cache.

A case that has ended and of which no clock runs any more says the same at every later moment: it is *settled*, and
looked at again only when its file changes. An open case in which nothing is wrong is judged anew but not read anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from caseledger import casefile, files, findings, kept, register
from caseledger.cache import Cache, Kept
from caseledger.casefile import Entry
from caseledger.clocks import OPEN
from caseledger.errors import CannotGoOn
from caseledger.figures.facts import shared
from caseledger.findings import Judged
from caseledger.kept import Clean, Fresh, Store
from caseledger.language import N_, Text
from caseledger.occurrence import Occurrence
from caseledger.problem import Problem
from caseledger.rulebook import Rulebook, unchanged
from caseledger.site import bulk, evidence, rows
from caseledger.site.rows import Row
from caseledger.site.thumbnails import Picture

MISSHAPEN = ("schema-", "correction-value")
"""How the codes of problems begin that keep a file from being read as a case."""

STANDING = "standing"
"""What is kept of a settled case beside what is known of its file."""


class Standing(NamedTuple):
    """What others need to know of a case with a page: its row, since when it is settled, what its page may show."""

    row: Row
    settled: datetime | None
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One file: its path from the root, the digest of the bytes that were read, its problems; where the case stands.

    `standing` is None where it has no page. `data` are its packed data, b"" where the cache has them.
    """

    path: str
    digest: bytes
    problems: tuple[Problem, ...]
    occurrence: Occurrence | None
    standing: Standing | None
    data: bytes = b""

    @property
    def settled(self) -> datetime | None:
        """Since when nothing that is said of the case can change, None while it can."""
        return self.standing.settled if self.standing else None


WithData = tuple[Sequence[Surveyed], Mapping[str, bytes]]
"""Files that were surveyed, and their packed data by path."""


class _Found(NamedTuple):
    """What a process hands over of one file: its entry but for the data, where it stands, packed, what is to be kept.

    A file of which nothing is to be kept was not read, or could not be.
    """

    entry: Entry
    standing: bytes
    fresh: Fresh | None


def survey(rulebook: Rulebook, now: datetime, cache: Cache, paths: Sequence[Path], pool: Executor) -> list[Surveyed]:
    """Every file in its order."""
    names = {files.shown(path, rulebook.root): path for path in paths}
    store = Store(cache, names)
    clean = dict(store.clean(now, rulebook.knows))
    found = _settled(cache, store, names, clean)
    rest = bulk.parts([name for name in names if name not in found])
    wanted = (_wanted(store, names, clean, part) for part in rest)
    for part in bulk.each(pool, partial(_some, rulebook.root, cache.house, now), wanted):
        found |= {one.path: one for one in _kept(cache, store, clean, part)}
    return [found[name] for name in names]


def _settled(cache: Cache, store: Store, names: Mapping[str, Path], clean: Mapping[str, Clean]) -> dict[str, Surveyed]:
    """The cases that were settled when they were surveyed last, and of which the same is known."""
    found, gone = {}, []
    for name, packed in cache.each(STANDING):
        if name not in names:
            gone.append(name)
        elif name in clean and packed.stamp == store.digest(name):
            found[name] = Surveyed(name, packed.stamp, (), clean[name].occurrence, _unpack(packed.value))
    if gone:
        cache.put(STANDING, {}, gone)
    return found


def _wanted(
    store: Store, names: Mapping[str, Path], clean: Mapping[str, Clean], part: Sequence[str]
) -> list[tuple[Path, bytes]]:
    """Files with the packed data of those that need not be read."""
    data = store.data(name for name in part if name in clean)
    return [(names[name], data.get(name, b"")) for name in part]


def _kept(cache: Cache, store: Store, clean: Mapping[str, Clean], part: Sequence[_Found]) -> list[Surveyed]:
    """What was found, the data left to the cache where it takes them."""
    taken = store.put(one.fresh for one in part if one.fresh)
    found = [_surveyed(store, clean, one, taken=taken) for one in part]
    pairs = [(one, new) for one, new in zip(found, part, strict=True) if one.settled]
    right = {one.path: Kept(one.digest, new.standing) for one, new in pairs if not new.fresh or new.fresh.clean}
    if right:
        cache.put(STANDING, right)
    return found


def _surveyed(store: Store, clean: Mapping[str, Clean], found: _Found, *, taken: bool) -> Surveyed:
    (path, _, problems, occurrence), standing, fresh = found.entry, _unpack(found.standing), found.fresh
    if fresh:
        return Surveyed(path, fresh.digest, problems, occurrence, standing, b"" if taken else fresh.data)
    if problems:  # it cannot be read
        return Surveyed(path, b"", problems, None, None)
    return Surveyed(path, store.digest(path), (), clean[path].occurrence, standing)


def data_of(cache: Cache, wanted: Iterable[Surveyed]) -> dict[str, bytes]:
    """The packed data of files that were surveyed, by path; CannotGoOn where one has changed since."""
    known = {one.path: one for one in wanted}
    found = {path: one.data for path, one in known.items() if one.data}
    found |= kept.data_of(cache, {path: one.digest for path, one in known.items() if path not in found})
    for path in known.keys() - found.keys():  # somebody has taken them from the cache
        document = casefile.load(cache.root, cache.root / path)[1]
        read = kept.fresh(document) if document else None
        if read is None or read.digest != known[path].digest:
            raise CannotGoOn(Text(N_("{path} was changed while the site was built; build it again."), path=path))
        found[path] = read.data
    return found


def with_data(cache: Cache, parts: Iterable[Sequence[Surveyed]]) -> Iterator[WithData]:
    """Parts of what was surveyed, each with its packed data."""
    for part in parts:
        yield part, data_of(cache, part)


def judge(rulebook: Rulebook, entry: Entry, now: datetime) -> Judged | None:
    """The case with its verdicts; None where it has no page: its shape is wrong, or nothing is known of it yet."""
    if any(problem.code.startswith(MISSHAPEN) for problem in entry.problems):
        return None
    judged = next(findings.judge(rulebook, [entry], now), None)
    if not judged or not judged.state.events:
        return None
    return judged if files.shown(files.case_path(rulebook.root, judged.id), rulebook.root) == entry.path else None


_STANDING = msgspec.json.Decoder(Standing)  # MessagePack would lose the offsets of moments


def _unpack(packed: bytes) -> Standing | None:
    """Where a case stands; None where nothing is packed, as it has no page."""
    if not packed:
        return None
    standing = _STANDING.decode(packed)
    object.__setattr__(standing.row, "facts", shared(standing.row.facts))  # a copy of the row would take longer
    return standing


def _some(root: Path, house: str, now: datetime, wanted: Sequence[tuple[Path, bytes]]) -> list[_Found]:
    rulebook = unchanged(root, house)
    read = iter(register.look_at(rulebook, now, [path for path, data in wanted if not data]))
    known = ((Entry(files.shown(path, root), kept.unpacked(data), ()), None) if data else None for path, data in wanted)
    return [_found(rulebook, now, *(one or next(read))) for one in known]


def _found(rulebook: Rulebook, now: datetime, entry: Entry, fresh: Fresh | None) -> _Found:
    judged = judge(rulebook, entry, now)
    standing = _pack(rulebook, now, judged) if judged else b""
    return _Found(entry._replace(data=None), standing, fresh)


def _pack(rulebook: Rulebook, now: datetime, judged: Judged) -> bytes:
    last = kept.last(judged.state.case.data)
    over = judged.state.ended and last <= now and not any(verdict.status in OPEN for verdict in judged.verdicts)
    row = rows.row(judged, rulebook.calendar(judged.policy.calendar))
    return msgspec.json.encode(Standing(row, last if over else None, evidence.pictures(judged)))
