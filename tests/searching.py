"""What a search has to find, taken from case files by plain comparison, and what it finds in a browser."""

import gzip
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page

_RUN = re.compile("[一-鿿]{2,}")
_LATIN = re.compile(r"(?<!\w)[a-z]{4,}(?!\w)")
_CASE = re.compile(r"C-\d{8}-\w{5}")
_OPEN = """async (language) => {
  const { Index, parts } = await import(`/${language}/assets/search/index.js`);
  window.index = await Index.open(language, await parts(language));
  while (index.rest) await index.more();
}"""
_FIND = """async (query) => {
  const found = await index.find(query, Object.keys(index.labels.kind), {});
  return found.flatMap(({ sure }) => sure.map(({ id }) => id));
}"""
_LISTED = """async (query) => {
  const found = await index.listed(query, Object.keys(index.labels.kind), {});
  const pages = await Promise.all(found.flatMap(({ sure }) => sure.map((result) => result.data())));
  return pages.map(({ url }) => url);
}"""


@dataclass(frozen=True)
class Corpus:
    """The texts of each case, and what has a number of its own: cases, orders, SKUs."""

    texts: Mapping[str, Sequence[str]]
    numbers: Mapping[str, Sequence[str]]

    def phrases(self, count: int) -> list[str]:
        """Chinese words and phrases of two to six signs, cut out of the texts at random; the same ones every time."""
        chance = random.Random(count)
        runs = [run for texts in self.texts.values() for text in texts for run in _RUN.findall(text)]
        found: set[str] = set()
        while len(found) < count:
            run, length = chance.choice(runs), chance.randint(2, 6)
            if len(run) >= length:
                start = chance.randint(0, len(run) - length)
                found.add(run[start : start + length])
        return sorted(found)

    def terms(self) -> dict[str, set[str]]:
        """Latin words of sentences, and Chinese words of two signs, with the cases of which a text holds them."""
        found: dict[str, set[str]] = {}
        for case, texts in self.texts.items():
            for text in texts:
                pairs = (run[i : i + 2] for run in _RUN.findall(text) for i in range(len(run) - 1))
                for term in chain(_LATIN.findall(text.lower()) if " " in text else (), pairs):
                    found.setdefault(term, set()).add(case)
        return found

    def holding(self, phrase: str) -> set[str]:
        """The cases of which a text holds a phrase."""
        return {case for case, texts in self.texts.items() if any(phrase in text for text in texts)}

    def naming(self, number: str) -> set[str]:
        """The cases of which a text holds a number, and not as a part of a longer word."""
        whole = re.compile(rf"(?<![0-9A-Za-z]){re.escape(number)}(?![0-9A-Za-z])")
        return {case for case in self.holding(number) if any(whole.search(text) for text in self.texts[case])}


def corpus(cases: Path) -> Corpus:
    """What the case files below a folder say."""
    read = {path.stem: _data(path) for path in sorted(cases.rglob("C-*.yml"))}
    orders = {data["order"]["number"] for data in read.values() if "number" in data.get("order", {})}
    skus = {data["product"]["sku"] for data in read.values() if "sku" in data.get("product", {})}
    return Corpus(
        {case: list(_texts(data)) for case, data in read.items()},
        {"id": list(read), "order": sorted(orders), "sku": sorted(skus)},
    )


def _data(path: Path) -> Any:
    return yaml.load(path.read_bytes(), yaml.CBaseLoader)  # noqa: S506 - makes texts only


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(inner)


class Searcher:
    """The search of a page, all parts of its index loaded."""

    def __init__(self, page: Page, site: Path, language: str) -> None:
        self.page = page
        self.cases = {found: case for part in site.glob("search/2*") for found, case in cases_of(part).items()}
        page.evaluate(_OPEN, language)

    def find(self, query: str) -> list[str]:
        """The cases that a search finds, the best first."""
        return [self.cases[found] for found in self.page.evaluate(_FIND, query) if found in self.cases]

    def listed(self, query: str) -> list[str]:
        """The cases that lists beside the index have, the newest first."""
        return [_CASE.findall(url)[-1] for url in self.page.evaluate(_LISTED, query)]


def cases_of(part: Path) -> dict[str, str]:
    """The cases of a part of the index, by what it calls them."""
    return {path.stem: _case(path) for path in part.glob("fragment/*.pf_fragment")}


def _case(fragment: Path) -> str:
    raw = gzip.decompress(fragment.read_bytes())
    found = _CASE.search(json.loads(raw[raw.index(b"{") :])["url"])
    return found[0] if found else ""
