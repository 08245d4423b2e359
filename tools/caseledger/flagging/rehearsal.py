"""A tracker that writes nothing: it remembers what would be written, so that a run goes through as if it were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from caseledger.flagging.tracker import Issue, Tracker


@dataclass
class Rehearsal:
    """The issues of another tracker, or none at all, with what a run would have made of them."""

    real: Tracker | None
    known: dict[int, Issue] = field(default_factory=dict)

    def issues(self, label: str) -> Iterable[Issue]:
        """The issues with a label."""
        if self.real and not self.known:
            self.known = {issue.number: issue for issue in self.real.issues(label)}
        return list(self.known.values())

    def issue(self, number: int) -> Issue:
        """One issue as it would stand now."""
        return self.known[number]

    def create(self, title: str, body: str, labels: Sequence[str], assignees: Sequence[str]) -> Issue:
        """An issue without an address, as there is none."""
        number = max(self.known, default=0) + 1
        self.known[number] = Issue(number, "", body, True, tuple(labels), tuple(assignees))
        return self.known[number]

    def change(self, old: Issue, new: Issue) -> None:
        """Remember what the issue would be."""
        self.known[new.number] = new

    def assignable(self, names: Sequence[str]) -> frozenset[str]:
        """Those to whom issues can be assigned; everybody where nobody can be asked."""
        return self.real.assignable(names) if self.real else frozenset(names)
