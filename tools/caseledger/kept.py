"""What cases say, and what a check found out about those in which nothing is wrong, kept until something changes.

A file says the same about itself at every moment after the last that an entry of it names, under the same policies,
people, settings and program (`house`), as long as the cases that it names are there. A file in which something is wrong
is read anew each time, since its problems may depend on more.
"""

import hashlib
import json
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from caseledger.cache import FRESH, Cache, Kept, look
from caseledger.occurrence import Graded, Occurrence
from caseledger.yamltext import Document

CHECKED, DATA = "checked", "read"
"""What is kept: of a case in which nothing is wrong what a check found; of any file that can be read, its data."""


class Checked(NamedTuple):
    """A case in which nothing is wrong: the SHA-256 of its file, what others need to know of it.

    `last` is the last moment that an entry names, `related` the cases that must be there.
    """

    sha256: str
    id: str
    last: datetime
    related: tuple[str, ...]
    occurrence: Occurrence | None

    def holds(self, now: datetime, exists: Callable[[str], bool]) -> bool:
        """Whether the same would be found at `now`."""
        return self.last <= now and all(map(exists, self.related))


def checked(document: Document, now: datetime, occurrence: Occurrence | None) -> bytes:
    """What is kept of a case in which nothing is wrong at `now`; b"" where it may not say the same later."""
    data = document.data
    last = max(_moments(data["events"]))
    if last > now:
        return b""
    found = (_digest(document.raw), data["id"], last, data.get("related", ()), occurrence)
    return json.dumps(found, default=datetime.isoformat, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(value: bytes) -> Checked:
    """The same as it was kept."""
    sha256, case_id, last, related, seen = json.loads(value)
    return Checked(sha256, case_id, datetime.fromisoformat(last), tuple(related), _occurrence(seen) if seen else None)


def is_of(found: Checked, raw: bytes) -> bool:
    """Whether it was found out about these very bytes."""
    return found.sha256 == _digest(raw)


def data(document: Document) -> bytes:
    """What is kept of a file that was read: what it says."""
    return zlib.compress(json.dumps(document.data, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def data_of(value: bytes) -> Any:
    """The data of a file as they were kept."""
    return json.loads(zlib.decompress(value))


class Store:
    """What is kept of all cases of a repository; `paths` are their files, by name."""

    def __init__(self, cache: Cache, kind: str, paths: Mapping[str, Path]) -> None:
        self._cache, self._kind = cache, kind
        self._begun = time.time_ns()
        self._seen = {name: seen for name, path in paths.items() if (seen := look(path))}
        self._kept = cache.get(kind, self._seen)

    def untouched(self) -> Iterator[tuple[str, bytes]]:
        """What is kept of files that nobody has touched since."""
        for name, kept in self._kept.items():
            if kept.stamp == self._seen[name][0]:
                yield name, kept.value

    def of(self, name: str) -> bytes:
        """What is kept of a file that may have been touched; b"" where nothing is."""
        return self._kept[name].value if name in self._kept else b""

    def put(self, found: Iterable[tuple[str, bytes]]) -> None:
        """Keep what was found out about files that were looked at, and forget files that are gone."""
        new = {}
        for name, value in found:
            signature, changed = self._seen.get(name, (b"", self._begun))
            if value and self._begun - changed > FRESH:
                new[name] = Kept(signature, value)
        gone = self._cache.stamps(self._kind).keys() - self._seen.keys() if self._kept else set()
        if new or gone:
            self._cache.put(self._kind, new, gone)


def _moments(events: Iterable[Mapping[str, Any]]) -> Iterator[datetime]:
    """When entries happened and were written down; a correction moves none of them to after itself."""
    for event in events:
        yield from map(datetime.fromisoformat, filter(None, (event["at"], event.get("recorded"))))


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _occurrence(seen: Sequence[Any]) -> Occurrence:
    found = dict(zip(Occurrence._fields, seen, strict=True))
    read = datetime.fromisoformat
    found["received"] = read(found["received"])
    found["natures"] = tuple((read(at), nature) for at, nature in found["natures"])
    found["declined"] = found["declined"] and read(found["declined"])
    found["amount"] = found["amount"] and tuple(found["amount"])
    if found["graded"]:
        at, grade, despite, event = found["graded"]
        found["graded"] = Graded(read(at), grade, tuple(despite), event)
    return Occurrence(**found)
