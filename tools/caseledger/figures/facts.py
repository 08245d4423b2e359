"""What figures need to know of a case: small, and for every case at once.

A deadline counts for the month in which it was decided: the month of the stop where it was kept (or stopped too early),
else the month whose end or day the deadline was, whenever somebody acted afterwards. So a month that is over does not
change any more when a late case is dealt with at last.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from caseledger.calendar import Calendar
from caseledger.clocks import OPEN, Status, Verdict
from caseledger.figures import months
from caseledger.findings import Judged
from caseledger.lifecycle import CaseState
from caseledger.model import Event

ASPECTS = ("goods", "service", "price", "environment", "rights")
"""What a return visit may ask about beside satisfaction as a whole."""
DECIDED = frozenset({Status.MET, Status.EARLY, Status.LATE, Status.OVERDUE})
"""Statuses that say whether a deadline was kept."""

_SECOND = timedelta(seconds=1)


class Deadline(NamedTuple):
    """A clock of a case that has started and was not cancelled; `month` ("2026-11") is "" while it is not decided."""

    status: str
    profile: str
    clock: str
    owner: str
    month: str


class Visit(NamedTuple):
    """A return visit: its month, the satisfaction (None: not reached), the scores on ASPECTS (None: not asked)."""

    month: str
    score: int | None
    aspects: tuple[int | None, ...]


class Payment(NamedTuple):
    """What a consumer was given: month, currency, decimal as text."""

    month: str
    currency: str
    value: str


class Facts(NamedTuple):
    """What figures need to know of one case; days are those of its calendar."""

    profile: str
    category: str
    received: date
    ended: date | None
    nature: str
    """What the last investigation found, "" before the first."""
    parties: tuple[tuple[str, str], ...]
    """Who is responsible by the last investigation: kind and name."""
    deadlines: tuple[Deadline, ...]
    visits: tuple[Visit, ...]
    payments: tuple[Payment, ...]


def facts(judged: Judged, calendar: Calendar) -> Facts:
    """The facts of a judged case, of which at least one event is known."""
    state = judged.state
    found = state.last("investigated")
    responsible = found.data.get("responsible", ()) if found else ()
    return Facts(
        profile=judged.policy.profile,
        category=state.case.data["category"],
        received=calendar.day_of(state.events[0].at),
        ended=calendar.day_of(state.ended.at) if state.ended else None,
        nature=str(found.data.get("nature", "")) if found else "",
        parties=tuple(dict.fromkeys((party["party"], party.get("name", "")) for party in responsible)),
        deadlines=tuple(
            deadline(judged.policy.profile, verdict, calendar)
            for verdict in judged.verdicts
            if verdict.status in DECIDED or (verdict.status in OPEN and verdict.start)
        ),
        visits=tuple(_visits(state, calendar)),
        payments=tuple(_payments(state, calendar)),
    )


def deadline(profile: str, verdict: Verdict, calendar: Calendar) -> Deadline:
    """What figures need to know of a clock that has started."""
    found = verdict.status.value, profile, verdict.clock.id, verdict.owner, month_of(verdict, calendar)
    return _shared(Deadline(*found))


def month_of(verdict: Verdict, calendar: Calendar) -> str:
    """The month in which a deadline was decided, "" while it is not."""
    if verdict.status in (Status.MET, Status.EARLY) and verdict.stop:
        return months.of(calendar.day_of(verdict.stop))
    if verdict.status in DECIDED and verdict.due:
        return months.of(calendar.day_of(verdict.due - _SECOND))
    return ""


def shared(found: Facts) -> Facts:
    """The same facts, which share their deadlines with all others that have the same: there are few kinds of them."""
    return found._replace(deadlines=tuple([_shared(one) for one in found.deadlines]))


def _shared(one: Deadline) -> Deadline:
    return _KINDS.setdefault(one, one)


_KINDS: dict[Deadline, Deadline] = {}


def _visits(state: CaseState, calendar: Calendar) -> Iterator[Visit]:
    for event in _all(state, "followed-up"):
        aspects = tuple(event.data.get(name) for name in ASPECTS)
        yield Visit(months.of(calendar.day_of(event.at)), event.data.get("satisfaction"), aspects)


def _payments(state: CaseState, calendar: Calendar) -> Iterator[Payment]:
    for event in _all(state, "executed"):
        month = months.of(calendar.day_of(event.at))
        for amount in (item["amount"] for item in event.data["dispositions"] if "amount" in item):
            yield Payment(month, amount["currency"], amount["value"])


def _all(state: CaseState, kind: str) -> Iterator[Event]:
    return (event for event in state.events if event.type == kind)
