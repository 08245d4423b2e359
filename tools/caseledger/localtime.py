"""Local times of a zone and the instants that they are.

A local time that the clocks skip is the moment of the jump; one that occurs twice is the first.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(1 << 10)
def local(zone: ZoneInfo, instant: datetime) -> datetime:
    """The same instant with the offset that the zone has then."""
    here = instant.astimezone(zone)
    return here.replace(tzinfo=_fixed(here.utcoffset() or timedelta()), fold=0)


@lru_cache
def _fixed(offset: timedelta) -> timezone:
    return timezone(offset)


@lru_cache(1 << 16)
def moment(zone: ZoneInfo, day: date, minute: int) -> datetime:
    """The instant (UTC) of a local time given in minutes from midnight; 1440 is the next day's 00:00."""
    wall = datetime.combine(day, time(), zone) + timedelta(minutes=minute)
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        return _jump(zone, instant)
    return instant


def _jump(zone: ZoneInfo, after: datetime) -> datetime:
    """The instant, at most a day before `after`, at which the zone's offset last changed."""
    early, late = after - timedelta(days=1), after
    offset = late.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            late = middle
        else:
            early = middle
    return late
