"""One file as three see it: the base, a commit's parent, and the commit.

What stands on the base is on record. A commit breaks the record where its parent still had what the base has and the
commit has not: base == parent != commit. A branch that does not know the base's newest entries yet breaks nothing, nor
does a merge that brings them; whatever a branch has added may still be mended on the branch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Any

from caseledger.history.changes import Blob
from caseledger.history.commits import Commit
from caseledger.model import Event
from caseledger.yamltext import Document


@dataclass(frozen=True)
class Edit:
    """What one commit makes of one file against one parent; None where there is no such file."""

    commit: Commit
    path: str
    base: Blob | None
    before: Blob | None
    after: Blob | None

    @property
    def on_record(self) -> bool:
        """Whether both the base and the parent have the file."""
        return self.base is not None and self.before is not None

    @property
    def breaks(self) -> bool:
        """Whether the whole file stood as on the base, and no longer does."""
        return self.base == self.before != self.after


@dataclass(frozen=True)
class CaseEdit:
    """An edit of a case that is on the base, with what the three files say."""

    edit: Edit
    base: Document
    before: Document
    after: Document

    @cached_property
    def kept(self) -> int:
        """How many entries of the parent are on record: they begin the base's list, too."""
        pairs = zip(entries(self.base), entries(self.before), strict=False)
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))

    @cached_property
    def on_record(self) -> Sequence[Any]:
        """The entries of the parent that are on record."""
        return entries(self.before)[: self.kept]

    def broken(self, key: str) -> bool:
        """Whether a field of the header stood as on the base, and no longer does."""
        base, before, after = (header(one).get(key) for one in (self.base, self.before, self.after))
        return base == before != after


@dataclass(frozen=True)
class Added:
    """An entry that a commit adds to a case and that the head has: the head's file, and the entry in its list."""

    commit: Commit
    document: Document
    event: Event

    @property
    def path(self) -> str:
        """The case's file."""
        return self.document.path


def entries(document: Document) -> list[Any]:
    """The events of a case file as data, [] if it has none."""
    found = document.data.get("events") if isinstance(document.data, Mapping) else None
    return found if isinstance(found, list) else []


def header(document: Document) -> Mapping[str, Any]:
    """The fields of a case file above its events."""
    data = document.data if isinstance(document.data, Mapping) else {}
    return {key: value for key, value in data.items() if key != "events"}
