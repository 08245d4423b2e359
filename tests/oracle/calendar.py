"""Working time as clocks.md sections 1 to 3 put it: days are walked one by one, windows one by one.

The slow twin of `caseledger.calendar`, on plain data (a calendar file as read), written from the text alone.
"""

import calendar as months
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Calendar = dict[str, Any]
Pauses = list[tuple[datetime, datetime | None]]
"""When the case waited for the complainant, in order: [begin, end), the end None while it still waits."""
Due = tuple[datetime | None, bool]
"""A due time, None while a pause keeps it unknown, and whether it is provisional."""

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SECONDS = {"s": 1, "min": 60, "h": 3600, "wh": 3600}
ONE = timedelta(days=1)


def at_time(calendar: Calendar, day: date, clock: str) -> datetime:
    """The instant of a time of day; 24:00 is 00:00 of the next day (section 3)."""
    if clock == "24:00":
        return at_time(calendar, day + ONE, "00:00")
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(calendar["timezone"])).astimezone(UTC)


def day_of(calendar: Calendar, instant: datetime) -> date:
    """The date of an instant in the calendar's time zone (section 1)."""
    return instant.astimezone(ZoneInfo(calendar["timezone"])).date()


def hours(calendar: Calendar, day: date) -> list[tuple[str, str]]:
    """The windows of a day as times of day, none if it is closed; the dated exception comes first (section 2)."""
    pattern = calendar["week"].get(WEEK[day.weekday()], False)
    for exception in calendar["exceptions"]:
        if exception["date"] == day.isoformat():
            pattern = exception["open"] and exception.get("hours", True)
    if pattern is False:
        return []
    return [("00:00", "24:00")] if pattern is True else [(text[:5], text[6:]) for text in pattern]


def works(calendar: Calendar, day: date) -> bool:
    """Whether a day is a working day (section 2)."""
    return hours(calendar, day) != []


def close(calendar: Calendar, day: date) -> datetime:
    """The end of a working day's last window (section 2)."""
    return max(at_time(calendar, day, end) for _, end in hours(calendar, day))


def windows(calendar: Calendar, day: date) -> list[tuple[datetime, datetime]]:
    """The windows of a day as instants."""
    return sorted((at_time(calendar, day, a), at_time(calendar, day, b)) for a, b in hours(calendar, day))


def all_windows(calendar: Calendar, day: date) -> Iterator[tuple[datetime, datetime]]:
    """Every window from a day on."""
    while True:
        yield from windows(calendar, day)
        day += ONE


def unpaused(begin: datetime, end: datetime, pauses: Pauses) -> Iterator[tuple[datetime, datetime]]:
    """What pauses leave of a stretch of time."""
    for pause, resume in pauses:
        if pause >= end:
            break
        if pause > begin:
            yield begin, pause
        if resume is None:
            return
        begin = max(begin, resume)
    if begin < end:
        yield begin, end


def plus(calendar: Calendar, start: datetime, limit: str, pauses: Pauses) -> Due:
    """`start ⊕ limit` (sections 3 and 5)."""
    amount, unit = limit.split()
    number, valid = int(amount), date.fromisoformat(calendar["valid_through"])
    if unit in SECONDS:
        return _elapsed(calendar, start, timedelta(seconds=number * SECONDS[unit]), unit == "wh", pauses)
    day = day_of(calendar, start)
    if unit == "wd":
        while number > 0:  # the day of the start is not counted
            day += ONE
            if works(calendar, day):
                closing = close(calendar, day)
                if any(pause <= closing and resume is None for pause, resume in pauses):
                    return None, False
                if not any(pause <= closing and resume is not None and closing < resume for pause, resume in pauses):
                    number -= 1
        return close(calendar, day), day > valid
    if unit == "d":
        day += number * ONE
    else:
        day = _months_later(day, number if unit == "mo" else 12 * number)
    if works(calendar, day):
        return at_time(calendar, day, "24:00"), day > valid
    while not works(calendar, day):
        day += ONE
    return close(calendar, day), day > valid


def opening(calendar: Calendar, start: datetime, limit: str, pauses: Pauses) -> datetime | None:
    """`start ⊕ not_before`: for limits in days 00:00 of the day on which they end (section 8)."""
    at, _ = plus(calendar, start, limit, pauses)
    if at is None or limit.split()[1] in SECONDS:
        return at
    return at_time(calendar, day_of(calendar, at - timedelta(seconds=1)), "00:00")


def _elapsed(calendar: Calendar, start: datetime, limit: timedelta, working: bool, pauses: Pauses) -> Due:
    """The moment at which the unpaused time since the start, inside windows if working, reaches the limit."""
    end_of_time = datetime(9000, 1, 1, tzinfo=UTC)
    stretches = all_windows(calendar, day_of(calendar, start)) if working else iter([(start, end_of_time)])
    valid = date.fromisoformat(calendar["valid_through"])
    for opens, closes in stretches:
        for begin, end in unpaused(max(opens, start), closes, pauses):
            if end - begin >= limit:
                return begin + limit, working and day_of(calendar, begin) > valid
            limit -= end - begin
        if pauses and pauses[-1][1] is None and pauses[-1][0] < closes:
            return None, False
    raise AssertionError("a limit that outlasts time")


def _months_later(day: date, number: int) -> date:
    """The corresponding date, or the month's last day (section 3)."""
    months_on = day.year * 12 + day.month - 1 + number
    year, month = months_on // 12, months_on % 12 + 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))
