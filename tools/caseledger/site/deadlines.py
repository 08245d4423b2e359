"""A calendar for each department: its deadlines as events, to be subscribed to (RFC 5545).

An event keeps its UID while its clock runs, is paused and runs again; when the clock stops, it is called off. An end of
a day is an event of that whole day, any other moment the half hour before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from caseledger import __version__, instant

if TYPE_CHECKING:
    from icalendar import Event

PLACE = timedelta(minutes=30)
"""How long an event is that is due at a moment of the day."""
MORNING = timedelta(hours=9)
"""When the day's alarm is, after midnight."""
BEFORE = timedelta(hours=1)
"""How long before a moment its alarm is."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A deadline in words; `due` in the zone of its calendar, `off` when it does not run."""

    uid: str
    title: str
    text: str
    due: datetime
    off: bool
    sequence: int
    changed: datetime
    link: str | None


def calendar(name: str, appointments: Iterable[Appointment]) -> str:
    """A calendar of that name, as text."""
    from icalendar import Calendar  # noqa: PLC0415 - slow to load, and few builds need it

    made = Calendar()
    made.add("prodid", f"-//caseledger//caseledger {__version__}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for appointment in appointments:
        made.add_component(_event(appointment))
    raw: bytes = made.to_ical()
    return raw.decode()


def _event(one: Appointment) -> "Event":
    from icalendar import Alarm, Event  # noqa: PLC0415 - as above

    made = Event()
    made.add("uid", one.uid)
    made.add("dtstamp", one.changed)
    made.add("last-modified", one.changed)
    made.add("sequence", one.sequence)
    made.add("summary", one.title)
    made.add("description", one.text)
    made.add("status", "CANCELLED" if one.off else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    if one.link:
        made.add("url", one.link)
    whole = instant.deadline(one.due).endswith(" 24:00")
    if whole:
        day = (one.due - timedelta(days=1)).date()
        made.add("dtstart", day)
        made.add("dtend", day + timedelta(days=1))
    else:
        end = one.due.astimezone(UTC)
        made.add("dtstart", end - PLACE)
        made.add("dtend", end)
    if not one.off:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.title)
        alarm.add("trigger", MORNING if whole else PLACE - BEFORE)
        made.add_component(alarm)
    return made
