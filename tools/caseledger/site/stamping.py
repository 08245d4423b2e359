"""Case files to case pages: read, judged and stamped in one pass, in as many processes as there are."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from caseledger import files, findings, register
from caseledger.calendar import Calendar
from caseledger.clusters import WINDOW, Cluster, clusters
from caseledger.findings import Judged
from caseledger.grading import Grading
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
from caseledger.site.surroundings import Known, Surroundings, surroundings
from caseledger.site.templating import template
from caseledger.site.words import Words

CHUNK = 250
"""Files that one process takes at a time."""

MISSHAPEN = ("schema-", "correction-value")
"""How the codes of problems begin that keep a file from being read as a case."""

NONE = Surroundings()


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

    path: str
    row: Row | None
    problems: tuple[Problem, ...]
    occurrence: Occurrence | None = None


@dataclass(frozen=True, slots=True)
class Stock:
    """All that was stamped: a row for each case with a page, groups of cases with the same problem, what is wrong."""

    rows: Sequence[Row]
    clusters: Sequence[Cluster]
    problems: Sequence[Problem]


@dataclass
class Desk:
    """What one process keeps while it stamps a chunk."""

    job: Job
    rulebook: Rulebook = field(init=False)
    speakers: dict[tuple[str, str], Speaker] = field(default_factory=dict)
    folders: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.rulebook = Rulebook(self.job.root)

    def stamp(self, path: Path, known: Known) -> Stamped:
        """Read, judge and stamp one file, with what is known of its surroundings."""
        entry = register.read(self.rulebook, self.job.now, path)
        judged = self.judge(entry)
        if judged is None or files.case_path(self.job.root, judged.id) != path:
            return Stamped(entry.path, None, entry.problems)
        calendar = self.rulebook.calendar(judged.policy.calendar)
        row = rows.row(judged, calendar)
        links = evidence.links(judged, path, self.job.out)
        around = known.get(row.id, NONE)
        matter = Matter(row, judged, calendar, self.job.now, around, entry.problems + around.problems, links)
        for language, shell in self.job.shells.items():
            page = CasePage(matter, self.speaker(language, judged.policy, calendar))
            body = template("case.html", language).render(page=page)
            self.write(self.job.out / language / row.url, shell.stamp(row.id, row.url, body))
            self.write(self.job.copies / language / row.url, search.copy(f"<html><body>{body}</body></html>"))
        return Stamped(entry.path, row, entry.problems, entry.occurrence)

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


def stamp_some(job: Job, known: Known, paths: Sequence[Path]) -> list[Stamped]:
    """What became of these files, in this process."""
    desk = Desk(job)
    return [desk.stamp(path, known) for path in paths]


def stamp_all(job: Job, paths: Sequence[Path], pool: Executor) -> Stock:
    """What became of every file; cases that others say something of are stamped again with what they say."""
    done = _run(job, {}, paths, pool)
    rows = [one.row for one in done if one.row]
    occurrences = [(one.path, one.occurrence) for one in done if one.row and one.occurrence]
    alike = clusters([occurrence for _, occurrence in occurrences], WINDOW, job.now)
    graded = list(Grading(Rulebook(job.root), occurrences).problems())
    known = surroundings(rows, alike, graded)
    _run(job, known, [files.case_path(job.root, case_id) for case_id in known], pool)
    problems = [*(problem for one in done for problem in one.problems), *graded]
    return Stock(rows, alike, sorted(problems, key=lambda problem: problem.order))


def _run(job: Job, known: Known, paths: Sequence[Path], pool: Executor) -> list[Stamped]:
    chunks = [paths[i : i + CHUNK] for i in range(0, len(paths), CHUNK)]
    parts = [{path.stem: known[path.stem] for path in chunk if path.stem in known} for chunk in chunks]
    return [one for found in pool.map(partial(stamp_some, job), parts, chunks) for one in found]
