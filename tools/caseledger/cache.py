"""What was found out about files, kept between runs: what has not changed is not worked out again.

A cache is a shortcut and nothing else. A value is given back only for the very bytes, and under the very rules, for
which it was kept; where the cache cannot be read or written, there is none. It is an SQLite file, so that several
processes may use it at once and one that is killed leaves it whole; values are bytes that nobody executes.

A cache that came with the repository is none either: whoever put it there may have written anything into it.
"""

import hashlib
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

_TABLES = """
create table if not exists house (kind text primary key, stamp text not null) without rowid;
create table if not exists kept (kind text, key text, stamp blob, value blob, primary key (kind, key)) without rowid;
create index if not exists stamps on kept (kind, key, stamp);
"""
_MANY = 500
FRESH = 2_000_000_000
"""Nanoseconds within which a file may have changed twice without its times telling."""


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
        wanted, found = list(keys), {}
        with self._open() as database:
            if not database or not self._known(database, kind):
                return {}
            for begin in range(0, len(wanted), _MANY):
                some = wanted[begin : begin + _MANY]
                marks = ",".join("?" * len(some))
                asked = f"select key, stamp, value from kept where kind = ? and key in ({marks})"  # noqa: S608 - a ? for each key
                found.update({key: Kept(stamp, value) for key, stamp, value in database.execute(asked, (kind, *some))})
        return found

    def stamps(self, kind: str) -> dict[str, bytes]:
        """The stamp of every value of a kind."""
        with self._open() as database:
            if not database or not self._known(database, kind):
                return {}
            return dict(database.execute("select key, stamp from kept indexed by stamps where kind = ?", (kind,)))
        return {}

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
            database.executescript(f"pragma journal_mode = wal; pragma synchronous = normal; {_TABLES}")
        except sqlite3.OperationalError:
            database.close()
            raise
        except sqlite3.DatabaseError:  # not a database
            database.close()
            self.file.unlink(missing_ok=True)
            raise
        return database


def contents(cache: Cache, kind: str, root: Path, paths: Iterable[Path]) -> dict[Path, bytes]:
    """The digest of every file's bytes; those that nobody has touched since they were last read are not read again.

    `paths` are all files of that kind, below `root`; those that cannot be read are left out.
    """
    begin = time.time_ns()
    seen = {path: seen for path in paths if (seen := look(path))}
    names = {path: path.relative_to(root).as_posix() for path in seen}
    known = cache.get(kind, names.values())
    found, new = {}, {}
    for path, (signature, changed) in seen.items():
        kept = known.get(names[path])
        if kept and kept.stamp == signature:
            found[path] = kept.value
        elif digest := _digest(path):
            found[path] = digest
            if begin - changed > FRESH:
                new[names[path]] = Kept(signature, digest)
    gone = cache.stamps(kind).keys() - set(names.values()) if len(known) < len(names) or new else set()
    if new or gone:
        cache.put(kind, new, gone)
    return found


def stamp(files: Iterable[Path]) -> str:
    """A digest of the names and bytes of files."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path}\0".encode() + (_digest(path) or b"") + b"\0")
    return digest.hexdigest()


def look(path: Path) -> tuple[bytes, int] | None:
    """What tells that a file has changed, as Git's index has it, and when it last did, in nanoseconds."""
    try:
        found = os.stat(path)  # noqa: PTH116 - of many files, and Path's takes longer
    except OSError:
        return None
    signature = f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
    return signature.encode(), max(found.st_mtime_ns, found.st_ctime_ns)


def _digest(path: Path) -> bytes | None:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return None
