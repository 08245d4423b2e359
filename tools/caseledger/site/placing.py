"""What the site consists of, what of it is there already, and how the rest is put in its place.

A build makes only what has changed, beside the site, and when all of it is there it is moved in file by file: a page
is the old one or the new one, whole. What is about to be replaced is forgotten before, so that a build that is killed
leaves nothing that the next one takes for new.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from caseledger.cache import Cache, Kept

KIND = "site"
"""The kind of digests that are kept of the files of a site."""


class Placing:
    """A site being built: `out` is where it goes, `work` a folder beside it for what is new.

    Things are named by their path from the top, folders that are one thing with a slash at the end. Sites of different
    `kind` know nothing of each other: what another one left in the folder goes.
    """

    def __init__(self, cache: Cache, out: Path, work: Path, kind: str = KIND) -> None:
        self.cache, self.out, self.work, self.kind = cache, out, work, kind
        known = cache.stamps(kind)
        if known.get("") != _identity(out):
            known = {}
        self.there = set(_things(out, "", {name for name in known if name.endswith("/")}))
        self.known = {name: digest for name, digest in known.items() if name in self.there}
        self.new: dict[str, bytes] = {}
        self.left: set[str] = set()

    def wants(self, name: str, digest: bytes) -> bool:
        """Take a thing into the site; whether it has to be made, since there is none of that digest."""
        self.new[name] = digest
        return self.known.get(name) != digest

    def leave(self, folder: str) -> None:
        """Leave what is below a folder as it is, if it is there."""
        self.left |= {name for name in self.there if name.startswith(folder)}

    def path(self, name: str) -> Path:
        """Where a thing is to be made."""
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def put(self, name: str, text: str) -> None:
        """Take a text file into the site."""
        raw = text.encode()
        if self.wants(name, hashlib.sha256(raw).digest()):
            self.path(name).write_bytes(raw)

    def write(self, name: str, text: str) -> None:
        """Make a text file that is wanted."""
        self.path(name).write_bytes(text.encode())

    def finish(self) -> None:
        """Put what was made in its place, and remove what is no part of the site any more."""
        changed = {name: digest for name, digest in self.new.items() if self.known.get(name) != digest}
        for name in [name for name in changed if not (self.work / name).exists()]:
            del changed[name], self.new[name]
        stale = self.there - self.new.keys() - self.left
        if changed or stale:
            self.cache.put(
                self.kind, {}, {"", *changed, *(self.cache.stamps(self.kind).keys() - self.new.keys() - self.left)}
            )
            if len(changed) == len(self.new) and not self.left:
                self._swap()
            else:
                self._move(changed, stale)
        kept = {name: Kept(digest, b"") for name, digest in changed.items()}
        self.cache.put(self.kind, kept | {"": Kept(_identity(self.out), b"")})

    def _swap(self) -> None:
        if self.out.exists():
            self.out.rename(self.work.with_name("old"))
        self.work.rename(self.out)

    def _move(self, changed: Iterable[str], stale: Iterable[str]) -> None:
        for name in changed:
            target = self.out / name
            if target.is_dir():
                shutil.rmtree(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            (self.work / name).replace(target)
        for name in stale:
            shutil.rmtree(self.out / name) if name.endswith("/") else (self.out / name).unlink()
            with suppress(OSError):  # the first folder that is not empty ends it
                for folder in PurePosixPath(name).parents:
                    (self.out / folder).rmdir()


def _identity(out: Path) -> bytes:
    """What tells a site from another one that was put in its place."""
    try:
        found = (out / "index.html").stat()
    except OSError:
        return b"none"
    return f"{out} {found.st_ino} {found.st_ctime_ns}".encode()


def _things(folder: Path, name: str, whole: set[str]) -> Iterator[str]:
    """Every file below a folder, and of the folders that are one thing the folder."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        path = f"{name}{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            yield path
        elif f"{path}/" in whole:
            yield f"{path}/"
        else:
            yield from _things(folder / entry.name, f"{path}/", whole)
