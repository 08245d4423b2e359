"""What is to be done, from the issues as they are and what is overdue; nothing is done here.

An issue is found by its marker, and by its label as well, which only people with rights in the repository can set:
a marker that somebody typed into a complaint means nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from caseledger.flagging import marker
from caseledger.flagging.flag import Flag, Flags, Settled
from caseledger.flagging.tracker import Issue

DUPLICATE = "<!-- caseledger: duplicate -->"


@dataclass(frozen=True)
class Department:
    """Who gets the issues of a role on the forge, and how they are labelled."""

    assignees: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Desk:
    """How issues are kept: the label that they are found by, and the departments by role."""

    label: str
    departments: Mapping[str, Department]

    def labels(self, roles: Iterable[str]) -> tuple[str, ...]:
        """The labels of an issue for these roles."""
        return _once([self.label, *(label for role in roles for label in self._of(role).labels)])

    def assignees(self, roles: Iterable[str]) -> tuple[str, ...]:
        """The users to whom such an issue is assigned."""
        return _once([user for role in roles for user in self._of(role).assignees])

    def _of(self, role: str) -> Department:
        return self.departments.get(role, Department())


@dataclass(frozen=True)
class Opening:
    """An issue is to be opened."""

    flag: Flag


@dataclass(frozen=True)
class Change:
    """An issue is to be changed; `decide` says how, again when its turn has come and it has been read anew."""

    issue: Issue
    decide: Callable[[Issue], Issue | None]


Step = Opening | Change


def plan(flags: Flags, settled: Settled, issues: Iterable[Issue], now: datetime, desk: Desk) -> list[Step]:
    """What brings the issues into step, duplicates first."""
    about = _by_subject(issues, desk.label)
    changes: list[Change] = []
    for subject, several in about.items():
        first = _first(several)
        others = (issue for issue in several if issue is not first and issue.is_open)
        changes += [Change(issue, partial(_duplicate, first, subject)) for issue in others]
        flag = flags.get(subject) or (settled(subject) if first.is_open else None)
        if flag:
            changes.append(Change(first, partial(decide, flag, now, desk)))
    needed = [change for change in changes if change.decide(change.issue)]
    return [*needed, *(Opening(flag) for subject, flag in flags.items() if subject not in about)]


def unexplained(flags: Flags, settled: Settled, issues: Iterable[Issue], label: str) -> list[Issue]:
    """Open issues about what is not there any more or cannot be read."""
    about = _by_subject(issues, label)
    return [
        issue
        for subject, several in about.items()
        for issue in several
        if issue.is_open and subject not in flags and settled(subject) is None
    ]


def decide(flag: Flag, now: datetime, desk: Desk, issue: Issue) -> Issue | None:
    """The issue as it has to be; None if it is right as it is.

    One that a later run has written is left alone, and one that somebody closed while something was overdue stays
    closed until a finding comes that it has not said.
    """
    known = marker.read(issue.body)
    if known is None or known.subject != flag.subject or known.at > now:
        return None
    if not issue.is_open and flag.overdue <= set(known.keys):
        return None
    wanted = issue.with_body(issue.body, is_open=bool(flag.overdue))
    if flag.overdue:
        wanted = _handed_over(wanted, known.departments, flag.departments, desk)
    else:
        flag = replace(flag, departments=known.departments)
    if wanted == issue and marker.same(issue.body, flag):
        return None
    return wanted.with_body(marker.replaced(issue.body, marker.block(flag, now)), is_open=wanted.is_open)


def _handed_over(issue: Issue, before: Sequence[str], after: Sequence[str], desk: Desk) -> Issue:
    """The issue labelled for the departments of now, and assigned anew where a department has come or left.

    Labels of departments are kept as they have to be. Whom people have assigned since is their affair.
    """
    others = desk.labels(desk.departments)
    labels = [*(label for label in issue.labels if label not in others), *desk.labels(after)]
    left = {*desk.assignees(before)} - {*desk.assignees(after)}
    come = desk.assignees(role for role in after if role not in before)
    assignees = _once([*(name for name in issue.assignees if name not in left), *come])
    return replace(issue, labels=issue.labels if {*labels} == {*issue.labels} else _once(labels), assignees=assignees)


def _duplicate(of: Issue, subject: str, issue: Issue) -> Issue | None:
    """The issue closed as a duplicate; from then on no run takes it for its own."""
    known = marker.read(issue.body)
    if known is None or known.subject != subject or not issue.is_open:
        return None
    body = marker.replaced(issue.body, f"{DUPLICATE}\n\n#{of.number}\n")
    return issue.with_body(body, is_open=False)


def _first(several: Sequence[Issue]) -> Issue:
    """The one that counts: the oldest open one, else the oldest."""
    return min(several, key=lambda issue: (not issue.is_open, issue.number))


def _by_subject(issues: Iterable[Issue], label: str) -> dict[str, list[Issue]]:
    about: dict[str, list[Issue]] = {}
    for issue in issues:
        known = marker.read(issue.body) if label in issue.labels else None
        if known:
            about.setdefault(known.subject, []).append(issue)
    return about


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
