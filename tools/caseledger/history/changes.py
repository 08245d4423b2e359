"""Which files a change adds, removes or alters, by what Git compares: names, modes and blobs, never contents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseledger.history.repository import Repository

FILE = "100644"
EXECUTABLE = "100755"
LINK = "120000"
SUBMODULE = "160000"
_NONE = "000000"

_AT_ONCE = 500
"""Paths named on one command line."""


@dataclass(frozen=True)
class Blob:
    """What a path stood for: the id of a blob (of a commit, for a submodule), and the mode of the entry."""

    id: str
    mode: str

    @property
    def plain(self) -> bool:
        """Whether it is a regular file, not a link or a submodule."""
        return self.mode in (FILE, EXECUTABLE)


@dataclass(frozen=True)
class Change:
    """One path, relative to the root of the case repository; `before` is None if it is new, `after` if it is gone."""

    path: str
    before: Blob | None
    after: Blob | None


def changes(repository: Repository, before: str | None, after: str) -> list[Change]:
    """What differs between two commits or trees in the case repository; None is an empty one."""
    trees = [f"{name}^{{tree}}" for name in (before or repository.empty_tree, after)]
    old, new = repository.lines("rev-parse", *trees)
    return next(compared(repository, [(old, new)]))


def compared(repository: Repository, pairs: Sequence[tuple[str, str]]) -> Iterator[list[Change]]:
    """What differs between the trees of each pair, in order, all by one `git diff-tree`."""
    given = "".join(f"{old} {new}\n" for old, new in pairs).encode("ascii")
    only = ("--", repository.within) if repository.within else ()
    words = ("--stdin", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv", *only)
    said = repository.ask("diff-tree", *words, given=given).decode("utf-8", "surrogateescape")
    place = 0
    for old, new in pairs:
        place += len(f"{old} {new}\n")
        found = []
        while said.startswith(":", place):
            end = said.index("\0", place)
            last = said.index("\0", end + 1)
            old_mode, new_mode, old_id, new_id, _ = said[place + 1 : end].split()
            path = said[end + 1 : last].removeprefix(repository.within)
            found.append(Change(path, _blob(old_id, old_mode), _blob(new_id, new_mode)))
            place = last + 1
        yield found


def _blob(name: str, mode: str) -> Blob | None:
    return None if mode == _NONE else Blob(name, mode)


def files(repository: Repository, commit: str, under: Sequence[str] = ()) -> dict[str, Blob]:
    """Every file of the case repository at a commit by path, or those that are, or lie below, one of `under`."""
    found: dict[str, Blob] = {}
    places = [f"{repository.within}{place}" for place in under] or list(filter(None, [repository.within]))
    for i in range(0, max(len(places), 1), _AT_ONCE):
        listed = repository.ask("ls-tree", "-r", "-z", "--full-tree", commit, "--", *places[i : i + _AT_ONCE])
        for entry in filter(None, listed.decode("utf-8", "surrogateescape").split("\0")):
            head, _, path = entry.partition("\t")
            mode, _, name = head.split()
            found[path.removeprefix(repository.within)] = Blob(name, mode)
    return found
