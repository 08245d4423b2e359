"""One clock of one cycle, tried event by event (clocks.md 4 to 8)."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from caseledger import lifecycle
from caseledger.calendar import Calendar
from caseledger.clock import Clock
from caseledger.clocks.extension import extension_limit, unapproved, unfit
from caseledger.clocks.verdict import Reckoning, Status, Step, Verdict
from caseledger.duration import Duration
from caseledger.lifecycle import CaseState, Cycle
from caseledger.model import ENDS, Event
from caseledger.pauses import Pause
from caseledger.policy import RESPONSIBLE, Policy

SECOND = timedelta(seconds=1)


class Trial:
    """Goes through the events of a cycle and keeps the due time as they change it."""

    def __init__(self, state: CaseState, policy: Policy, calendar: Calendar, clock: Clock, cycle: Cycle) -> None:
        self.state, self.policy, self.calendar = state, policy, calendar
        self.clock, self.cycle = clock, cycle
        opening = "received" if cycle.number == 1 else "reopened"
        self.starts = {opening if name == "opened" else name for name in clock.starts}
        self.run(self.pauses_among(None))
        final = self.cancelled if self.cancelled is not None else self.frozen
        if final is not None and (pauses := self.pauses_among(final + 1)) != self.pauses:
            self.run(pauses)

    def pauses_among(self, number: int | None) -> list[Pause]:
        """The pauses that act on the clock, as far as the first `number` events tell."""
        return lifecycle.waits(self.state.events[:number])[0] if self.clock.pausable else []

    def run(self, pauses: Sequence[Pause]) -> None:
        """Play the cycle, and the `reopened` that ends it, from its first event."""
        self.pauses = pauses
        self.start: Event | None = None
        self.in_force: Duration | None = None
        self.due: Reckoning | None = None
        self.extended: Reckoning | None = None
        self.breached = False
        self.cancelled: int | None = None
        self.frozen: int | None = None
        self.steps: list[Step] = []
        events = self.state.events
        for index in range(self.cycle.begin, min(self.cycle.end + 1, len(events))):
            self.see(index, events[index])

    def see(self, index: int, event: Event) -> None:
        """Let one event act on the clock."""
        if event.type == "extended" and event.data.get("clock") == self.clock.id:
            self.extend(index, event)
        elif self.start is None:
            if self.begins(index, event):
                self.begin(index, event)
        elif self.frozen is None:
            if event.type in self.clock.stops:
                self.freeze("stopped", index, event)
            elif index == self.cycle.end or (event.type in ENDS and event.type not in self.clock.starts):
                self.freeze("ended", index, event)
            elif event.type == "graded":
                self.regrade(index, event)

    def begins(self, index: int, event: Event) -> bool:
        """Whether the clock waits for this event; the one after the cycle's last belongs to the next cycle."""
        return event.type in self.starts and index < self.cycle.end

    def begin(self, index: int, event: Event) -> None:
        """Start the clock (clocks.md 4)."""
        self.start = event
        self.in_force = self.limit(index)
        if self.in_force:
            self.set("started", event, self.reckon(event.at, self.in_force))

    def limit(self, index: int) -> Duration | None:
        """The limit that applies at the instant of the event at `index`."""
        events = self.state.events
        known = bisect_right(events, events[index].at, key=lambda event: event.at)

        def fact(name: str) -> Any:
            if name == "grade":
                return self.state.grade(self.policy.default_grade, before=known)
            return self.state.case.fact(name)

        found = self.clock.limit(fact)
        return found.within if found else None

    def reckon(self, since: datetime, limit: Duration) -> Reckoning:
        """`since` plus `limit`, with the pauses known to this run."""
        return Reckoning(since, limit, self.calendar.due(since, limit, self.pauses))

    def set(self, kind: str, event: Event, due: Reckoning, limit: Duration | None = None) -> None:
        """Put a due time in force."""
        self.due = due
        self.steps.append(Step(kind, event, due, limit=limit))

    def regrade(self, index: int, event: Event) -> None:
        """A change of grade while the clock is open (clocks.md 6)."""
        limit = self.limit(index)
        if self.breached or self.start is None or limit == self.in_force:
            return
        old = self.due
        if old and old.due.passed(event.at):
            self.breached = True
            self.steps.append(Step("breached", event, old))
        elif limit is None:
            self.due = self.extended = None
            self.cancelled = index
            self.steps.append(Step("cancelled", event, old))
        else:
            if self.clock.starts == ("graded",):
                self.start = event
            self.recount(event, self.reckon(self.start.at, limit), old)
        self.in_force = limit

    def recount(self, event: Event, new: Reckoning, old: Reckoning | None) -> None:
        """Rules 2 and 3 of clocks.md 6; an extended due time is kept where it is later."""
        self.cancelled = None
        kind, limit = "regraded" if old else "started", new.limit
        if new.due.passed(event.at):
            kind = "tightened"
            new = self.reckon(event.at, limit)
            if old and new.due.later_than(old.due):
                kind, new = "kept", old
        if self.extended and self.extended.due.later_than(new.due):
            kind, new = "kept-extended", self.extended
        self.set(kind, event, new, limit)

    def extend(self, index: int, event: Event) -> None:
        """An extension, effective or not (clocks.md 7)."""
        reason = self.objection(index, event)
        limit = extension_limit(event)
        if reason or limit is None or self.start is None:
            self.steps.append(Step("refused", event, reason=reason))
        else:
            self.extended = self.reckon(self.start.at, limit)
            self.set("extended", event, self.extended)

    def objection(self, index: int, event: Event) -> str:
        """The condition of clocks.md 7 that an extension fails, "" if none; judged with the pauses known by then."""
        rule = self.clock.extension
        if rule is None:
            return "not-extendable"
        if self.frozen is not None or index == self.cycle.end:
            return "stopped"
        if self.start is None or self.due is None:
            return "not-started"
        known = self.pauses_among(index + 1)
        due = self.calendar.due(self.due.since, self.due.limit, known)
        if due.passed(event.at):
            return "past-due"
        if known and known[-1].end is None:
            return "paused"
        start = self.start.at
        return unapproved(event, rule) or unfit(event, rule, due, lambda limit: self.calendar.due(start, limit, known))

    def freeze(self, kind: str, index: int, event: Event) -> None:
        """Stop or end the clock: nothing later changes its outcome.

        A clock that starts with a grade is not stopped while its grade has no limit: it may start again.
        """
        if self.due:
            self.steps.append(Step(kind, event, self.due))
        elif kind == "stopped" and self.clock.starts == ("graded",):
            return
        self.frozen = index

    def verdict(self, now: datetime) -> Verdict | None:
        """What the clock says at `now`, None where it is not listed."""
        if self.start is None:
            return Verdict(self.clock, self.cycle.number, self.owner(), Status.PENDING) if self.awaited() else None
        last = next((step for step in reversed(self.steps) if step.kind != "refused"), None)
        if last is None or last.reckoning is None:
            return None
        due, opens = last.reckoning.due, self.opening()
        found = Verdict(
            clock=self.clock,
            cycle=self.cycle.number,
            owner=self.owner(),
            status=Status.PENDING,
            start=self.calendar.local(self.start.at),
            due=due.at and self.calendar.local(due.at),
            provisional=due.provisional,
            opens=opens and self.calendar.local(opens),
            steps=tuple(self.steps),
            pauses=tuple(self.pauses),
        )
        if last.kind in ("cancelled", "stopped", "ended"):
            return found._replace(status=self.outcome(last, found), stop=self.calendar.local(last.event.at))
        status = self.running(now, found)
        return found._replace(status=status, due=None if status is Status.PAUSED else found.due)

    def awaited(self) -> bool:
        """Whether a `from` event can still come, and a limit would apply if it did."""
        present = self.cycle.number == self.state.cycle and self.state.ended is None
        can_come = any(name not in ("opened", "received", "reopened") for name in self.clock.starts)
        return present and can_come and self.limit(len(self.state.events) - 1) is not None

    def outcome(self, last: Step, found: Verdict) -> Status:
        """The status of a clock that was stopped, ended or cancelled (clocks.md 8)."""
        stop = last.event.at
        if found.due is not None and stop > found.due:
            return Status.LATE
        if last.kind != "stopped":
            return Status.CANCELLED
        return Status.EARLY if found.opens is not None and stop < found.opens else Status.MET

    def running(self, now: datetime, found: Verdict) -> Status:
        """The status of a clock that nothing has stopped (clocks.md 8)."""
        if found.due is not None and found.due < now:
            return Status.OVERDUE
        if found.due is None or found.start is None or (self.clock.pausable and self.state.waiting):
            return Status.PAUSED
        warn = self.clock.warn.elapsed if self.clock.warn else (found.due - found.start) / 4
        return Status.DUE_SOON if now >= found.due - warn else Status.RUNNING

    def opening(self) -> datetime | None:
        """The first moment at which the clock may stop, where the policy sets one."""
        limit = self.clock.not_before
        if limit is None or self.start is None:
            return None
        at = self.calendar.due(self.start.at, limit, self.pauses).at
        if at and limit.unit in ("wd", "d", "mo", "y"):
            return self.calendar.moment(self.calendar.day_of(at - SECOND), 0)
        return at

    def owner(self) -> str:
        """The role that must act; for the responsible department the one assigned before the clock was frozen."""
        if self.clock.owner != RESPONSIBLE:
            return self.clock.owner
        until = self.cycle.end if self.frozen is None else self.frozen + 1
        return self.state.responsible(before=until) or RESPONSIBLE
