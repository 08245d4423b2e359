"""The search index, made by Pagefind's command: one part for each language's own pages, and parts for cases.

Cases say the same in both languages, so both share their parts: one for each year of receipt; of a crowded year, one
for each quarter, and of the newest quarter, in which most is written, one for each month. A part is made from copies of
what it holds, and made again only when some of that has changed; the search box (site/assets/search) puts them
together. Every part costs every search a little, so that there shall not be many. In it are lists of the numbers and
words of its cases.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from html import unescape
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

import msgspec

from caseledger import kept
from caseledger.audience import INSIDE, Sight
from caseledger.cache import Cache
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.rulebook import unchanged
from caseledger.site import bulk, casecopy, lookup, survey, visible
from caseledger.site.casecopy import Copier
from caseledger.site.names import Names
from caseledger.site.placing import Placing
from caseledger.site.prose import Prose
from caseledger.site.survey import Surveyed, WithData
from caseledger.site.words import Words

FOLDER = "search"
"""Where the index is, from the top of the site."""

LIMIT = 2500
"""Cases of a year above which it is crowded."""

NOISE = ".headerlink"
"""What stands on every page alike, and would be found in all of them."""

SHARED = ("pagefind.js", "pagefind-worker.js", "wasm.*.pagefind")
"""Parts of Pagefind that are loaded from the index of a language's own pages alone."""

UNUSED = (
    "pagefind-component-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-ui.*",
    "pagefind-highlight.js",
    "wasm.unknown.*",
)
"""Parts of Pagefind that the site's own search box does without."""


_TEXT = re.compile("(?<=>)[^<]+")
_KIND = re.compile(r'data-pagefind-body[^>]* data-kind="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Job:
    """What a process needs to know to copy cases into a folder."""

    root: Path
    house: str
    languages: Sequence[str]
    now: datetime
    folder: Path
    sight: Sight = INSIDE


def build(
    job: Job, cache: Cache, placing: Placing, known: Sequence[Surveyed], rendered: Sequence[Prose], pool: Executor
) -> None:
    """Make the parts that are not there yet, and for the search box of each language the list of all."""
    prose = {one.tree.language: f"{FOLDER}/{one.tree.language}-{one.digest.hex()[:12]}/" for one in rendered}
    new = []
    for one in rendered:
        folder = prose[one.tree.language]
        if placing.wants(folder, b""):
            copy_marked(one.folder, job.folder / folder)
            new.append(folder)
    cases: dict[str, int] = {}
    by_path = {one.path: one for one in known}
    for name, paths in divided(by_path):
        found = [by_path[path] for path in paths]
        folder = f"{FOLDER}/{name}-{_digest(found)}/"
        cases[folder] = lookup.count(len(found))
        if placing.wants(folder, b""):
            _copy_cases(replace(job, folder=job.folder / folder), cache, found, pool)
            new.append(folder)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(lambda folder: index(job.folder / folder, placing.path(folder)), new))
    made = [folder for folder in new if folder in cases]
    for folder in made:
        _remove(placing.work / folder, SHARED)
    list(pool.map(lookup.write, [placing.path(folder) for folder in made], [cases[folder] for folder in made]))
    for one in rendered:
        language = one.tree.language
        labels = _labels(Names(unchanged(job.root, job.house), Words(language)), one.folder)
        said = {"audience": job.sight.audience, "prose": prose[language], "cases": cases, "labels": labels}
        placing.put(f"{FOLDER}/{language}.json", json.dumps(said, ensure_ascii=False))


def audience(out: Path) -> str | None:
    """For whom the index of a site is that was built before, None where there is none."""
    for path in (out / FOLDER).glob("*.json"):
        found: str | None = json.loads(path.read_text(encoding="utf-8")).get("audience")
        return found
    return None


def divided(paths: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The parts that case files are divided into, the newest first: the name of each, and what it holds."""
    newest = sorted(paths, reverse=True)
    for year, of_year in groupby(newest, key=lambda path: path.split("/")[1]):
        found = list(of_year)
        if len(found) <= LIMIT:
            yield year, found
            continue
        for quarter, of_quarter in groupby(found, key=lambda path: (int(_month(path)) + 2) // 3):
            several = list(of_quarter)
            if several[0] != newest[0]:
                yield f"{year}-Q{quarter}", several
                continue
            for month, of_month in groupby(several, key=_month):
                yield f"{year}-{month}", list(of_month)


def _month(path: str) -> str:
    return path.split("/")[2]


def _digest(found: Sequence[Surveyed]) -> str:
    code = b"".join(Path(file).read_bytes() for file in (casecopy.__file__, lookup.__file__))
    digest = hashlib.sha256(version("pagefind").encode() + code)
    for one in found:
        digest.update(one.digest + msgspec.msgpack.encode(one.standing))
    return digest.hexdigest()[:12]


def _labels(names: Names, prose: Path) -> Mapping[str, Mapping[str, str]]:
    """What the values of each facet are called; the kinds of pages in the order of their groups."""
    words, policies = names.words, list(reversed(names.policies))
    pages = sorted(path.read_text(encoding="utf-8") for path in prose.rglob("*.html"))
    kinds = sorted({unescape(match[1]) for text in pages for match in _KIND.finditer(text)})
    return {
        "kind": {"case": words.t(N_("Open cases")), "archive": words.t(N_("Archive"))} | {kind: kind for kind in kinds},
        "state": words.labels["state"],
        "grade": {name: title[words.language] for policy in policies for name, title in policy.grades.items()},
        "category": {name: title[words.language] for policy in policies for name, title in policy.categories.items()},
    }


def copy_marked(site: Path, copies: Path) -> None:
    """Copy the pages that are marked for the index."""
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        if "data-pagefind-body" in html:
            target = copies / path.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_TEXT.sub(lambda text: casecopy.split(text[0]), html), encoding="utf-8")


def _copy_cases(job: Job, cache: Cache, found: Sequence[Surveyed], pool: Executor) -> None:
    for _ in bulk.each(pool, partial(_copy_some, job), survey.with_data(cache, bulk.parts(found))):
        pass


def _copy_some(job: Job, given: WithData) -> None:
    found, data = given
    rulebook = unchanged(job.root, job.house)
    people = visible.people(rulebook.people, job.sight)
    copier = Copier(rulebook, people, [Words(language) for language in job.languages])
    for one in found:
        if one.standing:
            row = visible.rows([one.standing.row], job.sight)[0]
            target = job.folder / row.url
            target.parent.mkdir(parents=True, exist_ok=True)
            copied = copier.copy(job.sight.shown("case", kept.unpacked(data[one.path])), row, one.settled or job.now)
            target.write_text(copied, encoding="utf-8")


def index(copies: Path, target: Path) -> None:
    """Index a folder of copies into a folder of the site; CannotGoOn with what Pagefind says."""
    # English has its words reduced to their stems; nothing is lost for other languages, which are treated alike when
    # they are indexed and when they are searched for.
    arguments = ["--site", str(copies), "--output-path", str(target), "--force-language", "en"]
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", *arguments, "--exclude-selectors", NOISE, "--quiet"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotGoOn(Text(N_("Pagefind could not index the site: {said}"), said=done.stdout.strip()))
    _remove(target, UNUSED)


def _remove(folder: Path, patterns: Sequence[str]) -> None:
    for pattern in patterns:
        for file in folder.glob(pattern):
            file.unlink()
