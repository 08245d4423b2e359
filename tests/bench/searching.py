"""Search in Chromium: what it finds of what is there, and how soon and with how many bytes in 100,000 cases."""

import gzip
import json
import random
import re
import shutil
import statistics
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

from playwright.sync_api import Browser

from caseledger.site import building, casecopy, lookup, search
from tests.bench import scale
from tests.bench.chromium import Received, shown
from tests.searching import Searcher, cases_of, corpus

CASES = 100_000
SHAPES = 300
"""Generated cases whose copies for the index are repeated under numbers of their own."""
PHRASES, NUMBERS = 300, 100
ROUNDS = 5
SKU = "KC-18-GN-1"
FORMER = "Clasp sheared off: 搭扣断裂"
"""What some cases of the first year say, and none after it."""
FORMER_SHARE = 0.02
PATIENCE = 120_000
"""Milliseconds after which a search has failed."""

_ID = re.compile(r"C-(20\d{6})-[0-9A-Z]{5}(?: C-20\d{6} [0-9A-Z]{5})?")
_ORDER = re.compile(r'(?<=")\d{3}-\d{7}-\d{7}(?=")')
_DIGITS = re.compile(r"(?<!C-)(?<!\d)\d{6,}")
_WAIT = """() => new Promise((found) => {
  const results = document.querySelector(".cl-results");
  const seen = () => results.querySelector("li") && found(Date.now());
  new MutationObserver(seen).observe(results, { childList: true });
})"""


def recall(repository: Path, site: Path) -> Iterator[tuple[str, float]]:
    """Of what plain comparison finds, the part that search finds: Chinese phrases, then case numbers, orders, SKUs."""
    known = corpus(repository / "cases")
    with shown(site) as (browser, address):
        page = browser.new_page()
        page.goto(f"{address}zh/guide/search.html")
        searcher = Searcher(page, site, "zh")
        pairs = [(known.holding(phrase), searcher.find(phrase)) for phrase in known.phrases(PHRASES)]
        yield "phrases", sum(len(held & set(found)) for held, found in pairs) / sum(len(held) for held, _ in pairs)
        for kind, numbers in known.numbers.items():
            some = random.Random(NUMBERS).sample(numbers, min(NUMBERS, len(numbers)))
            yield kind, statistics.mean(set(searcher.find(number)) == known.naming(number) for number in some)


def grown(folder: Path) -> Path:
    """A site whose index holds 100,000 cases; the rest of it is that of a few."""
    repository, site, copies = scale.repository(folder / "few", SHAPES), folder / "site", folder / "copies"
    index = search.index

    def keep(copied: Path, target: Path) -> None:
        shutil.copytree(copied, copies / copied.name)
        index(copied, target)

    with mock.patch.object(search, "index", keep):
        building.build(repository, site, scale.NOW)
    texts = [path.read_text(encoding="utf-8") for path in sorted(copies.glob("2*/cases/*/*/*.html"))]
    chance = random.Random(CASES)
    made = dict(_copy(chance, texts) for _ in range(CASES))
    parts = {}
    for name, paths in search.divided(made):
        for path in paths:
            place = folder / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(made[path], encoding="utf-8")
        part = f"{search.FOLDER}/{name}-0000/"
        parts[part] = lookup.count(len(paths))
        index(folder / name, site / part)
        lookup.write(site / part, parts[part])
        shutil.rmtree(folder / name)
    for language in ("en", "zh"):
        file = site / search.FOLDER / f"{language}.json"
        said = json.loads(file.read_text(encoding="utf-8")) | {"cases": parts}
        file.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return site


def _copy(chance: random.Random, texts: list[str]) -> tuple[str, str]:
    day = scale.FIRST + timedelta(days=int((scale.LAST - scale.FIRST).days * chance.random() ** scale.GROWTH))
    tail = "".join(chance.choices(scale.SIGNS, k=5))
    text = _ID.sub(f"C-{day:%Y%m%d}-{tail} C-{day:%Y%m%d} {tail}", chance.choice(texts))
    text = _DIGITS.sub(lambda match: str(chance.randrange(10 ** (len(match[0]) - 1), 10 ** len(match[0]))), text)
    if day.year == scale.FIRST.year and chance.random() < FORMER_SHARE:
        text = text.replace("</body>", f"<p>{casecopy.split(FORMER)}</p></body>")
    return f"cases/{day:%Y/%m}/C-{day:%Y%m%d}-{tail}.html", text


def queries(site: Path) -> list[str]:
    """A word, a phrase, a word of few cases; the numbers of the newest and of the oldest case, and of one in the most
    crowded part; an order of the oldest part; an SKU; a word and a phrase that only old cases hold.
    """
    said = json.loads((site / search.FOLDER / "zh.json").read_text(encoding="utf-8"))["cases"]
    parts = [site / part for part in said]
    crowded = max(parts, key=lambda part: said[f"{part.relative_to(site).as_posix()}/"])
    known = [sorted(cases_of(part).values()) for part in (parts[0], parts[-1], crowded)]
    ids = [known[0][-1], known[1][0], known[2][len(known[2]) // 2]]
    return ["退款", "质量问题", "Glidelåsen", *ids, _order(parts[-1]), SKU, "sheared", "搭扣断裂"]


def _order(part: Path) -> str:
    texts = (gzip.decompress(path.read_bytes()).decode() for path in part.glob(f"{lookup.FOLDER}/*.gz"))
    return min(number[0] for text in texts for number in _ORDER.finditer(text))


def first_results(site: Path, *queries: str) -> Iterator[tuple[str, float, float, float, float]]:
    """Of each query on a page just opened: ms and kB until the first result, ms and kB until all parts are searched."""
    with shown(site) as (browser, address):
        for query in queries:
            rounds = [_round(browser, f"{address}zh/guide/search.html", query) for _ in range(ROUNDS)]
            first, begun, whole, all_of_it = (statistics.median(values) for values in zip(*rounds, strict=True))
            yield query, first, begun, whole, all_of_it


def _round(browser: Browser, address: str, query: str) -> tuple[float, float, float, float]:
    with browser.new_context() as context:
        page = context.new_page()
        received = Received(context)
        page.goto(address, wait_until="networkidle")
        opened: float = page.evaluate("Date.now()")
        page.keyboard.press("/")
        page.wait_for_timeout(1000)  # the index is opened while one begins to type
        asked: float = page.evaluate("Date.now()")
        page.evaluate(f"() => {{ window.first = ({_WAIT})(); }}")
        page.keyboard.insert_text(query)
        page.locator(f".cl-count[data-query='{query}']").wait_for(timeout=PATIENCE)
        whole: float = page.evaluate("Date.now()")
        first: float = page.evaluate("window.first")
        return (
            first - asked,
            received.bytes(opened, first) / 1000,  # what older parts say comes behind it
            whole - asked,
            received.bytes(opened, whole) / 1000,
        )
