"""The search box: finds every word of Chinese texts and exactly the numbers asked for, and outlives a rebuilt site."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from caseledger import site
from caseledger.site import lookup
from tests import casework
from tests.browser.conftest import CASE, HOSTILE, Watched, served
from tests.casework import NOW, case
from tests.searching import Corpus, Searcher, corpus

ORDER = "302-0012345-6789012"
LISTED = re.compile(r"(?=[A-Za-z./_-]*[0-9])[0-9A-Za-z./_-]{5,}")
_CHUNK = re.compile("pf_index$")
_OLD_PART = re.compile(r"/search/202[345]-\w+/pagefind-entry\.json")
_KIND = """async ([number, kind, filters]) => (await index.listed(number, [kind], filters))[0].sure.length"""
_NEAR = """async (number) => {
  const { Index, parts } = await import("/zh/assets/search/index.js");
  const index = await Index.open("zh", await parts("zh"));
  const { rest } = index;
  await index.near(number);
  const found = await index.find(number, ["archive"], {});
  return [rest - index.rest, found[0].sure.length];
}"""


_OLDER = """async (words) => {
  const { Index, parts } = await import("/zh/assets/search/index.js");
  const index = await Index.open("zh", await parts("zh"));
  await index.more();
  const answers = [];
  for (const word of words) {
    const [found] = await index.listed(word, ["archive"], {});
    answers.push(await Promise.all(found.sure.map((result) => result.data())));
  }
  return answers.map((pages) => pages.map(({ meta }) => meta.case.split(" ")[0]));
}"""


@pytest.fixture(scope="module")
def searcher(browser: Browser, folder: Path) -> Iterator[Searcher]:
    with served(folder) as address, browser.new_page() as page:
        page.goto(f"{address}zh/index.html")
        yield Searcher(page, folder, "zh")


@pytest.fixture(scope="module")
def known(folder: Path) -> Corpus:
    return corpus(folder.parents[2] / "cases")


def test_every_case_that_holds_a_chinese_phrase_is_found(searcher: Searcher, known: Corpus) -> None:
    missed = {phrase: known.holding(phrase) - set(searcher.find(phrase)) for phrase in known.phrases(150)}
    assert {phrase: cases for phrase, cases in missed.items() if cases} == {}


@pytest.mark.parametrize("kind", ["id", "order", "sku"])
def test_a_number_finds_the_cases_that_name_it_and_no_others(searcher: Searcher, known: Corpus, kind: str) -> None:
    for number in {number for number in known.numbers[kind] if "<script>" not in number}:
        found = searcher.find(number)
        assert (set(found), len(found)) == (known.naming(number), len(set(found))), number


def test_lists_name_the_newest_cases_that_name_a_number(searcher: Searcher, known: Corpus) -> None:
    asked = [number for kind in ("order", "sku") for number in known.numbers[kind] if LISTED.fullmatch(number)]
    assert len(asked) > 90
    for number in asked:
        assert searcher.listed(number) == sorted(known.naming(number), reverse=True)[: lookup.MOST], number
    assert {number for number in known.numbers["id"] if searcher.listed(number)[0] != number} == set()
    assert searcher.listed(ORDER) == searcher.listed(f'"{ORDER}"') == [CASE]
    assert searcher.listed("c-20261103-7k3qd")[0] == CASE
    assert searcher.listed("C-20261103-7K3QE") == searcher.listed("C-20261103-7K3Q") == searcher.listed("zip") == []


def test_lists_name_the_newest_cases_that_hold_what_only_older_cases_hold(
    browser: Browser, folder: Path, known: Corpus
) -> None:
    older = {term: cases for term, cases in known.terms().items() if max(cases) < "C-2026"}
    asked = random.Random(1).sample(sorted(older), 120)
    with served(folder) as address, browser.new_page() as page:
        page.goto(f"{address}zh/index.html")
        found = dict(zip(asked, page.evaluate(_OLDER, asked), strict=True))
    newest = {term: sorted(older[term].union(cases), reverse=True)[: lookup.MOST] for term, cases in found.items()}
    assert found == newest


def test_what_lists_name_is_of_the_kind_and_has_the_values_asked_for(searcher: Searcher) -> None:
    asked: list[tuple[str, dict[str, str]]] = [
        ("case", {}), ("archive", {}), ("case", {"state": "open"}), ("case", {"state": "closed"}),
        ("case", {"state": "open", "category": "product-quality"}), ("case", {"state": "open", "category": "other"}),
    ]  # fmt: skip
    assert [searcher.page.evaluate(_KIND, [ORDER, *one]) for one in asked] == [1, 0, 1, 0, 1, 0]


@pytest.mark.parametrize("number", [CASE, HOSTILE, ORDER])
def test_a_number_is_answered_before_the_index_as_the_index_answers(wide: Watched, number: str) -> None:
    answered_early(wide, number, _CHUNK)


@pytest.mark.parametrize("words", ["lukewarm", "Lauwarm rucksack", "妹妹的婚礼"])
def test_what_older_cases_hold_is_answered_before_they_are_loaded(wide: Watched, words: str) -> None:
    answered_early(wide, words, _OLD_PART)


def answered_early(wide: Watched, query: str, late: re.Pattern[str]) -> None:
    """Lets some files arrive only when the first results are there, which shall be those of the index."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    wide.go("en/index.html")
    wide.page.route(late, hold)
    wide.page.keyboard.press("/")
    with wide.page.expect_request(re.compile("/lookup/")):
        wide.page.keyboard.insert_text(query)
    results = wide.page.locator(".cl-results section").first
    results.locator("li").first.wait_for()
    expect(wide.page.locator(".cl-count")).to_have_text("Searching…")
    before = [results.locator(part).all_inner_texts() for part in ("h2", "li b", "li small", "mark")]
    wide.page.route(late, lambda route: route.continue_())
    for route in held:
        route.continue_()
    wide.page.locator(f".cl-count[data-query='{query}']").wait_for()
    assert held
    assert before == [results.locator(part).all_inner_texts() for part in ("h2", "li b", "li small", "mark")]


def test_the_number_of_an_old_case_needs_no_more_than_the_part_that_holds_it(
    browser: Browser, folder: Path, known: Corpus
) -> None:
    with served(folder) as address, browser.new_page() as page:
        page.goto(f"{address}zh/index.html")
        assert page.evaluate(_NEAR, min(known.numbers["id"])) == [1, 1]
        assert page.evaluate(_NEAR, "zip") == [0, 0]


def test_a_result_says_which_case_it_is_where_it_stands_and_when_it_came(wide: Watched) -> None:
    wide.go("en/index.html")
    [found] = wide.search(ORDER)[:1]
    assert found.endswith("C-20261103-7K3QD · Open · 2026-11-03")


def test_an_open_page_finds_what_was_written_after_it_was_opened(browser: Browser, repository: Path) -> None:
    out = repository / "build" / "site"
    casework.put(repository, case(summary="The toggle broke"))
    site.build(repository, out, NOW)
    with served(out) as address, browser.new_page() as page:
        watched = Watched(page, address)
        watched.go("en/index.html")
        assert len(watched.search("toggle")) == 1
        casework.put(repository, case(summary="The buckle broke"))
        site.build(repository, out, NOW)
        page.keyboard.press("Escape")
        assert "The buckle broke" in watched.search("buckle")[0]
        assert watched.faults == []


def test_a_page_whose_results_were_taken_away_searches_anew(browser: Browser, repository: Path) -> None:
    out = repository / "build" / "site"
    for number in range(12):
        casework.put(repository, case(case_id=f"C-20261103-000{number:02}", summary="The toggle broke"))
    site.build(repository, out, NOW)
    with served(out) as address, browser.new_page() as page:
        watched = Watched(page, address)
        watched.go("en/index.html")
        assert len(watched.search("toggle")) == 4
        casework.put(repository, case(case_id="C-20261103-00012", summary="The toggle broke"))
        site.build(repository, out, NOW)
        page.get_by_role("button", name="Show more").click()
        expect(page.locator(".cl-results h2")).to_have_text("Open cases 13")
