"""Issues on GitHub, in the cloud or on a company's own server."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from caseledger.flagging.comment import Thread
from caseledger.flagging.rest import Rest
from caseledger.flagging.tracker import Issue

HEADERS = {"X-GitHub-Api-Version": "2022-11-28"}
PAGE = 100


@dataclass(frozen=True)
class GitHub:
    """The issues of one repository; `project` is owner and name."""

    rest: Rest
    project: tuple[str, str]

    def issues(self, label: str) -> Iterable[Issue]:
        """The issues with a label; pull requests are in GitHub's list, too, and left out."""
        listed = self.rest.all(
            *self._issues(), labels=label, state="all", sort="created", direction="asc", per_page=PAGE
        )
        for data in listed:
            if "pull_request" not in data:
                yield _issue(data)

    def issue(self, number: int) -> Issue:
        """One issue as it stands now."""
        return _issue(self.rest.get(*self._issues(number)))

    def create(self, title: str, body: str, labels: Sequence[str], assignees: Sequence[str]) -> Issue:
        """A new issue; GitHub makes the labels that there are not yet."""
        data = {"title": title, "body": body, "labels": list(labels), "assignees": list(assignees)}
        return _issue(self.rest.send("POST", *self._issues(), data=data))

    def change(self, old: Issue, new: Issue) -> None:
        """Make an issue say and be what `new` says, in one request."""
        data: dict[str, Any] = {"body": new.body, "labels": list(new.labels), "assignees": list(new.assignees)}
        if new.is_open != old.is_open:
            data |= {"state": "open", "state_reason": "reopened"} if new.is_open else {"state": "closed"}
        self.rest.send("PATCH", *self._issues(new.number), data=data)

    def assignable(self, names: Sequence[str]) -> frozenset[str]:
        """Those of the names to whom issues of this repository can be assigned."""
        return frozenset(name for name in names if self.rest.there("repos", *self.project, "assignees", name))

    def thread(self, number: int) -> Thread:
        """The comments of a pull request, which are those of the issue of its number."""
        return Thread(self.rest, self._issues(number, "comments"), self._issues("comments"), "PATCH")

    def _issues(self, *more: str | int) -> tuple[str | int, ...]:
        return ("repos", *self.project, "issues", *more)


def _issue(data: Any) -> Issue:
    return Issue(
        number=data["number"],
        url=data["html_url"],
        body=data["body"] or "",
        is_open=data["state"] == "open",
        labels=tuple(label if isinstance(label, str) else label["name"] for label in data["labels"]),
        assignees=tuple(user["login"] for user in data.get("assignees") or ()),
    )
