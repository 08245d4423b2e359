"""One clock in one cycle of a case, replayed from the first event for every next event that becomes known.

Each replay knows the pauses of its events and no others, so nothing that happens after a clock stopped can touch it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.oracle.calendar import SECONDS, Calendar, Due, Pauses, opening, plus
from tests.oracle.events import ENDS, Data, paused_after, pauses_of


@dataclass
class Life:
    """A clock as far as it has been replayed; `due` leaves extensions out."""

    pauses: Pauses
    start: datetime | None = None
    limit: str | None = None
    due: Due = (None, False)
    extended: Due | None = None
    unheeded: bool = False  # a `to` event or the end came after the start while no limit matched
    stop: datetime | None = None
    end: str = ""  # to: an event of its `to` stopped it; case: case or cycle ended; regrade: the grade left its limits

    def present_due(self) -> Due:
        """The due time: the later of regraded and extended (section 7)."""
        return self.due if self.extended is None else _later(self.due, self.extended)

    def is_open(self) -> bool:
        """Started under a limit and not stopped."""
        return self.limit is not None and not self.end


@dataclass
class Replay:
    """What a verdict depends on, for one clock and one cycle."""

    case: Data
    policy: Data
    calendar: Calendar
    events: list[Data]
    clock: Data
    cycle: int

    def verdict(self, now: datetime) -> Data | None:
        """The verdict, None where the clock is not listed."""
        life, frozen = Life([]), None
        for count in range(1, len(self.events) + 1):
            before, life = life, self.replay(count)
            if life.end and (life.end, life.stop) != (before.end, before.stop):
                frozen = self._ended(life, self.events[:count])
            if life.end in ("to", "case"):
                return frozen  # section 4: a stopped clock is frozen
        if life.end:
            return frozen
        if life.limit is not None:
            return self._running(life, now)
        return self._listed(self.events, "pending", None, (None, False), None) if self._awaited(life) else None

    def replay(self, count: int) -> Life:
        """The clock after the first `count` events."""
        life = Life(pauses_of(self.events[:count]) if self.clock.get("pausable") else [])
        for place, event in enumerate(self.events[:count]):
            if life.end in ("to", "case") or event["cycle"] < self.cycle:
                continue
            kind, stops = event["type"], event["type"] in self.clock["to"]
            ends = kind in ENDS and kind not in self.clock["from"]  # section 9: a clock is not ended by its own `from`
            if life.is_open() and (stops if event["cycle"] == self.cycle else kind == "reopened"):
                # section 4: reopening stops a clock that lists it in `to` and ends any other
                life.stop, life.end = event["instant"], "to" if stops else "case"
            elif event["cycle"] > self.cycle:
                continue
            elif life.start is None:
                self._start(life, event)
            elif life.is_open() and ends:
                life.stop, life.end = event["instant"], "case"  # section 8
            elif life.is_open() and kind == "extended" and event["clock"] == self.clock["id"]:
                if self._effective(event, self.replay(place), paused=self._paused(place)):
                    life.extended = self._plus(life, life.start, event["to"])
            else:
                life.unheeded = life.unheeded or stops or ends
                if kind == "graded":
                    self._regrade(life, event["instant"])
        return life

    def _start(self, life: Life, event: Data) -> None:
        """The first `from` event of the cycle (section 4)."""
        opens = "opened" in self.clock["from"] and event["type"] == ("received" if self.cycle == 1 else "reopened")
        if opens or event["type"] in self.clock["from"]:
            life.start = event["instant"]
            life.limit = self._limit(event["instant"])
            if life.limit is not None:
                life.due = self._plus(life, life.start, life.limit)

    def _regrade(self, life: Life, instant: datetime) -> None:
        """A change of grade (section 6)."""
        limit, was_open = self._limit(instant), life.is_open()
        latest_run = self.clock["from"] == ["graded"]
        if was_open and _passed(life.present_due(), instant):
            return  # rule 1: the breach stands
        if life.unheeded and not latest_run:
            return  # section 4: the stop has been
        if was_open and limit is None:
            life.stop, life.end = instant, "regrade"
        elif limit is not None and (not was_open or limit != life.limit):
            if latest_run:  # section 4: the start is the first of the latest unbroken run with the present grade
                life.start = instant
            due = self._plus(life, life.start, limit)
            if _passed(due, instant):  # rule 3
                due = self._plus(life, instant, limit)
                if was_open and _later(due, life.due) == due:
                    due = life.due
            life.limit, life.due = limit, due
            if not was_open:
                life.extended, life.stop, life.end = None, None, ""

    def _paused(self, count: int) -> bool:
        """Whether the clock is paused after the first `count` events (section 5)."""
        paused = False
        for event in self.events[:count]:
            paused = paused_after(event, paused)
        return paused and bool(self.clock.get("pausable"))

    def _effective(self, event: Data, life: Life, *, paused: bool) -> bool:
        """Whether an extension is effective, on the clock as it was then (section 7)."""
        terms, due = self.clock.get("extendable"), life.present_due()
        if terms is None or paused or _passed(due, event["instant"]):
            return False
        if "approver" in terms:
            approval = event.get("approved_by") or {"by": None, "as": None}
            if approval["as"] != terms["approver"] or approval["by"] == event["by"]:
                return False
        if terms.get("consumer_told"):
            told = event.get("consumer_told")
            if told is None or datetime.fromisoformat(told) > event["instant"]:
                return False
        extended, most = (self._plus(life, life.start, limit) for limit in (event["to"], terms["max"]))
        return _passed(due, extended[0]) and not _passed(most, extended[0])

    def _limit(self, instant: datetime) -> str | None:
        """The first limit that matches with the grade in force at an instant (sections 4 and 6)."""
        grade = self.policy["default_grade"]
        for event in self.events:
            if event["type"] == "graded" and event["instant"] <= instant:
                grade = event["grade"]
        facts = {"public_opinion": False} | self.case | {"grade": grade}
        for limit in self.clock["limits"]:
            named = limit.get("when", {}).items()
            if all(facts[fact] in value if isinstance(value, list) else facts[fact] == value for fact, value in named):
                return str(limit["within"])
        return None

    def _plus(self, life: Life, start: datetime | None, limit: str) -> Due:
        assert start is not None
        return plus(self.calendar, start, limit, life.pauses)

    def _awaited(self, life: Life) -> bool:
        """Whether a clock that has not started is listed (section 4)."""
        cycle = [event for event in self.events if event["cycle"] == self.cycle]
        present = self.cycle == self.events[-1]["cycle"]
        ended = any(event["type"] in ENDS for event in cycle)
        can_come = any(
            kind != "reopened" and (kind not in ("received", "opened") or self.cycle == 1)
            for kind in self.clock["from"]
        )
        matches = self._limit(self.events[-1]["instant"]) is not None
        return life.start is None and present and not ended and can_come and matches

    def _ended(self, life: Life, events: list[Data]) -> Data:
        """The verdict of a clock at its stop (section 8; section 5 where it was paused)."""
        assert life.stop is not None
        due, early = life.present_due(), False
        if due[0] is not None and life.start is not None and "not_before" in self.clock:
            opens = opening(self.calendar, life.start, self.clock["not_before"], life.pauses)
            early = opens is not None and life.stop < opens
        if _passed(due, life.stop):
            status = "late"
        elif life.end != "to":
            status = "cancelled"
        else:
            status = "early" if early else "met"
        return self._listed(events, status, life.start, due, life.stop)

    def _running(self, life: Life, now: datetime) -> Data:
        """The verdict of an open clock (section 8)."""
        assert life.start is not None
        due = life.present_due()
        if due[0] is not None and now > due[0]:
            status = "overdue"
        elif due[0] is None or self._paused(len(self.events)):
            status, due = "paused", (None, False)
        else:
            status = "due-soon" if now >= due[0] - self._warn(due[0] - life.start) else "running"
        return self._listed(self.events, status, life.start, due, None)

    def _warn(self, whole: timedelta) -> timedelta:
        """How long before due a clock is near it: by default a quarter (section 8)."""
        if "warn" not in self.clock:
            return whole / 4
        number, unit = self.clock["warn"].split()
        return timedelta(seconds=int(number) * SECONDS[unit])

    def _listed(self, events: list[Data], status: str, start: datetime | None, due: Due, stop: datetime | None) -> Data:
        owner = self.clock["owner"]
        if owner == "responsible-department":  # section 9; frozen with the rest (section 4)
            assigned = [event["to"] for event in events if event["type"] == "assigned"]
            owner = assigned[-1] if assigned else owner
        return {
            "clock": self.clock["id"],
            "cycle": self.cycle,
            "clause": self.clock["clause"],
            "owner": owner,
            "status": status,
            "start": start,
            "due": due[0],
            "stop": stop,
            "provisional": due[1],
        }


def _passed(due: Due, instant: datetime | None) -> bool:
    """Whether a due time is before an instant; unknown, on either side, is later than anything known."""
    return due[0] is not None and (instant is None or due[0] < instant)


def _later(one: Due, other: Due) -> Due:
    """The later of two due times, `other` if they are equal."""
    return other if one[0] is not None and not _passed(other, one[0]) else one
