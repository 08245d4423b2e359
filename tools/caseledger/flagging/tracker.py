"""The issues of one repository, on whichever forge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from caseledger.errors import CannotGoOn
from caseledger.language import Text


@dataclass(frozen=True)
class Issue:
    """An issue as it stands; `number` grows, so that the lowest is the oldest."""

    number: int
    url: str
    body: str
    is_open: bool
    labels: tuple[str, ...]
    assignees: tuple[str, ...]

    def with_body(self, body: str, *, is_open: bool) -> "Issue":
        """The same issue, saying something else."""
        return replace(self, body=body, is_open=is_open)


class Refused(CannotGoOn):
    """The forge understood and said no, with this status."""

    def __init__(self, text: Text, status: int) -> None:
        super().__init__(text)
        self.status = status


class Unsure(Exception):
    """A request to write failed: it may have been carried out or not, so the issues have to be looked at again."""

    def __init__(self, error: CannotGoOn) -> None:
        super().__init__(str(error))
        self.error = error


class Tracker(Protocol):
    """What a run needs of a forge. Every method raises CannotGoOn; those that write raise Unsure as well."""

    def issues(self, label: str) -> Iterable[Issue]:
        """The issues with a label, open and closed."""

    def issue(self, number: int) -> Issue:
        """One issue as it stands now."""

    def create(self, title: str, body: str, labels: Sequence[str], assignees: Sequence[str]) -> Issue:
        """A new issue; labels that there are not yet are made."""

    def change(self, old: Issue, new: Issue) -> None:
        """Make an issue say and be what `new` says, its text and its assignees in one request."""

    def assignable(self, names: Sequence[str]) -> frozenset[str]:
        """Those of the names to whom issues of this repository can be assigned."""
