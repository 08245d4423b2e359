"""The few questions put to Git."""

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

if TYPE_CHECKING:
    pass

_FILES = ("100644", "100755")
"""Modes of regular files; a link or a submodule is no file of a case repository."""


def user_email(root: Path) -> str | None:
    """The e-mail address that Git is configured with at `root`, None if there is none (git-config(1)).

    Asked of the program itself: this is on the way of every append, and loading GitPython takes longer than appending.
    """
    asked = subprocess.run(
        ["git", "config", "--get", "user.email"], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    return asked.stdout.strip() or None


class History:
    """The commits of the Git repository around a case repository."""

    def __init__(self, root: Path) -> None:
        from git import InvalidGitRepositoryError, Repo  # noqa: PLC0415 - slow to load

        try:
            self._repo: Repo = Repo(root, search_parent_directories=True)
        except InvalidGitRepositoryError:
            raise CannotGoOn(Text(N_("{folder} is not under Git."), folder=root)) from None
        within = root.resolve().relative_to(Path(self._repo.working_dir).resolve()).as_posix()
        self._within = "" if within == "." else f"{within}/"

    def ends(self, span: str) -> tuple[str, str]:
        """The commits (hexadecimal) of BASE..HEAD; of BASE...HEAD, the first is their merge base, as in git-diff(1)."""
        base, dots, head = span.partition("..")
        if not dots or not base:
            raise CannotGoOn(Text(N_("{span} is no range of commits; write BASE..HEAD."), span=span))
        three = head.startswith(".")
        first, last = self._commit(base), self._commit(head.removeprefix(".") or "HEAD")
        if three:
            common = self._repo.merge_base(first, last)
            if not common:
                raise CannotGoOn(Text(N_("The commits of {span} have no common ancestor here."), span=span))
            first = common[0].hexsha
        return first, last

    def files(self, commit: str) -> dict[str, str]:
        """Every regular file of the case repository at a commit: its path from the root, and the id of its blob."""
        listed = self._repo.git.ls_tree("-r", "-z", "--full-tree", commit, "--", *filter(None, [self._within]))
        found = {}
        for entry in filter(None, listed.split("\0")):
            head, _, path = entry.partition("\t")
            mode, _, blob = head.split()
            if mode in _FILES and ".." not in PurePosixPath(path).parts:
                found[path.removeprefix(self._within)] = blob
        return found

    def read(self, blobs: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        """The contents of blobs by path, all through one `git cat-file --batch`."""
        for path, blob in blobs.items():
            yield path, self._repo.git.get_object_data(blob)[3]

    def close(self) -> None:
        """End the Git processes that are held open for bulk reads."""
        self._repo.close()

    def _commit(self, name: str) -> str:
        from git import BadName, BadObject  # noqa: PLC0415 - slow to load

        try:
            return self._repo.commit(name).hexsha
        except (BadName, BadObject, ValueError, IndexError):
            message = N_("There is no commit {name} here; where not all commits were fetched, git fetch --unshallow.")
            raise CannotGoOn(Text(message, name=name)) from None
