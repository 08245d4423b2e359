"""What is known of the files of cases, kept until something changes: for every command that looks at all of them.

A case in which nothing is wrong says the same at every moment after the last that an entry of it names, under the same
policies, people, settings and program (`house`), as long as the cases that it names are there. A file in which
something is wrong is read anew each time, since its problems may depend on more; of it only the data are kept.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from caseledger.cache import DIGEST, Cache, Files, Kept
from caseledger.occurrence import Occurrence
from caseledger.yamltext import Document

CASE, DATA = "case", "data"
"""What is kept of a file that can be read: little for all who ask about every case, and what it says."""


class Clean(NamedTuple):
    """A case in which nothing is wrong: its id, the last moment that an entry names, what others need to know of it.

    `related` are the cases that must be there.
    """

    id: str
    last: datetime
    related: tuple[str, ...]
    occurrence: Occurrence | None


class Fresh(NamedTuple):
    """What is to be kept of a file that was read: the digest of its bytes, Clean and data packed.

    `clean` is b"" where something is wrong with it by now, or nobody has checked it.
    """

    name: str
    digest: bytes
    clean: bytes
    data: bytes


_CLEAN = msgspec.json.Decoder(Clean)  # MessagePack would lose the offsets of moments
_DATA = msgspec.msgpack.Decoder()


def fresh(document: Document) -> Fresh:
    """What is to be kept of a file that nobody has checked."""
    digest = hashlib.sha256(document.raw).digest()
    return Fresh(document.path, digest, b"", msgspec.msgpack.encode(document.data))


def clean(document: Document, now: datetime, occurrence: Occurrence | None) -> Fresh:
    """What is to be kept of a case in which nothing is wrong at `now`."""
    data, found = document.data, fresh(document)
    if (moment := last(data)) > now:  # it may not say the same later
        return found
    one = Clean(data["id"], moment, tuple(data.get("related", ())), occurrence)
    return found._replace(clean=msgspec.json.encode(one))


def last(data: Mapping[str, Any]) -> datetime:
    """The last moment that an entry of a case of the right shape names, when it happened or was written down.

    A correction moves no entry beyond itself.
    """
    moments = (event[name] for event in data["events"] for name in ("at", "recorded") if name in event)
    return max(map(datetime.fromisoformat, moments))


def unpacked(data: bytes) -> Any:
    """The data of a file."""
    return _DATA.decode(data)


class Store:
    """What is known of the case files of a repository, all of which are in `paths`, by name."""

    def __init__(self, cache: Cache, paths: Mapping[str, Path]) -> None:
        self._cache = cache
        self._files = Files(cache, CASE, paths)
        if self._files.gone:
            cache.put(DATA, {}, self._files.gone)

    @property
    def names(self) -> Iterable[str]:
        """The files whose bytes are the same as when something was kept of them."""
        return self._files.values.keys()

    def digest(self, name: str) -> bytes:
        """The digest of the bytes of one of `names`."""
        return self._files.values[name][:DIGEST]

    def clean(self, now: datetime, exists: Callable[[str], bool]) -> Iterator[tuple[str, Clean]]:
        """The cases of `names` of which a check would find at `now` that nothing is wrong with them."""
        for name, value in self._files.values.items():
            if packed := value[DIGEST:]:
                found = _CLEAN.decode(packed)
                if found.last <= now and all(map(exists, found.related)):
                    yield name, found

    def data(self, names: Iterable[str]) -> dict[str, bytes]:
        """The packed data of some of `names`."""
        return data_of(self._cache, {name: self.digest(name) for name in names})

    def put(self, found: Iterable[Fresh]) -> bool:
        """Keep what was found out about files that were read; whether all of it is kept."""
        known = self._files.values
        new = [one for one in found if known.get(one.name) != one.digest + one.clean]
        return not new or (
            self._cache.put(DATA, {one.name: Kept(one.digest, one.data) for one in new})
            and self._files.put({one.name: one.digest + one.clean for one in new})
        )


def data_of(cache: Cache, digests: Mapping[str, bytes]) -> dict[str, bytes]:
    """The packed data of files by name, given the digests of their bytes; what is not kept is missing."""
    return {name: kept.value for name, kept in cache.get(DATA, digests).items() if kept.stamp == digests[name]}
