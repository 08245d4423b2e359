"""The figures that matter today, and what waits for each department."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from caseledger.clocks import Status
from caseledger.language import N_
from caseledger.site.casepage import margin
from caseledger.site.departments import Department
from caseledger.site.duties import page_of
from caseledger.site.pages import Writer
from caseledger.site.rows import Row

URGENT, TASKS = 8, 50
"""Tasks on the first page: of each department, and of all where that leaves each of them one."""
SECTIONS = 16
"""Departments of which tasks stand on the first page; where there are more, those with the most overdue."""
_MONTH = timedelta(days=32)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of cases, and of clocks where a name says so."""

    cases: int
    open: int
    waiting: int
    overdue: int
    overdue_clocks: int
    due_soon: int
    due_soon_clocks: int
    breached: int
    received_this_month: int
    ended_this_month: int


def figures(rows: Sequence[Row], now: datetime) -> Figures:
    """The figures as of `now`."""
    clocks = [clock.status for row in rows for clock in row.watched]
    return Figures(
        cases=len(rows),
        open=sum(row.open for row in rows),
        waiting=sum(row.state == "waiting" for row in rows),
        overdue=sum(any(clock.status is Status.OVERDUE for clock in row.watched) for row in rows),
        due_soon=sum(any(clock.status is Status.DUE_SOON for clock in row.watched) for row in rows),
        overdue_clocks=clocks.count(Status.OVERDUE),
        due_soon_clocks=clocks.count(Status.DUE_SOON),
        breached=sum(row.open and row.breaches > 0 for row in rows),
        received_this_month=sum(_same_month(row.received, now) for row in rows),
        ended_this_month=sum(_same_month(row.ended, now) for row in rows if row.ended),
    )


def _same_month(at: datetime, now: datetime) -> bool:
    here = now.astimezone(at.tzinfo) if abs(at - now) < _MONTH else None
    return here is not None and (at.year, at.month) == (here.year, here.month)


def write(writer: Writer, found: Figures, waiting: Sequence[Department], problems: int) -> None:
    """Write the first page."""
    words = writer.words
    busy = [department for department in waiting if department.tasks]
    shown = _most_overdue(busy)
    writer.page(
        "index.md",
        words.t(N_("Home")),
        "home.html",
        figures=found,
        month=f"{writer.names.today(writer.now):%Y-%m}",
        departments=shown,
        busy=len(busy),
        problems=problems,
        limit=_limit(shown),
        margin=partial(margin, words),
        page=page_of,
    )


def _most_overdue(busy: Sequence[Department]) -> list[Department]:
    """The departments whose tasks are shown, in their order."""
    worst = sorted(busy, key=lambda department: department.count(Status.OVERDUE), reverse=True)[:SECTIONS]
    return [department for department in busy if department in worst]


def _limit(shown: Sequence[Department]) -> int:
    """How many tasks of each department there is room for."""
    rooms = (n for n in range(URGENT, 1, -1) if sum(min(n, len(one.tasks)) for one in shown) <= TASKS)
    return next(rooms, 1)
