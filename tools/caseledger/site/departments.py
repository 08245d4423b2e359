"""What waits for each department, in the order of being due, with the next step and how it is done."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from caseledger import files, forge, obligations, review
from caseledger.clocks import Status
from caseledger.language import N_
from caseledger.obligations import Duty
from caseledger.people import Person
from caseledger.policy import RESPONSIBLE
from caseledger.site import duties, frames, visible
from caseledger.site.casepage import margin
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.paging import numbered, numbered_path, parts
from caseledger.site.rows import WATCHED, Paused, Row, Step, Watched

LIMIT = 30
"""Tasks on a page."""
STILL = 10
"""Paused clocks on a department's first page; where there are more, all of them stand on pages of their own."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a department has to act on by a known time: a clock of a case, or else a periodic duty or an action."""

    status: Status
    due: datetime
    row: Row | None = None
    clock: Watched | None = None
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """A role and what waits for it, overdue first, each in the order of being due; `paused` has no due time by now."""

    role: str
    tasks: Sequence[Task]
    paused: Sequence[tuple[Row, Paused]] = ()

    def count(self, status: str) -> int:
        """How many of its tasks have that status."""
        return sum(task.status == status for task in self.tasks)


@dataclass
class Frames:
    """The entries prepared on one page; each stands there once, whatever the number of cases that need it."""

    names: Names
    found: dict[tuple[str, Step], int] = field(default_factory=dict)

    def number(self, row: Row, step: Step) -> int:
        """The number on the page of the entry that a case needs."""
        return self.found.setdefault((row.policy, step), len(self.found) + 1)

    def all(self) -> Iterator[tuple[int, Step, str]]:
        """Every entry that a number was asked for: the number, the step, its text."""
        for (policy, step), number in self.found.items():
            yield number, step, frames.entry(self.names.named(policy), step.type, step.role, self.names.words)


def departments(rows: Iterable[Row], owed: Iterable[Duty], order: Mapping[str, int]) -> list[Department]:
    """Every role for which something waits; `order` places the roles."""
    tasks: dict[str, list[Task]] = defaultdict(list)
    paused: dict[str, list[tuple[Row, Paused]]] = defaultdict(list)
    for row in rows:
        for still in row.paused:
            paused[still.owner].append((row, still))
        for clock in row.watched:
            tasks[clock.owner].append(Task(clock.status, clock.due, row, clock))
    for hidden in (paused, tasks):
        hidden.pop("", None)  # nobody may know whose it is
    for duty in owed:
        if duty.status in WATCHED:
            tasks[duty.owner].append(Task(duty.status, duty.due, duty=duty))
    return [
        Department(role, sorted(tasks[role], key=_urgency), paused[role])
        for role in sorted(tasks.keys() | paused.keys(), key=lambda role: (order.get(role, len(order)), role))
    ]


def _urgency(task: Task) -> tuple[int, datetime, str]:
    name = task.row.id if task.row else task.duty.key if task.duty else ""
    return WATCHED.index(task.status), task.due, name


def write(writer: Writer, busy: Sequence[Department]) -> None:
    """Write the list of all departments, and for each the whole of what waits for it."""
    words, names = writer.words, writer.names
    waiting = {department.role: department for department in busy}
    roles = [*waiting, *(role for role in names.role_order if role not in waiting and role != RESPONSIBLE)]
    found = [waiting.get(role, Department(role, ())) for role in roles]
    writer.page("departments/index.md", words.t(N_("My department")), "departments.html", departments=found)
    for department in found:
        cut = numbered(department.tasks, LIMIT)
        for number, tasks in enumerate(cut, start=1):
            writer.page(
                numbered_path(f"departments/{department.role}", number),
                names.role(department.role),
                "department.html",
                department=department,
                people=_people(writer, department.role),
                tasks=tasks,
                paused=department.paused[:STILL] if number == 1 else (),
                frames=Frames(names),
                record=partial(frames.record, words=words),
                record_path=_record_path,
                page=duties.page_of,
                forge=forge.of(names.rulebook.settings),
                file=case_file,
                number=number,
                last=len(cut),
                margin=partial(margin, words),
            )
        if len(department.paused) > STILL:
            _write_paused(writer, department)


def _write_paused(writer: Writer, department: Department) -> None:
    stem, role = f"departments/{department.role}/paused", writer.names.role(department.role)
    title = writer.words.t(N_("{department}: paused"), department=role)
    for part in parts(stem, department.paused):
        writer.page(part.path, title, "paused.html", department=department, paused=part.items, stem=stem, **part.place)


def case_file(row: Row) -> str:
    """The file of a case, from the root of the repository."""
    return files.case_path(Path(), row.id).as_posix()


def _record_path(task: obligations.Task) -> str:
    return review.path_of(task.policy.profile, task.obligation.id, task.period)


def _people(writer: Writer, role: str) -> list[Person]:
    """Who holds a role now."""
    day = writer.now.date()
    people = visible.people(writer.names.rulebook.people, writer.sight).persons.values()
    return [person for person in people if not person.bot and person.holds(role, day)]
