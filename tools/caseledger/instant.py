"""Moments in time (RFC 3339, whole seconds, always with an offset), and the one place that reads the wall clock."""

import re
from datetime import UTC, datetime, timedelta

_RFC3339 = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)", re.ASCII)


def parse(text: str) -> datetime:
    """The instant that `text` names, aware; ValueError unless it is RFC 3339 to the second with an offset."""
    if not _RFC3339.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def show(instant: datetime) -> str:
    """RFC 3339 to the second, in the instant's own offset."""
    return instant.isoformat(timespec="seconds")


def read(instant: datetime) -> str:
    """An instant as people read it, in its own offset: 2026-11-05 09:12:00."""
    return instant.isoformat(" ", "seconds")[:19]


def deadline(due: datetime) -> str:
    """A due time as people read it, in its own offset: the end of a day is its 24:00, not the next one's 00:00."""
    if (due.hour, due.minute, due.second) == (0, 0, 0):
        return f"{(due - timedelta(days=1)).date()} 24:00"
    return read(due)


def now() -> datetime:
    """The wall clock, in whole seconds, UTC."""
    return datetime.now(UTC).replace(microsecond=0)
