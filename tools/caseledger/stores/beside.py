"""Files in Git, in the folder of their case; of those that Git LFS keeps, perhaps only the pointer is here."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from caseledger import files
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.stores.store import Kept, Missing, read

_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:[a-z0-9.-]+ [^\n]*\n)*?oid sha256:([0-9a-f]{64})\n"
)
_LARGEST_POINTER = 1024
_WRITTEN = "version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {size}\n"


class Beside:
    """The files in the folders of cases, by their path from the root."""

    def __init__(self, root: Path) -> None:
        self.name = ""
        self.root = root

    @property
    def shown(self) -> str:
        """Where it is, for people."""
        return str(self.root / "cases")

    def key(self, case_file: str, digest: str, ending: str) -> str:
        """A file of the case's folder, called after its SHA-256."""
        return f"{_folder(case_file)}/{digest}{ending}"

    def path_of(self, case_file: str, uri: str) -> str:
        """The key of a file that an entry names by its path in the folder of its case."""
        return f"{_folder(case_file)}/{uri}"

    def uri(self, key: str) -> str:
        """The path in the folder of the case."""
        return "/".join(key.split("/")[4:])

    def put(self, key: str, digest: str, chunks: Iterable[bytes]) -> bool:
        """What is put into Git is put there by people, or by Git LFS."""
        raise CannotGoOn(Text(N_("Files beside a case are put there by hand.")))

    def open(self, key: str) -> Iterator[bytes]:
        """A file, chunk by chunk; Missing, too, where only the pointer of Git LFS is here."""
        path = self._path(key)
        if pointed_at(path):
            raise Missing
        return read(path)

    def size(self, key: str) -> int | None:
        """How many bytes a file has; None, too, where only the pointer of Git LFS is here."""
        path = self._path(key)
        return path.stat().st_size if path.is_file() and not pointed_at(path) else None

    def list(self) -> Iterator[Kept]:
        """Every file in the folder of a case, but those whose names begin with a dot."""
        for folder in sorted((self.root / "cases").glob("[0-9]*/[0-9]*/C-*")):
            if files.CASE_NAME.fullmatch(folder.name):
                for path in sorted(folder.rglob("*")):
                    if path.is_file() and not path.name.startswith("."):
                        yield Kept(path.relative_to(self.root).as_posix(), path.stat().st_size)

    def is_pointed_at(self, key: str) -> bool:
        """Whether only the pointer of Git LFS is here."""
        return pointed_at(self._path(key)) is not None

    def remove(self, key: str) -> None:
        """Take a file away here; Git remembers it."""
        try:
            self._path(key).unlink()
        except FileNotFoundError:
            raise Missing from None

    def _path(self, key: str) -> Path:
        """Where a file is; Missing where the key leads out of the folder of its case."""
        path = self.root / key
        folder = self.root.joinpath(*Path(key).parts[:4]).resolve()
        if not path.resolve().is_relative_to(folder):
            raise Missing
        return path


def pointed_at(path: Path) -> str | None:
    """The SHA-256 of what Git LFS keeps for a file of which only the pointer is here; None for any other file."""
    if not path.is_file() or path.stat().st_size > _LARGEST_POINTER:
        return None
    match = _POINTER.match(path.read_bytes())
    return match[1].decode() if match else None


def pointer(digest: str, size: int) -> bytes:
    """What Git LFS commits in the place of a file."""
    return _WRITTEN.format(digest=digest, size=size).encode()


def _folder(case_file: str) -> str:
    return case_file.removesuffix(".yml")
