"""Builds the site: shells, case pages, the other pages, search; and puts it in place when all of it is there."""

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from markupsafe import escape

from caseledger import register
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook
from caseledger.site import content, engine, evidence, search, shell, stamping, table
from caseledger.site.contentpolicy import CONTENT_POLICY
from caseledger.site.engine import Tree
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.templating import template
from caseledger.site.words import Words

Progress = Callable[[Text], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: cases with a page, problems found, HTML pages in all languages, seconds of each stage."""

    cases: int
    problems: int
    pages: int
    seconds: Mapping[str, float]


def build(root: Path, out: Path, now: datetime, progress: Progress = lambda _text: None) -> Built:
    """Build the site of a repository into `out`; where that fails, what was there before stays as it is."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".site-") as work, ProcessPoolExecutor() as pool:
        built = _build(Rulebook(root), Path(work), now, progress, pool)
        _swap(Path(work) / "site", Path(work) / "old", out)
    return built


def _build(rulebook: Rulebook, work: Path, now: datetime, progress: Progress, pool: Executor) -> Built:
    root, source = rulebook.root, engine.inputs(rulebook.root)
    docs, site, copies = root / "build" / "docs", work / "site", work / "copies"
    trees = _trees(rulebook, now)
    seconds: dict[str, float] = {}

    @contextmanager
    def stage(name: str, text: str, **values: object) -> Iterator[None]:
        progress(Text(text, **values))
        begun = time.perf_counter()
        yield
        seconds[name] = time.perf_counter() - begun

    paths = list(register.case_files(root))
    with stage("prepare", N_("Preparing the pages")):
        shutil.rmtree(docs, ignore_errors=True)
        for tree in trees:
            content.prepare(docs / tree.language, source, tree.language)
        _render(source, docs, work / "shells", trees, pool)
        shells = {t.language: shell.read(work / "shells" / t.language / f"{shell.PAGE}.html") for t in trees}
    with stage("cases", N_("Reading, judging and writing {n} cases"), n=len(paths)):
        stock = stamping.stamp_all(stamping.Job(root, work / "cases", copies, now, shells), paths, pool)
    with stage("pages", N_("Writing the other pages")):
        for tree in trees:
            names = Names(rulebook, Words(tree.language))
            content.write(Writer(docs / tree.language, names, now), root, stock.rows, stock.clusters, stock.problems)
        _render(source, docs, site, trees, pool)
        for tree in trees:
            search.copy_marked(site / tree.language, copies / tree.language)
        _merge(work / "cases", site)
        table.write(site / table.FOLDER, stock.rows, now)
        (site / "index.html").write_text(
            template("entrance.html", trees[0].language).render(trees=trees, content_policy=CONTENT_POLICY),
            encoding="utf-8",
        )
    with stage("search", N_("Making the search index")):
        for tree in trees:  # one after the other: each needs much memory
            search.index(copies / tree.language, site / tree.language / "pagefind")
    return Built(len(stock.rows), len(stock.problems), sum(1 for _ in site.rglob("*.html")), seconds)


def _trees(rulebook: Rulebook, now: datetime) -> list[Tree]:
    settings = rulebook.settings
    policy = rulebook.policy(rulebook.in_force(settings["profile"], now.date().isoformat()) or "")
    at = now.astimezone(rulebook.calendar(policy.calendar).zone) if policy else now
    trees = []
    for language in settings["languages"]:
        words = Words(language)
        company = settings.get("company", {}).get(language, "")
        name = words.t(N_("{company} complaints"), company=company) if company else words.t(N_("Complaints"))
        footer = words.t(N_("As of {now} ({zone})"), now=f"{at:%Y-%m-%d %H:%M}", zone=at.tzname() or "")
        trees.append(Tree(language, tuple(settings["languages"]), name, str(escape(footer))))
    return trees


def _render(source: Path, docs: Path, out: Path, trees: list[Tree], pool: Executor) -> None:
    running = [pool.submit(engine.render, source, docs / tree.language, out / tree.language, tree) for tree in trees]
    complaints = [complaint for each in running for complaint in each.result()]
    if complaints:
        raise CannotGoOn(Text(N_("MkDocs complains: {complaints}"), complaints="\n".join(complaints)))


def _merge(stamped: Path, site: Path) -> None:
    """Move the folders of case pages, a folder a year, among the other pages, and evidence beside them."""
    for folder in (*stamped.glob("*/cases/*"), *stamped.glob(evidence.FOLDER)):
        folder.rename(site / folder.relative_to(stamped))


def _swap(new: Path, old: Path, out: Path) -> None:
    if out.exists():
        out.rename(old)
    new.rename(out)
