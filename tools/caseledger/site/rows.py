"""What lists, figures and search need to know of a case: small enough to keep for every case at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from caseledger import obligations
from caseledger.calendar import Calendar
from caseledger.clocks import Status
from caseledger.figures.facts import Deadline, Facts, deadline, facts
from caseledger.findings import Judged
from caseledger.keeping import kept
from caseledger.lifecycle import CaseState
from caseledger.obligations import Open
from caseledger.site import timed
from caseledger.upcoming import Upcoming, by_type, towards

WATCHED = (Status.OVERDUE, Status.DUE_SOON, Status.RUNNING)
"""The statuses of clocks that somebody has to act on by a known time, worst first."""


class Step(NamedTuple):
    """An entry to make: its type, and the role that makes it, which is the clock's owner where that may."""

    type: str
    role: str


@dataclass(frozen=True, slots=True)
class Watched:
    """A clock that somebody has to act on; `steps` are the entries of which one is next on the way to stopping it."""

    title: Mapping[str, str]
    owner: str
    status: Status
    due: datetime
    provisional: bool
    deadline: Deadline
    steps: tuple[Step, ...]


class Paused(NamedTuple):
    """A clock that stands still while the case waits for the complainant: its title, and who acts when it runs on."""

    title: Mapping[str, str]
    owner: str


class Appraisal(NamedTuple):
    """An appraisal whose result was made public: what it was, where and on which day."""

    result: str
    where: str
    on: str


@dataclass(frozen=True, slots=True)
class Row:
    """One case; moments are in the zone of its calendar."""

    id: str
    policy: str
    summary: str
    language: str
    market: str
    channel: str
    category: str
    grade: str
    state: str
    outcome: str | None
    received: datetime
    ended: datetime | None
    kept_until: date | None
    watched: tuple[Watched, ...]
    breaches: int
    demand: str
    sku: str
    supplier: str
    related: tuple[str, ...]
    facts: Facts
    opened: tuple[Open, ...]
    timed: str
    """Its clocks as feeds need them, packed."""
    paused: tuple[Paused, ...] = ()
    appraisals: tuple[Appraisal, ...] = ()

    @property
    def url(self) -> str:
        """Where the case's page is, from the top of a language's pages."""
        return page_of(self.id)

    @property
    def open(self) -> bool:
        """Whether the case has not ended."""
        return self.ended is None

    @property
    def next(self) -> Watched | None:
        """The clock that is due first."""
        return min(self.watched, key=lambda clock: clock.due, default=None)


def page_of(case_id: str) -> str:
    """Where the page of a case is, from the top of a language's pages."""
    return f"cases/{case_id[2:6]}/{case_id[6:8]}/{case_id}.html"


def row(judged: Judged, calendar: Calendar) -> Row:
    """The row of a judged case, of which at least one event is known."""
    state, policy = judged.state, judged.policy
    data = state.case.data
    product = data.get("product", {})
    ended = state.ended
    return Row(
        id=judged.id,
        policy=policy.name,
        summary=data["summary"],
        language=data["language"],
        market=data["market"],
        channel=data["channel"],
        category=data["category"],
        grade=state.grade(policy.default_grade),
        state=state.state,
        outcome=ended.data.get("outcome") if ended else None,
        received=calendar.local(state.events[0].at),
        ended=calendar.local(ended.at) if ended else None,
        kept_until=kept_until(judged, calendar),
        watched=tuple(_watched(judged, calendar)),
        breaches=sum(verdict.breached for verdict in judged.verdicts),
        demand=data["demand"],
        sku=product.get("sku", ""),
        supplier=product.get("supplier", ""),
        related=tuple(data.get("related", ())),
        facts=facts(judged, calendar),
        opened=tuple(obligations.opened(state)),
        timed=timed.packed(judged),
        paused=tuple(Paused(v.clock.title, v.owner) for v in judged.verdicts if v.status is Status.PAUSED),
        appraisals=tuple(_appraisals(state)),
    )


def kept_until(judged: Judged, calendar: Calendar) -> date | None:
    """The last day of the case's retention, None while the case is open."""
    found = kept(judged.state, judged.policy, calendar)
    return found.until if found else None


def _watched(judged: Judged, calendar: Calendar) -> Iterator[Watched]:
    watched = [verdict for verdict in judged.verdicts if verdict.status in WATCHED]
    steps = by_type(judged) if watched else {}
    for verdict in watched:
        if verdict.due:
            yield Watched(
                title=verdict.clock.title,
                owner=verdict.owner,
                status=verdict.status,
                due=verdict.due,
                provisional=verdict.provisional,
                deadline=deadline(judged.policy.profile, verdict, calendar),
                steps=tuple(_step(step, verdict.owner) for step in towards(steps, verdict.clock)),
            )


def _appraisals(state: CaseState) -> Iterator[Appraisal]:
    for event in state.events:
        if event.type == "appraised" and "published" in event.data:
            yield Appraisal(event.data["result"], **event.data["published"])


def _step(step: Upcoming, owner: str) -> Step:
    return Step(step.type, owner if step.roles is None or owner in step.roles else step.roles[0])
