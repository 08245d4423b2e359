"""Case files to case pages: read, judged and stamped in one pass, in as many processes as there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from caseledger import files, findings, register
from caseledger.calendar import Calendar
from caseledger.findings import Judged
from caseledger.occurrence import Occurrence
from caseledger.policy import Policy
from caseledger.problem import Problem
from caseledger.register import Entry
from caseledger.rulebook import Rulebook
from caseledger.site import evidence, rows, search
from caseledger.site.casepage import CasePage, Matter
from caseledger.site.fields import Speaker
from caseledger.site.rows import Row
from caseledger.site.shell import Shell
from caseledger.site.templating import template
from caseledger.site.words import Words

CHUNK = 250
"""Files that one process takes at a time."""

MISSHAPEN = ("schema-", "correction-value")
"""How the codes of problems begin that keep a file from being read as a case."""

Neighbours = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Job:
    """What a process needs to know to stamp cases.

    `shells` are by language; pages go below `out`/language, what search indexes of them below `copies`/language.
    """

    root: Path
    out: Path
    copies: Path
    now: datetime
    shells: Mapping[str, Shell]


@dataclass(frozen=True, slots=True)
class Stamped:
    """What became of one file: its row, None where it has no page, its problems, what others need to know of it."""

    row: Row | None
    problems: tuple[Problem, ...]
    occurrence: Occurrence | None


@dataclass
class Desk:
    """What one process keeps while it stamps a chunk."""

    job: Job
    rulebook: Rulebook = field(init=False)
    speakers: dict[tuple[str, str], Speaker] = field(default_factory=dict)
    folders: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.rulebook = Rulebook(self.job.root)

    def stamp(self, path: Path, neighbours: Neighbours) -> Stamped:
        """Read, judge and stamp one file."""
        entry = register.read(self.rulebook, self.job.now, path)
        judged = self.judge(entry)
        if judged is None or files.case_path(self.job.root, judged.id) != path:
            return Stamped(None, entry.problems, None)
        calendar = self.rulebook.calendar(judged.policy.calendar)
        row = rows.row(judged, calendar)
        links = evidence.links(judged, path, self.job.out)
        matter = Matter(row, judged, calendar, self.job.now, neighbours.get(row.id, ()), entry.problems, links)
        for language, shell in self.job.shells.items():
            page = CasePage(matter, self.speaker(language, judged.policy, calendar))
            body = template("case.html", language).render(page=page)
            self.write(self.job.out / language / row.url, shell.stamp(row.id, row.url, body))
            self.write(self.job.copies / language / row.url, search.copy(f"<html><body>{body}</body></html>"))
        return Stamped(row, entry.problems, entry.occurrence)

    def judge(self, entry: Entry) -> Judged | None:
        """The case with its verdicts; None where its shape is wrong or nothing is known of it yet."""
        if any(problem.code.startswith(MISSHAPEN) for problem in entry.problems):
            return None
        judged = next(findings.judge(self.rulebook, [entry], self.job.now), None)
        return judged if judged and judged.state.events else None

    def speaker(self, language: str, policy: Policy, calendar: Calendar) -> Speaker:
        """The speaker for cases of that policy."""
        key = language, policy.name
        if key not in self.speakers:
            self.speakers[key] = Speaker(Words(language), policy, self.rulebook.people, calendar)
        return self.speakers[key]

    def write(self, path: Path, text: str) -> None:
        """Write a page, making its folder when it is the first there."""
        if path.parent not in self.folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.folders.add(path.parent)
        path.write_text(text, encoding="utf-8")


def stamp_some(job: Job, neighbours: Neighbours, paths: Sequence[Path]) -> list[Stamped]:
    """What became of these files, in this process."""
    desk = Desk(job)
    return [desk.stamp(path, neighbours) for path in paths]


def stamp_all(job: Job, paths: Sequence[Path], pool: Executor) -> list[Stamped]:
    """What became of every file; those that name each other are stamped again with what is known of the other."""
    done = _run(job, {}, paths, pool)
    near = neighbours_of(stamped.row for stamped in done if stamped.row)
    _run(job, near, [files.case_path(job.root, case_id) for case_id in near], pool)
    return done


def neighbours_of(found: Iterable[Row]) -> Neighbours:
    """The cases that each case names or is named by, oldest first."""
    by_id = {row.id: row for row in found}
    near = defaultdict(set)
    for row in by_id.values():
        for other in row.related:
            if other in by_id and other != row.id:
                near[row.id].add(other)
                near[other].add(row.id)
    return {case_id: [by_id[other] for other in sorted(others)] for case_id, others in near.items()}


def _run(job: Job, neighbours: Neighbours, paths: Sequence[Path], pool: Executor) -> list[Stamped]:
    chunks = [paths[i : i + CHUNK] for i in range(0, len(paths), CHUNK)]
    return [stamped for chunk in pool.map(partial(stamp_some, job, neighbours), chunks) for stamped in chunk]
