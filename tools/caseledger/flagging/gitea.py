"""Issues on Gitea and Forgejo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from caseledger.flagging.comment import Thread
from caseledger.flagging.rest import Rest
from caseledger.flagging.tracker import Issue

PAGE = 50
COLOUR = "#b60205"


@dataclass(frozen=True)
class Gitea:
    """The issues of one repository; `project` is owner and name. Gitea wants labels by number."""

    rest: Rest
    project: tuple[str, str]
    known: dict[str, int] = field(default_factory=dict)

    def issues(self, label: str) -> Iterable[Issue]:
        """The issues with a label; all of them where there is no such label, as Gitea then drops the condition."""
        listed = self.rest.all(*self._repository("issues"), labels=label, state="all", type="issues", limit=PAGE)
        for data in listed:
            yield _issue(data)

    def issue(self, number: int) -> Issue:
        """One issue as it stands now."""
        return _issue(self.rest.get(*self._repository("issues", number)))

    def create(self, title: str, body: str, labels: Sequence[str], assignees: Sequence[str]) -> Issue:
        """A new issue, after the labels that there are not yet."""
        data = {"title": title, "body": body, "labels": self._ids(labels), "assignees": list(assignees)}
        return _issue(self.rest.send("POST", *self._repository("issues"), data=data))

    def change(self, old: Issue, new: Issue) -> None:
        """Make an issue say and be what `new` says: its labels first, all the rest in one request."""
        if new.labels != old.labels:
            self.rest.send(
                "PUT", *self._repository("issues", new.number, "labels"), data={"labels": self._ids(new.labels)}
            )
        data: dict[str, Any] = {"body": new.body, "assignees": list(new.assignees)}
        if new.is_open != old.is_open:
            data["state"] = "open" if new.is_open else "closed"
        self.rest.send("PATCH", *self._repository("issues", new.number), data=data)

    def assignable(self, names: Sequence[str]) -> frozenset[str]:
        """Those of the names to whom issues of this repository can be assigned."""
        return frozenset(user["login"] for user in self.rest.get(*self._repository("assignees"))).intersection(names)

    def thread(self, number: int) -> Thread:
        """The comments of a pull request, which are those of the issue of its number."""
        every = self._repository("issues", number, "comments")
        return Thread(self.rest, every, self._repository("issues", "comments"), "PATCH")

    def _repository(self, *more: str | int) -> tuple[str | int, ...]:
        return ("repos", *self.project, *more)

    def _ids(self, labels: Sequence[str]) -> list[int]:
        """The numbers of labels. Two runs may make one of the same name at once: the older one counts."""
        self._look(labels)
        for name in labels:
            if name not in self.known:
                self.rest.send("POST", *self._repository("labels"), data={"name": name, "color": COLOUR})
        self._look(labels)
        return [self.known[name] for name in labels]

    def _look(self, labels: Sequence[str]) -> None:
        if not self.known.keys() >= set(labels):
            found = [(label["id"], label["name"]) for label in self.rest.all(*self._repository("labels"), limit=PAGE)]
            self.known.update((name, number) for number, name in sorted(found, reverse=True))


def _issue(data: Any) -> Issue:
    return Issue(
        number=data["number"],
        url=data["html_url"],
        body=data["body"] or "",
        is_open=data["state"] == "open",
        labels=tuple(label["name"] for label in data["labels"] or ()),
        assignees=tuple(user["login"] for user in data["assignees"] or ()),
    )
