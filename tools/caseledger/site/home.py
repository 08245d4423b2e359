"""The figures that matter today, and what waits for each department."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from caseledger.clocks import Status
from caseledger.language import N_
from caseledger.obligations import Duty
from caseledger.site.casepage import margin
from caseledger.site.duties import page_of
from caseledger.site.pages import Writer
from caseledger.site.paging import numbered, numbered_path
from caseledger.site.rows import WATCHED, Row, Watched

URGENT = 8
"""Tasks of each department on the first page."""


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


@dataclass(frozen=True, slots=True)
class Task:
    """A clock of a case that a department has to act on."""

    row: Row
    clock: Watched


@dataclass(frozen=True, slots=True)
class Department:
    """A role and what waits for it, overdue first, each in the order of being due: clocks of cases, and duties."""

    role: str
    tasks: Sequence[Task]
    duties: Sequence[Duty]

    def count(self, status: str) -> int:
        """How many of them have that status."""
        return [*(task.clock.status for task in self.tasks), *(duty.status for duty in self.duties)].count(
            Status(status)
        )


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
        ended_this_month=sum(_same_month(row.ended, now) for row in rows),
    )


def departments(rows: Iterable[Row], duties: Iterable[Duty], order: Mapping[str, int]) -> list[Department]:
    """Every role for which something waits; `order` places the roles."""
    tasks, owed = defaultdict(list), defaultdict(list)
    for row in rows:
        for clock in row.watched:
            tasks[clock.owner].append(Task(row, clock))
    for duty in duties:
        if duty.status in WATCHED:
            owed[duty.owner].append(duty)
    return [
        Department(
            role,
            sorted(tasks[role], key=lambda task: (WATCHED.index(task.clock.status), task.clock.due, task.row.id)),
            sorted(owed[role], key=lambda duty: (WATCHED.index(duty.status), duty.due, duty.key)),
        )
        for role in sorted(tasks.keys() | owed.keys(), key=lambda role: (order.get(role, len(order)), role))
    ]


def _same_month(at: datetime | None, now: datetime) -> bool:
    return at is not None and (at.year, at.month) == (now.astimezone(at.tzinfo).year, now.astimezone(at.tzinfo).month)


def write(writer: Writer, rows: Sequence[Row], duties: Sequence[Duty], problems: int) -> None:
    """Write the first page, and for every department the whole of what waits for it."""
    words, names = writer.words, writer.names
    found = departments(rows, duties, names.role_order)
    writer.page(
        "index.md",
        words.t(N_("Home")),
        "home.html",
        figures=figures(rows, writer.now),
        departments=found,
        problems=problems,
        limit=URGENT,
        margin=partial(margin, words),
        page=page_of,
    )
    for department in found:
        parts = numbered(department.tasks)
        for number, tasks in enumerate(parts, start=1):
            writer.page(
                numbered_path(f"departments/{department.role}", number),
                names.role(department.role),
                "department.html",
                department=department,
                tasks=tasks,
                number=number,
                last=len(parts),
                margin=partial(margin, words),
                page=page_of,
            )
