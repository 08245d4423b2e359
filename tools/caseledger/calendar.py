"""Working time: which days and hours are open, and when a limit that starts at an instant is due (clocks.md 2, 3, 5).

All arithmetic is done in UTC; a day is a date in the calendar's zone.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from caseledger import localtime
from caseledger.duration import Duration
from caseledger.pauses import Pause, after_elapsed, since, unpaused

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = timedelta(days=1)

Windows = tuple[tuple[int, int], ...]
"""Open hours of a day as pairs of minutes from midnight, half-open; () is closed, ALL_DAY open throughout."""

ALL_DAY: Windows = ((0, 1440),)


class Due(NamedTuple):
    """When a limit is reached; `at` is None while a pause keeps it open; provisional past the calendar's review."""

    at: datetime | None
    provisional: bool

    def passed(self, at: datetime) -> bool:
        """Whether it lies before `at`."""
        return self.at is not None and self.at < at

    def later_than(self, other: "Due") -> bool:
        """Whether it falls after `other`; one that a pause keeps open falls after all that are fixed."""
        if self.at is None or other.at is None:
            return self.at is None and other.at is not None
        return self.at > other.at


class Counted(NamedTuple):
    """One day of a count of working days: "counted", "closed" or "paused"."""

    day: date
    verdict: str


@dataclass(frozen=True)
class Worked:
    """Working time that has gone by: as days, each day's part of its own windows, and as time within the windows."""

    days: float = 0.0
    time: timedelta = timedelta()
    provisional: bool = False
    """Whether a working day in it lies past the calendar's review."""

    def __add__(self, other: "Worked") -> "Worked":
        return Worked(self.days + other.days, self.time + other.time, self.provisional or other.provisional)


@dataclass(frozen=True)
class Calendar:
    """A reviewed working calendar."""

    name: str
    zone: ZoneInfo
    week: tuple[Windows, ...]
    exceptions: Mapping[date, Windows]
    names: Mapping[date, str]
    valid_through: date
    """The last day that was reviewed; the first of all days for a draft."""
    has_hours: bool

    def day_of(self, instant: datetime) -> date:
        """The date on which `instant` falls here."""
        return instant.astimezone(self.zone).date()

    def local(self, instant: datetime) -> datetime:
        """The same instant with the offset that is kept here on that day."""
        return localtime.local(self.zone, instant)

    def windows(self, day: date) -> Windows:
        """The open hours of a day; a dated exception decides before the weekly pattern."""
        found = self.exceptions.get(day)
        return self.week[day.weekday()] if found is None else found

    def moment(self, day: date, minute: int) -> datetime:
        """The instant (UTC) of a local time given in minutes from midnight; 1440 is the next day's 00:00."""
        return localtime.moment(self.zone, day, minute)

    def close(self, day: date) -> datetime:
        """The end of the day's last window, 24:00 where the day has no hours."""
        windows = self.windows(day)
        return self.moment(day, windows[-1][1] if windows else 1440)

    def due(self, start: datetime, limit: Duration, pauses: Sequence[Pause] = ()) -> Due:
        """`start` plus `limit` (clocks.md 3), the pauses left out of what is counted (clocks.md 5)."""
        pauses = since(start, pauses)
        match limit.unit:
            case "wd":
                return self._after_working_days(start, limit.number, pauses)
            case "wh":
                return self._after_working_hours(start, limit.elapsed, pauses)
            case "d":
                return self._end_of(self.day_of(start) + limit.number * DAY)
            case "mo":
                return self._end_of(_months_after(self.day_of(start), limit.number))
            case "y":
                return self._end_of(_months_after(self.day_of(start), 12 * limit.number))
            case _:
                return Due(after_elapsed(start.astimezone(UTC), limit.elapsed, pauses), False)

    def worked(self, begin: datetime, end: datetime, pauses: Sequence[Pause] = ()) -> Worked:
        """The working time from one instant to a later one, the pauses left out: of `wh` limits the way back."""
        begin, end = begin.astimezone(UTC), end.astimezone(UTC)
        days, time, provisional = 0.0, timedelta(), False
        day, last = self.day_of(begin), self.day_of(end)
        while day <= last:
            windows, length = _opened(self.zone, day, self.windows(day))
            within = timedelta()
            for opening, closing in windows:
                if opening < end and begin < closing:
                    within += unpaused(max(opening, begin), min(closing, end), pauses)
            if within:
                days, time, provisional = days + within / length, time + within, day > self.valid_through
            day += DAY
        return Worked(days, time, provisional)

    def count(self, start: datetime, number: int, pauses: Sequence[Pause] = ()) -> Iterator[Counted]:
        """The days after `start` up to the `number`th working day, and whether each counts.

        Ends early, after a day "paused", where a pause without end keeps every later day from counting.
        """
        day = self.day_of(start)
        while number:
            day += DAY
            if not self.windows(day):
                yield Counted(day, "closed")
                continue
            pause = next((p for p in pauses if p.covers(self.close(day))), None)
            yield Counted(day, "paused" if pause else "counted")
            if pause is None:
                number -= 1
            elif pause.end is None:
                return

    def _after_working_days(self, start: datetime, number: int, pauses: Sequence[Pause]) -> Due:
        *_, last = self.count(start, number, pauses)
        if last.verdict == "paused":
            return Due(None, False)
        return Due(self.close(last.day), last.day > self.valid_through)

    def _after_working_hours(self, start: datetime, length: timedelta, pauses: Sequence[Pause]) -> Due:
        start = start.astimezone(UTC)
        day = self.day_of(start)
        while True:
            windows, _ = _opened(self.zone, day, self.windows(day))
            for opening, end in windows:
                begin = max(opening, start)
                if begin >= end:
                    continue
                reached = after_elapsed(begin, length, pauses)
                if reached is None or reached <= end:
                    return Due(reached, reached is not None and day > self.valid_through)
                length -= unpaused(begin, end, pauses)
            day += DAY

    def _end_of(self, day: date) -> Due:
        working = day
        while not self.windows(working):
            working += DAY
        at = self.moment(day, 1440) if working == day else self.close(working)
        return Due(at, working > self.valid_through)


def load(data: Mapping[str, Any]) -> Calendar:
    """The calendar that a file of the calendar schema describes."""
    exceptions = {date.fromisoformat(e["date"]): e for e in data["exceptions"]}
    return Calendar(
        name=data["name"],
        zone=ZoneInfo(data["timezone"]),
        week=tuple(_windows(data["week"].get(weekday, False)) for weekday in WEEKDAYS),
        exceptions={day: _windows(e.get("hours", True) if e["open"] else False) for day, e in exceptions.items()},
        names={day: e["name"] for day, e in exceptions.items()},
        valid_through=date.min if data.get("provisional") else date.fromisoformat(data["valid_through"]),
        has_hours=has_hours(data),
    )


def has_hours(data: Mapping[str, Any]) -> bool:
    """Whether a file of the calendar schema gives hours for any day."""
    hours = [*data["week"].values(), *(e.get("hours") for e in data["exceptions"])]
    return any(isinstance(value, list) for value in hours)


def minutes(window: str) -> tuple[int, int]:
    """ "09:00-12:00" as minutes from midnight."""
    opening, closing = (60 * int(part[:2]) + int(part[3:]) for part in window.split("-"))
    return opening, closing


def _windows(value: bool | Sequence[str]) -> Windows:
    if isinstance(value, bool):
        return ALL_DAY if value else ()
    return tuple(sorted(minutes(window) for window in value))


def _months_after(day: date, number: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(1 << 12)
def _opened(zone: ZoneInfo, day: date, windows: Windows) -> tuple[tuple[tuple[datetime, datetime], ...], timedelta]:
    """The windows of a day as instants, and how long they are together."""
    found = tuple(
        (localtime.moment(zone, day, opening), localtime.moment(zone, day, closing)) for opening, closing in windows
    )
    return found, sum((closing - opening for opening, closing in found), timedelta())
