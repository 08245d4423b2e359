"""A folder outside Git: one file for each content, called after its SHA-256."""

import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from caseledger import files
from caseledger.stores import naming
from caseledger.stores.store import Different, Kept, Missing, checked, digest_of, read

_INCOMING = "incoming"
"""Where files are written before they are put in their places."""


class Folder:
    """The files of a folder: ab/abcd… for the content whose SHA-256 is abcd…"""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder

    @property
    def shown(self) -> str:
        """Where it is, for people."""
        return str(self.folder)

    def key(self, case_file: str, digest: str, ending: str) -> str:
        """The SHA-256: the same content is kept once, for however many cases."""
        return digest

    def uri(self, key: str) -> str:
        """store:NAME/SHA-256"""
        return naming.uri(self.name, key)

    def put(self, key: str, digest: str, chunks: Iterable[bytes]) -> bool:
        """Keep a file if there is none: written beside, then put in its place whole."""
        path = self._path(key)
        is_new = not path.exists()
        if is_new:
            written = self.folder / _INCOMING / f"{key}.{secrets.token_hex(4)}"
            written.parent.mkdir(parents=True, exist_ok=True)
            path.parent.mkdir(exist_ok=True)
            try:
                _write(written, checked(chunks, digest))
                written.replace(path)
            except BaseException:
                written.unlink(missing_ok=True)
                raise
            files.settle(path.parent)
        elif digest_of(read(path))[0] != digest:
            raise Different(self.name, digest)
        self._tidy(key)
        return is_new

    def open(self, key: str) -> Iterator[bytes]:
        """A file, chunk by chunk."""
        return read(self._path(key))

    def size(self, key: str) -> int | None:
        """How many bytes a file has."""
        path = self._path(key)
        return path.stat().st_size if path.is_file() else None

    def list(self) -> Iterator[Kept]:
        """Every file in the folder, whatever it is called."""
        for path in sorted(self.folder.rglob("*")) if self.folder.is_dir() else ():
            if path.is_file():
                place = path.relative_to(self.folder).as_posix()
                key = path.name if place == self._place(path.name) else place
                yield Kept(key, path.stat().st_size)

    def remove(self, key: str) -> None:
        """Take a file away."""
        path = self._path(key)
        if not path.is_file():
            raise Missing
        path.unlink()
        files.settle(path.parent)

    def _path(self, key: str) -> Path:
        return self.folder / (self._place(key) if "/" not in key else key)

    def _place(self, key: str) -> str:
        return f"{key[:2]}/{key}"

    def _tidy(self, key: str) -> None:
        """Remove what interrupted runs have left of a file that is in its place now."""
        for left in (self.folder / _INCOMING).glob(f"{key}.*"):
            left.unlink(missing_ok=True)


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    with path.open("xb") as stream:
        for chunk in chunks:
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())
    path.chmod(path.stat().st_mode & 0o444)
