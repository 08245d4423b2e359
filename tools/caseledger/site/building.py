"""Builds the site: what has changed is made beside it, and put in place when all of it is there."""

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path

from caseledger import files, register
from caseledger.audience import Audience, Sight, sight
from caseledger.cache import FOLDER, Cache
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook
from caseledger.site import content, engine, garbage, gone, prose, search, shell, stamping, survey, table, thumbnails
from caseledger.site.contentpolicy import CONTENT_POLICY
from caseledger.site.engine import Tree
from caseledger.site.names import Names
from caseledger.site.pages import Known, Writer
from caseledger.site.placing import Placing
from caseledger.site.prose import Prose
from caseledger.site.shell import Shell
from caseledger.site.stamping import Stock
from caseledger.site.templating import template
from caseledger.site.words import Words

Progress = Callable[[Text], None]

CASES = "cases/0000/00/case.html"
"""A page as deep as those of cases, whose shell is theirs."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: cases with a page, problems found, HTML pages in all languages, of them those made anew, seconds.

    `seconds` are by stage.
    """

    cases: int
    problems: int
    pages: int
    made: int
    seconds: Mapping[str, float]


def build(
    root: Path,
    out: Path,
    now: datetime,
    progress: Progress = lambda _text: None,
    *,
    searchable: bool = True,
    audience: Audience = Audience.INTERNAL,
) -> Built:
    """Build a repository's site for an audience into `out`; where that fails, what was there before stays as it is.

    Where it shall not be `searchable`, the index stays as it was, if there was one: another build brings it up to date.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with (
        garbage.left(),
        files.locked(root / FOLDER / "site.lock"),
        tempfile.TemporaryDirectory(dir=out.parent, prefix=".site-") as work,
        ProcessPoolExecutor(initializer=garbage.settle) as pool,
    ):
        rulebook = Rulebook(root)
        seen = sight(audience, rulebook.settings)
        return _Building(rulebook, seen, out, Path(work), now, progress, pool).run(searchable=searchable)


@dataclass
class _Building:
    """One build."""

    rulebook: Rulebook
    sight: Sight
    out: Path
    work: Path
    now: datetime
    progress: Progress
    pool: Executor
    seconds: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = self.rulebook.root
        self.cache = Cache(self.root, register.house(self.root))
        self.inside = self.sight.inside
        self.placing = Placing(self.cache, self.out, self.work / "site", f"site-{self.sight.audience}")
        self.trees = _trees(self.rulebook, inside=self.inside)
        self.words = {tree.language: Words(tree.language) for tree in self.trees}
        template("case.html", *self.words)  # compiled before there are processes that need it

    def run(self, *, searchable: bool) -> Built:
        """Stage by stage."""
        paths = list(register.case_files(self.root))
        with self.stage("survey", N_("Reading and judging {n} cases"), n=len(paths)):
            found = survey.survey(self.rulebook, self.now, self.cache, paths, self.pool)
            stock = stamping.stock(self.rulebook, self.now, self.cache, found, self.sight)
        with self.stage("pages", N_("Writing the pages about all cases")):
            writers = self.write(stock)
            rendered, shells = self.render(writers)
            of_cases = {language: known[shell.place(CASES, ())] for language, known in shells.items()}
            job = stamping.Job(self.root, self.cache.house, self.placing.work, self.now, of_cases, self.sight)
            stamped = stamping.stamp_all(job, self.cache, self.placing, stock, self.pool) if self.inside else iter(())
            self.copy(rendered, {writer.words.language: writer for writer in writers})
            for writer in writers:
                self.stamp(writer, shells[writer.words.language])
            if self.inside:
                self.tabulate(stock)
        with self.stage("cases", N_("Writing the pages of cases")):
            for _ in stamped:
                pass
            if self.inside:
                named = {one.sha256 for case in stock.known if case.standing for one in case.standing.pictures}
                thumbnails.tidy(self.root, named)
        with self.stage("search", N_("Making the search index")):
            if searchable:
                copying = search.Job(
                    self.root, self.cache.house, tuple(self.words), self.now, self.work / "copies", self.sight
                )
                search.build(copying, self.cache, self.placing, stock.known, rendered, self.pool)
            elif search.audience(self.out) == self.sight.audience:
                self.placing.leave(f"{search.FOLDER}/")
            pages = [name for name in self.placing.new if name.endswith(".html")]
            made = sum(self.placing.known.get(name) != self.placing.new[name] for name in pages)
            self.placing.finish()
        return Built(len(stock.rows), len(stock.problems), len(pages), made, self.seconds)

    @contextmanager
    def stage(self, name: str, text: str, **values: object) -> Iterator[None]:
        """Say what is done, and keep how long it took."""
        self.progress(Text(text, **values))
        begun = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - begun

    def write(self, stock: Stock) -> list[Writer]:
        """All pages but those of cases."""
        docs = self.root / "build" / "docs"
        shutil.rmtree(docs, ignore_errors=True)
        writers = []
        known = {
            row.id: Known(stock.digests[row.id], one.settled)
            for row, one in zip(stock.rows, stock.known, strict=False)  # to everybody no case is known
        }
        counted = gone.counted(self.root, stock.rows, self.sight)
        for language, words in self.words.items():
            content.prepare(docs / language, engine.inputs(self.root), language, inside=self.inside)
            writers.append(Writer(docs / language, Names(self.rulebook, words), self.now, self.sight, known))
        content.write(writers, self.root, stock.rows, stock.clusters, stock.problems, counted)
        return writers

    def render(self, writers: Sequence[Writer]) -> tuple[list[Prose], dict[str, Mapping[str, Shell]]]:
        """What the engine makes of the Markdown, and the shells in it, by language and place."""
        docs = self.root / "build" / "docs"
        places = {}
        for writer in writers:
            of_pages = {shell.place(path, content.FIXED) for path in writer.made}
            places[writer.words.language] = of_pages | {shell.place(CASES, ())}
            shell.write(writer.docs, places[writer.words.language])
        rendered = prose.render(self.root, engine.inputs(self.root), docs, self.trees, self.pool)
        return rendered, {one.tree.language: shell.read(one.folder, places[one.tree.language]) for one in rendered}

    def copy(self, rendered: Sequence[Prose], writers: Mapping[str, Writer]) -> None:
        """What the engine made, as of now, and the entrance."""
        for one in rendered:
            language = one.tree.language
            as_of = self.as_of(self.words[language])
            for path in one.files():
                name = f"{language}/{path.as_posix()}"
                if path.suffix != ".html":
                    if self.placing.wants(name, one.digest):
                        shutil.copyfile(one.folder / path, self.placing.path(name))
                elif path.stem != shell.NAME and path.with_suffix(".md").as_posix() not in content.FIXED:
                    text = (one.folder / path).read_text(encoding="utf-8").replace(shell.AS_OF, as_of)
                    self.placing.put(name, writers[language].marked(text))
        self.placing.put(
            "index.html",
            template("entrance.html", self.trees[0].language).render(trees=self.trees, content_policy=CONTENT_POLICY),
        )

    def stamp(self, writer: Writer, shells: Mapping[str, Shell]) -> None:
        """The pages of one language that are blocks of HTML."""
        digests = {place: around.digest for place, around in shells.items()}
        for path, page in writer.made.items():
            name, place = f"{writer.words.language}/{path}", shell.place(path, content.FIXED)
            as_of = self.as_of(writer.words, page.since)
            if page.said is None:
                self.placing.put(name, shells[place].stamp(page.title, path, page.html, as_of))
            elif self.placing.wants(name, hashlib.sha256(page.said + digests[place] + as_of.encode()).digest()):
                self.placing.write(name, shells[place].stamp(page.title, path, page.html, as_of))
        for path, file in writer.files.items():
            name = f"{writer.words.language}/{path}"
            if self.placing.wants(name, file.digest):
                self.placing.write(name, file.make())

    def tabulate(self, stock: Stock) -> None:
        """The files of the table of cases."""
        for name, rows in table.files(stock.rows):
            said = repr((table.days(rows, self.now), [stock.digests[row.id] for row in rows]))
            if self.placing.wants(name, hashlib.sha256(said.encode()).digest()):
                self.placing.write(name, table.text(rows, self.now))

    def as_of(self, words: Words, since: datetime | None = None) -> str:
        """As of when pages speak that are not about one case: now, unless nothing has changed `since`."""
        at = since or self.now
        return shell.as_of(words, at.astimezone(self.zone) if self.zone else at, settled=since is not None)

    @cached_property
    def zone(self) -> tzinfo | None:
        """The zone of the calendar of the policy for new cases."""
        settings = self.rulebook.settings
        policy = self.rulebook.policy(self.rulebook.in_force(settings["profile"], self.now.date().isoformat()) or "")
        return self.rulebook.calendar(policy.calendar).zone if policy else None


def _trees(rulebook: Rulebook, *, inside: bool) -> list[Tree]:
    settings = rulebook.settings
    trees = []
    for language in settings["languages"]:
        words = Words(language)
        company = settings.get("company", {}).get(language, "")
        name = words.t(N_("{company} complaints"), company=company) if company else words.t(N_("Complaints"))
        trees.append(Tree(language, tuple(settings["languages"]), name, inside))
    return trees
