"""What lists, neighbours and search need to know of every case; what has not changed is taken from the cache.

A case that has ended and of which no clock runs any more says the same at every later moment: it is *settled*, and
looked at again only when its file changes. Of an open case in which nothing is wrong, the data are kept, so that it is
judged anew but not read anew.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from caseledger import files, findings, lifecycle, model, occurrence, register
from caseledger.cache import Cache, Kept, contents
from caseledger.clocks import OPEN
from caseledger.figures.facts import shared
from caseledger.findings import Judged
from caseledger.occurrence import Occurrence
from caseledger.problem import Problem
from caseledger.register import Entry
from caseledger.rulebook import Rulebook, unchanged
from caseledger.site import bulk, evidence, rows
from caseledger.site.rows import Row
from caseledger.site.thumbnails import Picture

MISSHAPEN = ("schema-", "correction-value")
"""How the codes of problems begin that keep a file from being read as a case."""

DATA, STANDING, DIGEST = "data", "standing", "case"
"""What is kept of a case: its data, what the survey found, the digest of its file."""


class Standing(NamedTuple):
    """What others need to know of a case with a page: its row, its occurrence, since when it is settled.

    `pictures` are those that its page may show.
    """

    row: Row
    occurrence: Occurrence | None
    settled: datetime | None
    pictures: tuple[Picture, ...]


class Packed(NamedTuple):
    """The data of a file, and the last moment that an entry of it names."""

    last: datetime
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One file: its path from the root, the digest of the bytes that were read, its problems; where the case stands.

    `standing` is None where it has no page. `data` are its packed data, b"" where the cache has them.
    """

    path: str
    digest: bytes
    problems: tuple[Problem, ...]
    standing: Standing | None = None
    data: bytes = b""

    @property
    def settled(self) -> datetime | None:
        """Since when nothing that is said of the case can change, None while it can."""
        return self.standing.settled if self.standing else None


WithData = tuple[Sequence[Surveyed], Mapping[str, bytes]]
"""Files that were surveyed, and their packed data by path."""


class _Found(NamedTuple):
    """What a process hands over of one file; `clean` is whether nothing is wrong with it by now."""

    path: str
    digest: bytes
    problems: tuple[Problem, ...]
    clean: bool = False
    standing: bytes = b""
    data: bytes = b""

    def surveyed(self) -> Surveyed:
        """The same, unpacked."""
        return Surveyed(self.path, self.digest, self.problems, _unpack(self.standing), self.data)


def survey(rulebook: Rulebook, now: datetime, cache: Cache, paths: Sequence[Path], pool: Executor) -> list[Surveyed]:
    """Every file in its order."""
    root = rulebook.root
    digests = contents(cache, DIGEST, root, paths)
    names = {path: files.shown(path, root) for path in paths}
    for kind in (DATA, STANDING):
        if gone := cache.stamps(kind).keys() - set(names.values()):
            cache.put(kind, {}, gone)
    found = _settled(rulebook, now, cache, digests, names)
    rest = bulk.parts([path for path in paths if path not in found])
    work = partial(_some, root, cache.house, now)
    for part, read in zip(rest, bulk.each(pool, work, _wanted(cache, digests, names, rest)), strict=True):
        found |= zip(part, _kept(cache, read), strict=True)
    return [found[path] for path in paths]


def _kept(cache: Cache, read: Sequence[_Found]) -> list[Surveyed]:
    """What was found, the data left to the cache where it takes them."""
    found = [one.surveyed() for one in read]
    clean = [(new, one) for new, one in zip(read, found, strict=True) if new.clean]
    cache.put(STANDING, {new.path: Kept(new.digest, new.standing) for new, one in clean if one.settled})
    if cache.put(DATA, {new.path: Kept(new.digest, new.data) for new, _ in clean}):
        return [replace(one, data=b"") if new.clean else one for new, one in zip(read, found, strict=True)]
    return found


def data_of(cache: Cache, wanted: Iterable[Surveyed]) -> dict[str, bytes]:
    """The packed data of files that were surveyed, by path; what the cache has lost meanwhile is missing."""
    known = {one.path: one for one in wanted}
    kept = cache.get(DATA, [path for path, one in known.items() if not one.data])
    found = {path: one.data or kept[path].value for path, one in known.items() if one.data or path in kept}
    return {path: data for path, data in found.items() if known[path].data or kept[path].stamp == known[path].digest}


def with_data(cache: Cache, parts: Iterable[Sequence[Surveyed]]) -> Iterator[WithData]:
    """Parts of what was surveyed, each with its packed data."""
    for part in parts:
        yield part, data_of(cache, part)


def unpacked(data: bytes) -> dict[str, Any]:
    """The data of a file."""
    return _PACKED.decode(zlib.decompress(data)).data


def judge(rulebook: Rulebook, entry: Entry, now: datetime) -> Judged | None:
    """The case with its verdicts; None where it has no page: its shape is wrong, or nothing is known of it yet."""
    if any(problem.code.startswith(MISSHAPEN) for problem in entry.problems):
        return None
    judged = next(findings.judge(rulebook, [entry], now), None)
    if not judged or not judged.state.events:
        return None
    return judged if files.shown(files.case_path(rulebook.root, judged.id), rulebook.root) == entry.path else None


_STANDING: msgspec.json.Decoder[Standing] = msgspec.json.Decoder(Standing)
_PACKED = msgspec.msgpack.Decoder(Packed)


def _unpack(packed: bytes) -> Standing | None:
    """Where a case stands; None where nothing is packed, as it has no page."""
    if not packed:
        return None
    standing = _STANDING.decode(packed)
    return standing._replace(row=replace(standing.row, facts=shared(standing.row.facts)))


def _settled(
    rulebook: Rulebook, now: datetime, cache: Cache, digests: Mapping[Path, bytes], names: Mapping[Path, str]
) -> dict[Path, Surveyed]:
    """The cases that were settled when they were surveyed last, and whose files are the same."""
    found = {}
    data = cache.stamps(DATA)
    for chunk in bulk.parts([path for path in digests if data.get(names[path]) == digests[path]]):
        known = cache.get(STANDING, [names[path] for path in chunk])
        for path in chunk:
            kept = known.get(names[path])
            if kept and kept.stamp == digests[path] and (standing := _still_true(rulebook, now, kept.value)):
                found[path] = Surveyed(names[path], digests[path], (), standing)
    return found


def _wanted(
    cache: Cache, digests: Mapping[Path, bytes], names: Mapping[Path, str], parts: Iterable[Sequence[Path]]
) -> Iterator[list[tuple[Path, Kept | None]]]:
    """Files with what is kept of each."""
    for part in parts:
        known = cache.get(DATA, [names[path] for path in part])
        same = {path: known[name] for path in part if (name := names[path]) in known}
        yield [(path, kept if (kept := same.get(path)) and kept.stamp == digests.get(path) else None) for path in part]


def _some(root: Path, house: str, now: datetime, wanted: Sequence[tuple[Path, Kept | None]]) -> list[_Found]:
    rulebook = unchanged(root, house)
    return [(kept and _known(rulebook, now, path, kept)) or _read(rulebook, now, path) for path, kept in wanted]


def _known(rulebook: Rulebook, now: datetime, path: Path, kept: Kept) -> _Found | None:
    """What can be said of a file whose data are kept; None where it has to be read again all the same."""
    packed = _PACKED.decode(zlib.decompress(kept.value))
    if packed.last > now or not _related_exist(rulebook, packed.data.get("related", ())):
        return None
    state = lifecycle.fold(model.case(packed.data), now)
    entry = Entry(files.shown(path, rulebook.root), packed.data, (), occurrence.of(state))
    return _judged(rulebook, now, entry, packed.last, kept)


def _read(rulebook: Rulebook, now: datetime, path: Path) -> _Found:
    """What a file says that has to be read."""
    loaded, document = register.load(rulebook.root, path)
    entry = register.examined(rulebook, now, loaded, document)
    digest = hashlib.sha256(document.raw).digest() if document else b""
    moments = list(_moments(entry))
    if not moments:
        return _Found(entry.path, digest, entry.problems)
    packed = Packed(max(moments), dict(entry.data or {}))
    kept = Kept(digest, zlib.compress(msgspec.msgpack.encode(packed), 1))
    return _judged(rulebook, now, entry, packed.last, kept)


def _judged(rulebook: Rulebook, now: datetime, entry: Entry, last: datetime, kept: Kept) -> _Found:
    judged = judge(rulebook, entry, now)
    if judged is None:
        return _Found(entry.path, kept.stamp, entry.problems)
    over = judged.state.ended and last <= now and not any(verdict.status in OPEN for verdict in judged.verdicts)
    row = rows.row(judged, rulebook.calendar(judged.policy.calendar))
    standing = msgspec.json.encode(Standing(row, entry.occurrence, last if over else None, evidence.pictures(judged)))
    clean = not entry.problems and last <= now
    return _Found(entry.path, kept.stamp, entry.problems, clean, standing, kept.value)


def _moments(entry: Entry) -> Iterator[datetime]:
    for event in entry.case.events:
        yield event.at
        if recorded := model.instant_of(event.data.get("recorded")):
            yield recorded


def _still_true(rulebook: Rulebook, now: datetime, packed: bytes) -> Standing | None:
    """Where a settled case stands, if that holds: a moment before it was settled, or a lost case, changes it."""
    standing = _unpack(packed)
    over = standing and standing.settled and standing.settled <= now and _related_exist(rulebook, standing.row.related)
    return standing if over else None


def _related_exist(rulebook: Rulebook, ids: Iterable[str]) -> bool:
    return all(map(rulebook.knows, ids))
