"""Periodic duties and corrective actions as clocks (clocks.md, end of section 9).

A duty starts at the end of its period and stops with the day on which its record was held; a corrective action starts
with that day and stops with the day on which another person verified it. Records name days, not hours: on the day of
the deadline is in time. What was held, done or verified after the day of `now` is not known yet.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from caseledger import period
from caseledger.audience import Sight
from caseledger.calendar import Calendar
from caseledger.clocks import Status
from caseledger.duration import Duration
from caseledger.lifecycle import CaseState
from caseledger.model import ENDS
from caseledger.period import Period
from caseledger.policy import Obligation, Policy
from caseledger.review import Action, Review
from caseledger.rulebook import Rulebook

SECOND = timedelta(seconds=1)


class Open(NamedTuple):
    """A time in which a case of a profile was open; `end` None while it is."""

    profile: str
    begin: datetime
    end: datetime | None


class Task(NamedTuple):
    """What is owed: an obligation for one period, or one corrective action that its record decided on."""

    policy: Policy
    obligation: Obligation
    period: Period
    action: Action | None = None


@dataclass(frozen=True)
class Duty:
    """A task at a moment; `stop` is the day of its record or of its verification, `review` the record that there is."""

    task: Task
    review: Review | None
    status: Status
    start: datetime
    due: datetime
    stop: date | None
    provisional: bool

    @property
    def owner(self) -> str:
        """The role that must act."""
        return self.task.action.owner if self.task.action else self.task.obligation.owner

    @property
    def path(self) -> str:
        """The file of the record, or of the policy that asks for one."""
        policy = self.task.policy
        return self.review.path if self.review else f"policy/{policy.profile}/{policy.version}/policy.yml"

    @property
    def key(self) -> str:
        """profile + obligation + period + corrective action + status: the same thing is never said twice."""
        policy, obligation, span, action = self.task
        return "/".join([policy.profile, obligation.id, str(span), *([action.id] if action else []), self.status])


def due(calendar: Calendar, span: Period, within: Duration) -> tuple[datetime, bool]:
    """`within` after a period, and whether that is provisional.

    Hours are counted from the period's end, 24:00 of its last day; days from that day, which itself does not count.
    """
    end = calendar.moment(span.last, 1440)
    at, provisional = calendar.due(end if within.unit in ("s", "min", "h", "wh") else end - SECOND, within)
    return cast(datetime, at), provisional  # only a pause leaves a due time open


def opened(state: CaseState) -> Iterator[Open]:
    """When the case was open: in each cycle from its first event to the case's end, or to the next cycle."""
    for cycle in state.cycles:
        first, *later = state.events[cycle.begin :]
        ended = next((event for event in later if event.type in ENDS or event.type == "reopened"), None)
        yield Open(state.case.policy[0], first.at, ended.at if ended else None)


def judge(rulebook: Rulebook, cases: Iterable[Open], reviews: Iterable[Review], now: datetime) -> Iterator[Duty]:
    """Every duty at `now` of the profiles that have cases or records or are for new cases, and every corrective action.

    What was done is always listed; what was not is owed for a period that begins on or after the settings'
    `obligations_since`, if a case of the profile was open in it, or if it is not over yet.
    """
    since = date.fromisoformat(rulebook.settings.get("obligations_since", "0001-01-01"))
    times: dict[str, list[Open]] = {}
    for case in cases:
        times.setdefault(case.profile, []).append(case)
    records = {(review.profile, review.kind, review.period): review for review in reviews}
    for profile in sorted({rulebook.settings["profile"], *times, *(review.profile for review in records.values())}):
        for task, calendar in _tasks(rulebook, profile, now):
            span, today = task.period, calendar.day_of(now)
            review = records.get((profile, task.obligation.id, span))
            if review and review.held <= today:
                yield from _recorded(task, review, calendar, now)
            elif span.first >= since and (
                span.last >= today or any(_overlap(case, span, calendar) for case in times.get(profile, ()))
            ):
                yield _duty(task, None, calendar, now)


def visible(duties: Iterable[Duty], sight: Sight) -> Iterator[Duty]:
    """The duties as an audience may know them: records without what is not for it, corrective actions whole or not."""
    for duty in duties:
        if duty.review is None:
            yield duty
            continue
        data = sight.shown("review", duty.review.data)
        whole = data.get("actions") == duty.review.data.get("actions")
        if (whole or not duty.task.action) and data.get("held") == duty.review.data["held"]:
            yield replace(duty, review=replace(duty.review, data=data, actions=duty.review.actions if whole else ()))


def find(duties: Iterable[Duty], now: datetime, within: timedelta | None = None) -> list[Duty]:
    """What is overdue, then what is due soon (or `within` a time), each the first due first."""
    found = []
    for duty in duties:
        near = duty.status is Status.DUE_SOON if within is None else duty.due <= now + within
        if duty.status is Status.OVERDUE:
            found.append(duty)
        elif duty.status in (Status.RUNNING, Status.DUE_SOON) and near:
            found.append(replace(duty, status=Status.DUE_SOON))
    return sorted(found, key=lambda duty: (duty.status is not Status.OVERDUE, duty.due, duty.key))


def _tasks(rulebook: Rulebook, profile: str, now: datetime) -> Iterator[tuple[Task, Calendar]]:
    """Every obligation of every version of a profile for the periods that end in the version's time, to the present."""
    for name in rulebook.policy_names:
        policy = rulebook.policy(name) if name.split("@")[0] == profile else None
        if policy is None:
            continue
        calendar = rulebook.calendar(policy.calendar)
        for obligation in policy.obligations:
            spans = period.between(obligation.every, date.fromisoformat(policy.version), calendar.day_of(now))
            for span in spans:
                if rulebook.in_force(profile, span.last.isoformat()) == name:
                    yield Task(policy, obligation, span), calendar


def _overlap(case: Open, span: Period, calendar: Calendar) -> bool:
    """Whether the case was open on a day of the period."""
    begun = calendar.day_of(case.begin) <= span.last
    return begun and (case.end is None or calendar.day_of(case.end) >= span.first)


def _recorded(task: Task, review: Review, calendar: Calendar, now: datetime) -> Iterator[Duty]:
    yield _duty(task, review, calendar, now)
    for action in review.actions:
        start, at = calendar.moment(review.held, 0), calendar.moment(action.deadline, 1440)
        stop = action.verified.day if action.verified and action.verified.day <= calendar.day_of(now) else None
        status = _status(start, at, action.deadline, stop, now)
        yield Duty(task._replace(action=action), review, status, calendar.local(start), calendar.local(at), stop, False)


def _duty(task: Task, review: Review | None, calendar: Calendar, now: datetime) -> Duty:
    start = calendar.moment(task.period.last, 1440)
    at, provisional = due(calendar, task.period, task.obligation.within)
    stop = review.held if review else None
    status = _status(start, at, calendar.day_of(at - SECOND), stop, now)
    return Duty(task, review, status, calendar.local(start), calendar.local(at), stop, provisional)


def _status(start: datetime, due: datetime, last: date, stop: date | None, now: datetime) -> Status:
    """Where a task stands whose last day in time is `last`; due soon is a quarter of its time (clocks.md 8)."""
    if stop:
        return Status.MET if stop <= last else Status.LATE
    if now < start:
        return Status.PENDING
    if now > due:
        return Status.OVERDUE
    return Status.DUE_SOON if now >= due - (due - start) / 4 else Status.RUNNING
