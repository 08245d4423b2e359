"""Issues on GitLab, in the cloud or on a company's own server."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from caseledger.flagging.comment import Thread
from caseledger.flagging.rest import Rest
from caseledger.flagging.tracker import Issue

PAGE = 100
NOBODY = 0


@dataclass(frozen=True)
class GitLab:
    """The issues of one project, whose path with its groups is `project`.

    GitLab wants users by number. Where its edition knows one assignee only, it takes the first.
    """

    rest: Rest
    project: str
    users: dict[str, int] = field(default_factory=dict)

    def issues(self, label: str) -> Iterable[Issue]:
        """The issues with a label, open and closed."""
        listed = self.rest.all(
            *self._issues(), labels=label, scope="all", order_by="created_at", sort="asc", per_page=PAGE
        )
        for data in listed:
            yield self._issue(data)

    def issue(self, number: int) -> Issue:
        """One issue as it stands now."""
        return self._issue(self.rest.get(*self._issues(number)))

    def create(self, title: str, body: str, labels: Sequence[str], assignees: Sequence[str]) -> Issue:
        """A new issue; GitLab makes the labels that there are not yet."""
        data = {"title": title, "description": body, "labels": ",".join(labels), "assignee_ids": self._ids(assignees)}
        return self._issue(self.rest.send("POST", *self._issues(), data=data))

    def change(self, old: Issue, new: Issue) -> None:
        """Make an issue say and be what `new` says, in one request."""
        people = self._ids(new.assignees) or [NOBODY]
        data: dict[str, Any] = {"description": new.body, "labels": ",".join(new.labels), "assignee_ids": people}
        if new.is_open != old.is_open:
            data["state_event"] = "reopen" if new.is_open else "close"
        self.rest.send("PUT", *self._issues(new.number), data=data)

    def assignable(self, names: Sequence[str]) -> frozenset[str]:
        """Those of the names that are members of the project."""
        for name in names:
            if name not in self.users:
                for user in self.rest.all("projects", self.project, "members", "all", query=name, per_page=PAGE):
                    self.users[user["username"]] = user["id"]
        return frozenset(name for name in names if name in self.users)

    def thread(self, number: int) -> Thread:
        """The notes of a merge request."""
        notes = ("projects", self.project, "merge_requests", number, "notes")
        return Thread(self.rest, notes, notes, "PUT")

    def _issues(self, *more: int) -> tuple[str | int, ...]:
        return ("projects", self.project, "issues", *more)

    def _ids(self, names: Sequence[str]) -> list[int]:
        return [self.users[name] for name in names]

    def _issue(self, data: Any) -> Issue:
        self.users.update((user["username"], user["id"]) for user in data["assignees"])
        return Issue(
            number=data["iid"],
            url=data["web_url"],
            body=data["description"] or "",
            is_open=data["state"] == "opened",
            labels=tuple(data["labels"]),
            assignees=tuple(user["username"] for user in data["assignees"]),
        )
