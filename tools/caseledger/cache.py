"""What was found out about files, kept between runs: what has not changed is not worked out again.

A cache is a shortcut and nothing else. A value is given back only for the very bytes, and under the very rules, for
which it was kept; where the cache cannot be read or written, there is none. It is an SQLite file, so that several
processes may use it at once and one that is killed leaves it whole; values are bytes that nobody executes.

A cache that came with the repository is none either: whoever put it there may have written anything into it.
"""

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from caseledger import git

FOLDER = Path(".cache", "caseledger")
"""Where caches are, from the root of a repository."""

_SETUP = """
pragma page_size = 16384;
pragma journal_mode = wal;
pragma synchronous = normal;
create table if not exists house (kind text primary key, stamp text not null) without rowid;
create table if not exists kept (kind text, key text, stamp blob, value blob, primary key (kind, key));
"""
"""In smaller pages, what cases say would be cut into pieces."""
_AMONG = "and key in (select value from json_each(?))"
FRESH = 2_000_000_000
"""Nanoseconds within which a file may have changed twice without its times telling."""
DIGEST = hashlib.sha256().digest_size


class Kept(NamedTuple):
    """A value and the stamp of what it was worked out from."""

    stamp: bytes
    value: bytes


class Cache:
    """Values by kind and key. `house` is the stamp of all else that they depend on: with another, none is known."""

    def __init__(self, root: Path, house: str) -> None:
        self.root, self.file = root, root / FOLDER / "kept.sqlite"
        self.house = house

    def get(self, kind: str, keys: Iterable[str]) -> dict[str, Kept]:
        """What is kept under these keys."""
        return dict(self._rows(kind, _AMONG, json.dumps(list(keys))))

    def each(self, kind: str) -> Iterator[tuple[str, Kept]]:
        """All that is kept of a kind, by key, never all of it in memory."""
        return self._rows(kind)

    def stamps(self, kind: str) -> dict[str, bytes]:
        """The stamp of every value of a kind."""
        return {key: kept.stamp for key, kept in self._rows(kind)}

    def put(self, kind: str, values: Mapping[str, Kept], gone: Iterable[str] = ()) -> bool:
        """Keep values, and forget those of the keys that are `gone`; whether they are kept."""
        with self._open() as database:
            if not database:
                return False
            with database:
                if not self._known(database, kind):
                    database.execute("delete from kept where kind = ?", (kind,))
                    database.execute("replace into house values (?, ?)", (kind, self.house))
                database.executemany("delete from kept where kind = ? and key = ?", [(kind, key) for key in gone])
                rows = [(kind, key, kept.stamp, kept.value) for key, kept in values.items()]
                database.executemany("replace into kept values (?, ?, ?, ?)", rows)
            return True
        return False

    def _rows(self, kind: str, which: str = "", *values: str) -> Iterator[tuple[str, Kept]]:
        with self._open() as database:
            if database and self._known(database, kind):
                asked = f"select key, stamp, value from kept where kind = ? {which}"  # noqa: S608 - one of two texts above
                for key, stamp, value in database.execute(asked, (kind, *values)):
                    yield key, Kept(stamp, value)

    @cached_property
    def _foreign(self) -> bool:
        return git.keeps(self.root, FOLDER.parent)

    def _known(self, database: sqlite3.Connection, kind: str) -> bool:
        found = database.execute("select stamp from house where kind = ?", (kind,)).fetchone()
        return bool(found and found[0] == self.house)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection | None]:
        """The file, None where there cannot be one; one that is broken is removed."""
        try:
            database = None if self._foreign else self._connect()
        except (OSError, sqlite3.Error):
            database = None
        if database is None:
            yield None
            return
        try:
            yield database
        except sqlite3.OperationalError:  # locked for long, read-only, full: a run without it
            pass
        except sqlite3.DatabaseError:
            self.file.unlink(missing_ok=True)
        finally:
            database.close()

    def _connect(self) -> sqlite3.Connection:
        if not self.file.exists():
            self.file.parent.mkdir(parents=True, exist_ok=True)
            (self.file.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        database = sqlite3.connect(self.file, timeout=20)
        try:
            database.executescript(_SETUP)
        except sqlite3.OperationalError:
            database.close()
            raise
        except sqlite3.DatabaseError:  # not a database
            database.close()
            self.file.unlink(missing_ok=True)
            raise
        return database


class Files:
    """Values of files by name, each of which begins with the digest of the bytes for which it was kept.

    `paths` are all files of the kind; `values` those of files whose bytes are the same, `gone` the names of files that
    were there before. A file that nobody has touched since is not read.
    """

    def __init__(self, cache: Cache, kind: str, paths: Mapping[str, Path]) -> None:
        self._cache, self._kind = cache, kind
        begun = time.time_ns()
        seen = {name: seen for name, path in paths.items() if (seen := look(path))}
        self._signatures = {name: sign if begun - changed > FRESH else b"" for name, (sign, changed) in seen.items()}
        self.values: dict[str, bytes] = {}
        self.gone: set[str] = set()
        touched = {}
        for name, kept in cache.each(kind):
            if name not in seen:
                self.gone.add(name)
            elif kept.stamp == seen[name][0]:
                self.values[name] = kept.value
            elif kept.value[:DIGEST] == digest(paths[name]):
                self.values[name] = touched[name] = kept.value
        if touched or self.gone:
            self.put(touched, self.gone)

    def put(self, values: Mapping[str, bytes], gone: Iterable[str] = ()) -> bool:
        """Keep the values of files of `paths`; whether they are kept.

        What changed so lately that it might change again unseen has no signature: its bytes are compared next time.
        """
        return self._cache.put(
            self._kind, {name: Kept(self._signatures.get(name, b""), value) for name, value in values.items()}, gone
        )


def contents(cache: Cache, kind: str, paths: Mapping[str, Path]) -> dict[str, bytes]:
    """The digest of every file's bytes by name; those that nobody has touched since they were last read are not read.

    `paths` are all files of that kind; those that cannot be read are left out.
    """
    known = Files(cache, kind, paths)
    new = {name: found for name, path in paths.items() if name not in known.values and (found := digest(path))}
    if new:
        known.put(new)
    return known.values | new


def stamp(files: Iterable[Path]) -> str:
    """A digest of the names and bytes of files."""
    found = hashlib.sha256()
    for path in files:
        found.update(f"{path}\0".encode() + (digest(path) or b"") + b"\0")
    return found.hexdigest()


def look(path: Path) -> tuple[bytes, int] | None:
    """What tells that a file has changed, as Git's index has it, and when it last did, in nanoseconds."""
    try:
        found = os.stat(path)  # noqa: PTH116 - of many files, and Path's takes longer
    except OSError:
        return None
    signature = f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
    return signature.encode(), max(found.st_mtime_ns, found.st_ctime_ns)


def digest(path: Path) -> bytes | None:
    """The SHA-256 of a file's bytes, None where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return None
