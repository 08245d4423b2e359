"""Files of a commit written out, so that what reads a case repository can read that of another day.

A bare repository has no files at all, and a working copy only those of today: law and cases as they were are laid out
in a folder of their own, those that are asked for.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath

from caseledger import files
from caseledger.errors import CannotGoOn
from caseledger.history import changes
from caseledger.history.changes import Blob
from caseledger.history.repository import Repository
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook
from caseledger.yamltext.reading import LARGEST

LAW = (files.SETTINGS, "policy")
"""What a repository judges by."""


class Checkout:
    """The case repository at one commit, below a folder; the law is there from the start."""

    def __init__(self, repository: Repository, commit: str, folder: Path) -> None:
        self.repository = repository
        self.commit = commit
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.write(self.law)

    @cached_property
    def law(self) -> Mapping[str, Blob]:
        """The files that are judged by, as they are at the commit."""
        return changes.files(self.repository, self.commit, LAW)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The law at the commit."""
        return Rulebook(self.folder)

    def write(self, blobs: Mapping[str, Blob], largest: int = LARGEST) -> None:
        """Lay out these files, cut where they are longer; what is no regular file within the folder is left out."""
        wanted = {path: blob for path, blob in blobs.items() if blob.plain and _within(path)}
        contents = self.repository.read((blob.id for blob in wanted.values()), largest + 1)
        for path, raw in zip(wanted, contents, strict=True):
            place = self.folder / path
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(raw)
            except OSError as error:
                message = N_("{path}, as it is at {commit}, cannot be written out here: {reason}")
                said = Text(message, path=path, commit=self.commit[:10], reason=error.strerror)
                raise CannotGoOn(said) from None

    def write_paths(self, paths: Iterable[str], largest: int = LARGEST) -> None:
        """Lay out those of these paths that the commit has, or what lies below them."""
        wanted = list(paths)
        if wanted:
            self.write(changes.files(self.repository, self.commit, wanted), largest)


def _within(path: str) -> bool:
    """Whether a path leads to a place below the folder, whatever the system takes for a separator."""
    parts = PurePosixPath(path).parts
    return not {"..", ".git"}.intersection(parts) and not path.startswith("/") and "\\" not in path
