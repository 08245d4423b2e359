"""Waits for the complainant, and the time between them (clocks.md 5)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple


class Pause(NamedTuple):
    """A wait for the complainant: half-open, `end` None while it lasts."""

    begin: datetime
    end: datetime | None

    def covers(self, at: datetime) -> bool:
        """Whether `at` lies in it."""
        return self.begin <= at and (self.end is None or at < self.end)


def since(start: datetime, pauses: Sequence[Pause]) -> list[Pause]:
    """The pauses, or parts of them, that come after `start`."""
    return [Pause(max(p.begin, start), p.end) for p in pauses if p.end is None or p.end > start]


def after_elapsed(start: datetime, length: timedelta, pauses: Sequence[Pause]) -> datetime | None:
    """The moment at which the unpaused time since `start` reaches `length`; None if a pause has no end."""
    for begin, end in pauses:
        if end is not None and end <= start:
            continue
        run = max(begin - start, timedelta())
        if run >= length:
            break
        length -= run
        if end is None:
            return None
        start = end
    return (start + length).astimezone(UTC)


def unpaused(begin: datetime, end: datetime, pauses: Sequence[Pause]) -> timedelta:
    """The time between two instants that no pause covers."""
    length = end - begin
    for p in pauses:
        overlap = min(end, p.end or end) - max(begin, p.begin)
        length -= max(overlap, timedelta())
    return length
