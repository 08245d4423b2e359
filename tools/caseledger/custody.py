"""Which department held a case for how long: who spent the time, not only whether it ran out.

The role that received the case holds it first; a program (the role `bot`) only until a person acts. `assigned`, also
back again, hands it to another role; the end of the case ends it; `reopened` gives it to the role that reopened it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from caseledger.calendar import Calendar, Worked
from caseledger.lifecycle import CaseState, waits
from caseledger.model import ENDS, Event
from caseledger.pauses import Pause, unpaused

BOT = "bot"


class Stint(NamedTuple):
    """A time without break in which one role held the case; the end is None while it does."""

    role: str
    begin: datetime
    end: datetime | None


@dataclass(frozen=True)
class Custody:
    """All the time that one role held the case: how often, the time in which it could act, and the waits apart."""

    role: str
    times: int
    elapsed: timedelta
    worked: Worked
    waiting: timedelta
    holds: bool
    """Whether it holds the case now."""


def custody(state: CaseState, calendar: Calendar, now: datetime) -> list[Custody]:
    """What each role spent by `now`, in the order in which they first held the case."""
    pauses, _ = waits(state.events)
    found = list(stints(state))
    return [
        _custody(role, [s for s in found if s.role == role], pauses, calendar, now)
        for role in dict.fromkeys(stint.role for stint in found)
    ]


def stints(state: CaseState) -> Iterator[Stint]:
    """Who held the case, one after the other."""
    holder: str | None = None
    begin: datetime | None = None
    for number, event in enumerate(state.events):
        follower = event.role if number == 0 else _follower(event, holder)
        if follower != holder:
            if holder and begin:
                yield Stint(holder, begin, event.at)
            holder, begin = follower, event.at
    if holder and begin:
        yield Stint(holder, begin, None)


def _follower(event: Event, holder: str | None) -> str | None:
    """Who holds the case after an event."""
    if event.type in ENDS:
        return None
    if event.type == "reopened":
        return event.role
    if holder and event.type == "assigned":
        return str(event.data.get("to"))
    return event.role if holder == BOT else holder


def _custody(role: str, held: list[Stint], pauses: list[Pause], calendar: Calendar, now: datetime) -> Custody:
    elapsed = waiting = timedelta()
    worked = Worked()
    for stint in held:
        end = stint.end or now
        acting = unpaused(stint.begin, end, pauses)
        elapsed += acting
        waiting += end - stint.begin - acting
        worked += calendar.worked(stint.begin, end, pauses)
    return Custody(role, len(held), elapsed, worked, waiting, held[-1].end is None)
