"""One run: look at all issues, do what is to be done, look again, until nothing is left to do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from caseledger.errors import CannotGoOn
from caseledger.flagging import marker
from caseledger.flagging.flag import Flag, Flags, Settled
from caseledger.flagging.plan import Change, Desk, Opening, Step, plan, unexplained
from caseledger.flagging.tracker import Issue, Refused, Tracker, Unsure
from caseledger.language import N_, Text

OF_ONE_ISSUE = (400, 404, 410, 422)
"""Refusals that are about one issue, gone or not to be changed like this, and no reason to leave the others."""
ROUNDS = 5
"""How often a run begins anew without anything having been done, or finds something to do when all was done."""


@dataclass
class Outcome:
    """What a run has done: issues opened, changed and closed; what it left alone, and what the forge refused."""

    opened: dict[str, Issue] = field(default_factory=dict)
    changed: dict[int, Issue] = field(default_factory=dict)
    closed: dict[int, Issue] = field(default_factory=dict)
    waiting: list[Flag] = field(default_factory=list)
    unexplained: list[Issue] = field(default_factory=list)
    unassigned: frozenset[str] = frozenset()
    refused: dict[str | int, Text] = field(default_factory=dict)


def run(tracker: Tracker, flags: Flags, settled: Settled, now: datetime, desk: Desk, most: int) -> Outcome:
    """Bring the issues into step, opening `most` new ones at most; CannotGoOn where the forge does not let one."""
    return _Run(tracker, flags, settled, now, desk, most).through()


@dataclass
class _Run:
    tracker: Tracker
    flags: Flags
    settled: Settled
    now: datetime
    desk: Desk
    most: int
    outcome: Outcome = field(default_factory=Outcome)
    done: int = 0

    def through(self) -> Outcome:
        patience = ROUNDS
        while True:
            before = self.done
            issues = self._look()
            steps = plan(self.flags, self.settled, issues, self.now, self.desk)
            steps = self._within_limit([step for step in steps if _about(step) not in self.outcome.refused])
            if not steps:
                self.outcome.unexplained = unexplained(self.flags, self.settled, issues, self.desk.label)
                return self.outcome
            unsure = None
            try:
                for step in steps:
                    self._take(step)
            except Unsure as found:
                unsure = found
            if unsure is None or self.done == before:
                patience -= 1
            if patience == 0:
                raise unsure.error if unsure else _restless(len(steps))

    def _look(self) -> list[Issue]:
        """All issues with the label; those just opened are among them even if the forge does not list them yet."""
        found = {issue.number: issue for issue in self.tracker.issues(self.desk.label)}
        for issue in self.outcome.opened.values():
            found.setdefault(issue.number, issue)
        return [found[number] for number in sorted(found)]

    def _within_limit(self, steps: list[Step]) -> list[Step]:
        openings = [step for step in steps if isinstance(step, Opening)]
        room = self.most - len(self.outcome.opened)
        self.outcome.waiting = [step.flag for step in openings[room:]]
        return [*(step for step in steps if isinstance(step, Change)), *openings[:room]]

    def _take(self, step: Step) -> None:
        try:
            if isinstance(step, Opening):
                self._open(step.flag)
            else:
                self._change(step)
        except Refused as refused:
            if refused.status not in OF_ONE_ISSUE:
                raise
            self.outcome.refused[_about(step)] = refused.text
        self.done += 1

    def _open(self, flag: Flag) -> None:
        labels, wanted = self.desk.labels(flag.departments), self.desk.assignees(flag.departments)
        assignees = [name for name in wanted if name in self._assignable(wanted)]
        issue = self.tracker.create(flag.title, marker.block(flag, self.now), labels, assignees)
        self.outcome.opened[flag.subject] = issue
        if self.desk.label not in issue.labels:
            message = N_(
                "The forge left out the label {label}, without which no run finds issue {number} again. Give the token"
                " the right to label issues, and put the label on it by hand."
            )
            raise CannotGoOn(Text(message, label=self.desk.label, number=issue.number))

    def _change(self, step: Change) -> None:
        old = self.tracker.issue(step.issue.number)
        new = step.decide(old) if self.desk.label in old.labels else None
        if new is None:
            return
        come = [name for name in new.assignees if name not in old.assignees]
        left_out = set(come) - self._assignable(come)
        new = Issue(
            new.number, new.url, new.body, new.is_open, new.labels,
            tuple(name for name in new.assignees if name not in left_out),
        )  # fmt: skip
        self.tracker.change(old, new)
        (self.outcome.changed if new.is_open else self.outcome.closed)[new.number] = new

    def _assignable(self, names: Iterable[str]) -> frozenset[str]:
        asked = tuple(names)
        known = self.tracker.assignable(asked) if asked else frozenset()
        self.outcome.unassigned |= frozenset(asked) - known
        return known


def _about(step: Step) -> str | int:
    return step.flag.subject if isinstance(step, Opening) else step.issue.number


def _restless(left: int) -> CannotGoOn:
    message = N_(
        "There was always something left to change, {left} issues at last: the forge does not keep what is written, or"
        " another program changes it back. Run it again, and look at the issues if it says so again."
    )
    return CannotGoOn(Text(message, left=left))
