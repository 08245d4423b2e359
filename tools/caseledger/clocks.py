"""Verdicts: which clocks of a policy run for a case, when they are due, and whether they were kept (clocks.md).

A verdict is a pure function of case, policy, calendar and `now`. Each carries the steps that led to its due time, so
that it can be explained without being computed twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from caseledger import duration, lifecycle
from caseledger.calendar import DAY, Calendar, Due, Pause
from caseledger.duration import Duration
from caseledger.lifecycle import CaseState, Cycle
from caseledger.model import ENDS, Case, Event, instant_of
from caseledger.policy import RESPONSIBLE, Clock, Extension, Policy


class Status(StrEnum):
    """Where a clock stands (clocks.md 8)."""

    PENDING = "pending"
    RUNNING = "running"
    DUE_SOON = "due-soon"
    PAUSED = "paused"
    OVERDUE = "overdue"
    MET = "met"
    EARLY = "early"
    LATE = "late"
    CANCELLED = "cancelled"


BREACHED = frozenset({Status.OVERDUE, Status.LATE, Status.EARLY})
OPEN = frozenset({Status.PENDING, Status.RUNNING, Status.DUE_SOON, Status.PAUSED, Status.OVERDUE})


class Step(NamedTuple):
    """Something that made or moved a due time.

    `kind`: "started", "tightened" (counted from the regrade), "regraded" (counted from the start), "breached" (a regrade
    came too late), "extended", "refused" (an extension without effect), "cancelled", "stopped" or "ended". `limit` and
    `since` are what the due time was counted by and from; `reason` is why an extension has no effect.
    """

    kind: str
    event: Event
    limit: Duration | None = None
    since: datetime | None = None
    due: Due | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one clock of one cycle says at `now`; instants are aware, None where there is none."""

    clock: Clock
    cycle: int
    owner: str
    status: Status
    start: datetime | None = None
    due: datetime | None = None
    stop: datetime | None = None
    provisional: bool = False
    opens: datetime | None = None
    steps: tuple[Step, ...] = ()
    pauses: tuple[Pause, ...] = ()

    @property
    def breached(self) -> bool:
        """Whether the deadline was broken; a breach never un-happens."""
        return self.status in BREACHED


def verdicts(case: Case, policy: Policy, calendar: Calendar, now: datetime) -> list[Verdict]:
    """Every clock of the case at `now`, cycle by cycle, in the policy's order (clocks.md 4)."""
    return judge(lifecycle.fold(case, now), policy, calendar, now)


def judge(state: CaseState, policy: Policy, calendar: Calendar, now: datetime) -> list[Verdict]:
    """The verdicts of a case whose state at `now` is known."""
    trials = (_Trial(state, policy, calendar, clock, cycle) for cycle in state.cycles for clock in policy.clocks)
    return [verdict for trial in trials if (verdict := trial.verdict(now))]


def ineffective_extensions(state: CaseState, policy: Policy, calendar: Calendar) -> Iterator[Step]:
    """The `extended` events that leave a known clock's due time as it was, with the condition that failed."""
    for cycle in state.cycles:
        named = {e.data.get("clock") for e in state.events[cycle.begin : cycle.end] if e.type == "extended"}
        for clock in policy.clocks:
            if clock.id in named:
                yield from (s for s in _Trial(state, policy, calendar, clock, cycle).steps if s.kind == "refused")


class _Trial:
    """One clock of one cycle: goes through the events once and keeps the due time as they change it."""

    def __init__(self, state: CaseState, policy: Policy, calendar: Calendar, clock: Clock, cycle: Cycle) -> None:
        self.state, self.policy, self.calendar = state, policy, calendar
        self.clock, self.cycle = clock, cycle
        self.frozen: int | None = None
        self.run()
        if clock.pausable and self.frozen is not None:
            self.run(known=self.frozen + 1)

    def run(self, known: int | None = None) -> None:
        """Play the cycle; of the pauses, only those among the first `known` events count."""
        self.pauses = lifecycle.waits(self.state.events[:known])[0] if self.clock.pausable else []
        self.start: Event | None = None
        self.limit: Duration | None = None
        self.due: Due | None = None
        self.extended: Due | None = None
        self.breached = False
        self.frozen = None
        self.steps: list[Step] = []
        events = self.state.events
        end = next((i for i in range(self.cycle.begin, self.cycle.end) if events[i].type in ENDS), None)
        for index in range(self.cycle.begin, min(self.cycle.end + 1, len(events))):
            self.see(index, events[index], ends=index in (end, self.cycle.end))

    def see(self, index: int, event: Event, *, ends: bool) -> None:
        """Let one event act on the clock."""
        begun = self.start
        if self.start is None and self.starts(index, event):
            self.begin(index, event)
        elif event.type == "graded" and self.start is not None and self.frozen is None:
            self.regrade(index, event)
        if event.type == "extended" and event.data.get("clock") == self.clock.id and index < self.cycle.end:
            self.extend(index, event)
        if begun is None or self.frozen is not None:
            return
        if event.type in self.clock.stops:
            self.freeze("stopped", index, event)
        elif ends:
            self.freeze("ended", index, event)

    def starts(self, index: int, event: Event) -> bool:
        """Whether the event is one that the clock waits for."""
        opened = index == self.cycle.begin and "opened" in self.clock.starts
        return opened or (event.type in self.clock.starts and index < self.cycle.end)

    def fact(self, index: int, name: str) -> Any:
        if name == "grade":
            return self.state.grade(self.policy.default_grade, before=index + 1)
        return self.state.case.fact(name)

    def within(self, index: int) -> Duration | None:
        """The limit that applies after the event at `index`."""
        limit = self.clock.limit(lambda name: self.fact(index, name))
        return limit.within if limit else None

    def begin(self, index: int, event: Event) -> None:
        """Start the clock (clocks.md 4)."""
        self.start = event
        self.limit = self.within(index)
        if self.limit:
            self.count("started", event, self.limit, event.at)

    def count(self, kind: str, event: Event, limit: Duration, since: datetime) -> None:
        """Set the due time to `since` plus `limit`."""
        self.limit = limit
        self.due = self.calendar.due(since, limit, self.pauses)
        self.steps.append(Step(kind, event, limit, since, self.due))

    def regrade(self, index: int, event: Event) -> None:
        """A change of grade while the clock is open (clocks.md 6)."""
        if self.breached or self.start is None:
            return
        old, limit = self.due, self.within(index)
        if limit == self.limit:
            return
        if old is not None and _before(old, event.at):
            self.breached = True
            self.steps.append(Step("breached", event, self.limit, None, old))
        elif limit is None:
            self.limit = self.due = self.extended = None
            self.steps.append(Step("cancelled", event, None, None, old))
        else:
            if self.clock.starts == ("graded",):
                self.start = event
            self.recount(event, self.start, limit, old)

    def recount(self, event: Event, start: Event, limit: Duration, old: Due | None) -> None:
        """Rules 2 and 3 of clocks.md 6; an extended due time is kept where it is later."""
        self.count("regraded" if old else "started", event, limit, start.at)
        if self.due and _before(self.due, event.at):
            self.steps.pop()
            self.count("tightened", event, limit, event.at)
            if old and _later(self.due, old):
                self.due = old
                self.steps[-1] = self.steps[-1]._replace(due=old)
        if self.extended and self.due and _later(self.extended, self.due):
            self.due = self.extended
            self.steps[-1] = self.steps[-1]._replace(due=self.extended)

    def extend(self, index: int, event: Event) -> None:
        """An extension, effective or not (clocks.md 7)."""
        reason = self.objection(index, event)
        if reason or self.start is None:
            self.steps.append(Step("refused", event, reason=reason))
            return
        limit = duration.parse(event.data["to"])
        self.extended = self.due = self.calendar.due(self.start.at, limit, self.pauses)
        self.steps.append(Step("extended", event, limit, self.start.at, self.due))

    def objection(self, index: int, event: Event) -> str:
        """The condition of clocks.md 7 that an extension fails, "" if none."""
        rule, due = self.clock.extension, self.due
        if rule is None:
            return "not-extendable"
        if self.frozen is not None:
            return "stopped"
        if self.start is None or due is None:
            return "not-started"
        if _before(due, event.at):
            return "past-due"
        pauses, _ = lifecycle.waits(self.state.events[: index + 1])
        if self.clock.pausable and pauses and pauses[-1].end is None:
            return "paused"
        return _unapproved(event, rule) or self.unfit(event, rule, self.start.at, pauses)

    def unfit(self, event: Event, rule: Extension, start: datetime, pauses: Sequence[Pause]) -> str:
        """Whether the new limit is none, not later than the present due time, or beyond the maximum."""
        try:
            limit = duration.parse(str(event.data.get("to")))
        except ValueError:
            return "no-limit"
        known = pauses if self.clock.pausable else ()
        new = self.calendar.due(start, limit, known)
        if _later(new, self.calendar.due(start, rule.max, known)):
            return "beyond-max"
        later = self.due is None or _later(self.calendar.due(start, limit, self.pauses), self.due)
        return "" if later else "not-later"

    def freeze(self, kind: str, index: int, event: Event) -> None:
        """Stop or end the clock, if a limit applies to it; nothing later changes its outcome."""
        if self.due is not None:
            self.steps.append(Step(kind, event))
        if self.due is not None or kind == "ended":
            self.frozen = index

    def verdict(self, now: datetime) -> Verdict | None:
        """What the clock says at `now`, None where it is not listed."""
        blank = Verdict(self.clock, self.cycle.number, self.owner(), Status.PENDING)
        if self.start is None:
            return blank if self.awaited() else None
        final = next((s for s in reversed(self.steps) if s.kind in ("cancelled", "stopped", "ended")), None)
        if final and final.kind == "cancelled" and self.due is None:
            last, cancelled = final.due, True
        else:
            last, cancelled = self.due, False
        if last is None:
            return None
        opens = self.opening()
        verdict = replace(
            blank,
            start=self.start.at,
            due=last.at,
            provisional=last.provisional,
            opens=opens,
            steps=tuple(self.steps),
            pauses=tuple(self.pauses),
        )
        if cancelled and final:
            return replace(verdict, status=Status.CANCELLED, stop=final.event.at)
        if final and self.frozen is not None:
            return replace(verdict, status=_outcome(final, last.at, opens), stop=final.event.at)
        status = self.running(now, self.start.at, last.at)
        return replace(verdict, status=status, due=None if status is Status.PAUSED else last.at)

    def awaited(self) -> bool:
        """Whether a `from` event can still come, and a limit would apply if it did."""
        present = self.cycle.number == self.state.cycle and self.state.ended is None
        can_come = any(name not in ("received", "opened") for name in self.clock.starts)
        return present and can_come and self.within(len(self.state.events) - 1) is not None

    def running(self, now: datetime, start: datetime, due: datetime | None) -> Status:
        """The status of a clock that nothing has stopped (clocks.md 8)."""
        if due is not None and now > due:
            return Status.OVERDUE
        if self.clock.pausable and self.state.waiting:
            return Status.PAUSED
        if due is None:
            return Status.PAUSED
        warn = self.clock.warn.elapsed if self.clock.warn else (due - start) / 4
        return Status.DUE_SOON if now >= due - warn else Status.RUNNING

    def opening(self) -> datetime | None:
        """The first moment at which the clock may stop, where the policy sets one."""
        limit = self.clock.not_before
        if limit is None or self.start is None:
            return None
        if limit.unit == "wd":
            day = self.calendar.nth_working_day(self.start.at, limit.number)
            return self.calendar.moment(day, 0)
        at = self.calendar.due(self.start.at, limit).at
        if limit.unit in ("d", "mo", "y") and at:
            return self.calendar.moment(self.calendar.day_of(at) - DAY, 0)
        return at

    def owner(self) -> str:
        """The role that must act; for the responsible department the one assigned before the clock was frozen."""
        if self.clock.owner != RESPONSIBLE:
            return self.clock.owner
        until = self.cycle.end if self.frozen is None else self.frozen + 1
        return self.state.responsible(before=until) or RESPONSIBLE


def _outcome(final: Step, due: datetime | None, opens: datetime | None) -> Status:
    stop = final.event.at
    if due is not None and stop > due:
        return Status.LATE
    if final.kind == "ended":
        return Status.CANCELLED
    return Status.EARLY if opens is not None and stop < opens else Status.MET


def _unapproved(event: Event, rule: Extension) -> str:
    if rule.approver:
        approval = event.data.get("approved_by")
        if not isinstance(approval, dict) or approval.get("as") != rule.approver:
            return "not-approved"
        if approval.get("by") == event.data.get("by"):
            return "self-approved"
    if rule.consumer_told:
        told = instant_of(event.data.get("consumer_told"))
        if told is None or told > event.at:
            return "consumer-not-told"
    return ""


def _before(due: Due, at: datetime) -> bool:
    return due.at is not None and due.at < at


def _later(one: Due, other: Due) -> bool:
    """Whether `one` falls after `other`; a due time that a pause keeps open falls after every other."""
    if one.at is None or other.at is None:
        return one.at is None and other.at is not None
    return one.at > other.at
