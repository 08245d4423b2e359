"""Cases to case pages, in as many processes as there are; a page whose case says the same as before stays as it is."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath

import msgspec

from caseledger import disposals, findings, forge, holds, kept
from caseledger.audience import INSIDE, Sight, sees_all
from caseledger.cache import Cache, contents
from caseledger.calendar import Calendar
from caseledger.casefile import Entry
from caseledger.clusters import WINDOW, Cluster, clusters
from caseledger.forge import Forge
from caseledger.grading import Grading
from caseledger.policy import Policy
from caseledger.problem import Problem
from caseledger.rulebook import Rulebook, unchanged
from caseledger.site import bulk, evidence, rows, shell, survey, visible
from caseledger.site.casepage import CasePage, Matter
from caseledger.site.fields import Speaker
from caseledger.site.places import Places
from caseledger.site.placing import Placing
from caseledger.site.rows import Row
from caseledger.site.shell import Shell
from caseledger.site.surroundings import Known, Surroundings, surroundings
from caseledger.site.survey import Surveyed
from caseledger.site.templating import template
from caseledger.site.thumbnails import Thumbnails
from caseledger.site.tongues import Tongues, tongues

EVIDENCE = "evidence"
"""The kind of digests that are kept of files of evidence."""
NONE = Surroundings()


@dataclass(frozen=True)
class Job:
    """What a process needs to know to stamp cases; pages go below `out`, `shells` are by language."""

    root: Path
    house: str
    out: Path
    now: datetime
    shells: Mapping[str, Shell]
    sight: Sight = INSIDE


@dataclass(frozen=True, slots=True)
class Stock:
    """All that is known of the cases: of each with a page where it stands, groups with the same problem, what is wrong.

    `known` are the files that have a page, in order; by the ids of cases, `digests` are those of their rows, `around`
    what surrounds those that have any.
    """

    known: Sequence[Surveyed]
    rows: Sequence[Row]
    digests: Mapping[str, bytes]
    clusters: Sequence[Cluster]
    problems: Sequence[Problem]
    around: Known


@dataclass(frozen=True, slots=True)
class Order:
    """A page to be made: its case's file, problems and surroundings, the moment as of which it speaks.

    `data` are those of its file, packed; `settled` is whether that moment is for good.
    """

    path: str
    problems: tuple[Problem, ...]
    around: Surroundings
    as_of: datetime
    settled: bool
    data: bytes


@dataclass
class Desk:
    """What one process keeps while it stamps a chunk."""

    job: Job
    rulebook: Rulebook = field(init=False)
    forge: Forge | None = field(init=False)
    thumbnails: Thumbnails = field(init=False)
    words: Tongues = field(init=False)
    speakers: dict[str, Speaker] = field(default_factory=dict)
    folders: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.rulebook = unchanged(self.job.root, self.job.house)
        self.forge = forge.of(self.rulebook.settings)
        self.words = tongues(tuple(self.job.shells))
        self.thumbnails = Thumbnails(self.job.root, self.rulebook.settings)

    def stamp(self, order: Order) -> None:
        """Judge and stamp one case."""
        job = self.job
        entry = Entry(order.path, kept.unpacked(order.data), order.problems)
        judged = next(findings.judge(self.rulebook, [entry], order.as_of))
        calendar = self.rulebook.calendar(judged.policy.calendar)
        row = visible.rows([rows.row(judged, calendar)], job.sight)[0]
        judged = visible.judged(judged, job.sight)
        shown = evidence.shown(judged, order.path, self.thumbnails, job.root, job.out)
        problems = visible.problems(order.problems, job.sight)
        matter = Matter(row, judged, calendar, order.as_of, order.around, problems, shown, self.forge)
        body = template("case.html", *job.shells).render(page=CasePage(matter, self.speaker(judged.policy, calendar)))
        bodies = self.words.done(body)
        for (language, around), words, said in zip(job.shells.items(), self.words.each, bodies, strict=True):
            as_of = shell.as_of(words, calendar.local(order.as_of), settled=order.settled)
            self.write(job.out / language / row.url, around.stamp(row.id, row.url, said, as_of))

    def speaker(self, policy: Policy, calendar: Calendar) -> Speaker:
        """The speaker for cases of that policy."""
        if policy.name not in self.speakers:
            self.speakers[policy.name] = Speaker(
                self.words, policy, visible.people(self.rulebook.people, self.job.sight), calendar
            )
        return self.speakers[policy.name]

    def write(self, path: Path, text: str) -> None:
        """Write a page, making its folder when it is the first there."""
        if path.parent not in self.folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.folders.add(path.parent)
        path.write_text(text, encoding="utf-8")


def stock(rulebook: Rulebook, now: datetime, cache: Cache, found: Iterable[Surveyed], sight: Sight = INSIDE) -> Stock:
    """What follows from the survey for all cases together; their rows alone where no single case may be known."""
    files = list(found)
    known = [one for one in files if one.standing]
    rows = visible.rows([one.standing.row for one in known if one.standing], sight)
    if not sight.inside:
        return Stock((), rows, {}, (), (), {})
    occurrences = [(one.path, one.occurrence) for one in known if one.occurrence]
    whole = sees_all(sight, "case")
    alike = clusters([occurrence for _, occurrence in occurrences], WINDOW, now) if whole else []
    grading = Grading(rulebook, occurrences)
    places = Places(cache, {one.path: one.digest for one in known}, grading.place)
    graded = list(grading.problems(places.place))
    places.keep()
    problems = visible.problems([*(problem for one in files for problem in one.problems), *graded], sight)
    today, known_holds = rulebook.local(now).date(), visible.holds(holds.read(rulebook.root), sight)
    standing = {case: known_holds.standing(case, today) for case in known_holds.by_case}
    around = surroundings(rows, alike, graded, standing, disposals.read(rulebook.root).by_case)
    digests = {
        row.id: one.digest if one.settled else _sum(msgspec.msgpack.encode(row))
        for one, row in zip(known, rows, strict=True)
    }
    return Stock(known, rows, digests, alike, sorted(problems, key=lambda problem: problem.order), around)


def stamp_all(job: Job, cache: Cache, placing: Placing, stock: Stock, pool: Executor) -> Iterator[None]:
    """Make the pages of all cases that are not there as they should be, in every language; they are when it ends."""
    wanted = list(_wanted(job, cache, placing, stock))
    orders = (
        [_order(job, stock, one, data) for one in part] for part, data in survey.with_data(cache, bulk.parts(wanted))
    )
    return bulk.each(pool, partial(stamp_some, job), orders)


def _wanted(job: Job, cache: Cache, placing: Placing, stock: Stock) -> Iterator[Surveyed]:
    """The cases of which a page is not there as it should be."""
    shells = {language: made.digest for language, made in job.shells.items()}
    attached = _attached(job.root, cache, stock)
    thumbnails = Thumbnails(job.root, unchanged(job.root, job.house).settings)
    for one, row in zip(stock.known, stock.rows, strict=True):
        said = repr((None if one.settled else job.now, one.problems)).encode()
        around = _around(stock.around.get(row.id, NONE))
        pictures = [
            picture.sha256
            for picture in (one.standing.pictures if one.standing else ())
            if thumbnails.at_hand(one.path, picture)
        ]
        beside = _sum(one.digest, attached.get(row.id, b""), *(digest.encode() for digest in pictures))
        digest = _sum(beside, stock.digests[row.id], said, around)
        url = row.url
        needed = [placing.wants(f"{language}/{url}", digest + made) for language, made in shells.items()]
        if row.id in attached or pictures:
            needed.append(placing.wants(f"{evidence.folder(one.path)}/", beside))
        if any(needed):
            yield one


def _order(job: Job, stock: Stock, one: Surveyed, data: Mapping[str, bytes]) -> Order:
    around = stock.around.get(PurePath(one.path).stem, NONE)
    as_of, settled = _as_of(job, one)
    return Order(one.path, one.problems + around.problems, around, as_of, settled, data[one.path])


def _as_of(job: Job, one: Surveyed) -> tuple[datetime, bool]:
    """As of when the page of a case speaks, and whether that is for good."""
    return one.settled or job.now, one.settled is not None


def _attached(root: Path, cache: Cache, stock: Stock) -> dict[str, bytes]:
    """A digest of the files in the folder of each case that has one."""
    months = {one.path.rpartition("/")[0] for one in stock.known}
    folders = {entry.name: Path(entry) for month in months for entry in os.scandir(root / month) if entry.is_dir()}
    found = {
        row.id: sorted(path for path in folders[row.id].rglob("*") if path.is_file())
        for row in stock.rows
        if row.id in folders
    }
    names = {path: path.relative_to(root).as_posix() for paths in found.values() for path in paths}
    digests = contents(cache, EVIDENCE, {name: path for path, name in names.items()})
    return {
        case_id: _sum(*(part for path in paths for part in (str(path).encode(), digests.get(names[path], b""))))
        for case_id, paths in found.items()
    }


def _around(around: Surroundings) -> bytes:
    """A digest of what a page shows of its surroundings."""
    rest = (around.problems, around.holds, around.gone)
    shown = msgspec.msgpack.encode((around.related, around.groups))
    return _sum(shown, repr(rest).encode() if any(rest) else b"")


def _sum(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join([len(part).to_bytes(4) + part for part in parts])).digest()


def stamp_some(job: Job, orders: Sequence[Order]) -> None:
    """Make these pages, in this process."""
    desk = Desk(job)
    for order in orders:
        desk.stamp(order)
