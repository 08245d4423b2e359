"""The site in a browser, as staff use it: nothing is said on the console and nothing asked of another host."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HOSTILE, Watched
from tests.test_site_hostile import ATTACKS

CASE = "C-20261103-7K3QD"
CASE_PAGE = f"cases/2026/11/{CASE}.html"


@pytest.mark.parametrize(
    ("language", "archive", "quarter"), [("zh", "归档", "2024 年第 4 季度"), ("en", "Archive", "Quarter 4 of 2024")]
)
def test_from_the_first_page_through_search_to_case_article_and_archive(
    wide: Watched, language: str, archive: str, quarter: str
) -> None:
    page = wide.go(f"{language}/index.html")
    assert any(CASE in found for found in wide.search("拉链"))
    page = wide.go(f"{language}/index.html")
    assert any(CASE in found for found in wide.search("zip"))
    page = wide.go(f"{language}/index.html")
    assert CASE in wide.search(CASE)[0]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/{CASE_PAGE}")
    assert page.inner_text("h1") == "Zip tears after two days"
    assert page.locator(".cl-state").first.is_visible()
    page.locator(".cl-clocks a", has_text="A11").first.click()
    page.wait_for_url(f"**/{language}/policies/quality/2023-01-01.html#A11")
    assert page.locator("#A11").is_visible()
    page.get_by_role("link", name=archive, exact=True).first.click()
    page.get_by_role("link", name=quarter).click()
    page.wait_for_url("**/archive/2024.html#2024-Q4")
    assert page.locator("[id='2024-Q4']").is_visible()
    page.locator(".cl-case-link").first.click()
    page.wait_for_url("**/cases/2024/**")


@pytest.mark.parametrize("words", [CASE, "7K3QD", "302-0012345-6789012", "6789012", "00370712345678901234"])
def test_a_number_or_its_last_part_finds_its_case_first(wide: Watched, words: str) -> None:
    wide.go("zh/index.html")
    assert CASE in wide.search(words)[0]


@pytest.mark.parametrize(
    "words",
    ["回访", "全额退款", "投诉小组", "应当在", "充电宝", "モバイルバッテリー", "Glidelåsen", "BP-22-GR", "拉链 退款"],
)
def test_what_is_found_holds_every_word_that_was_asked_for(wide: Watched, words: str) -> None:
    page = wide.go("zh/index.html")
    found = wide.search(words)
    assert found
    for link in page.eval_on_selector_all(".cl-results a", "all => all.map(a => a.href)"):
        page.goto(link)
        text = page.locator("article").inner_text()
        assert [word for word in words.split() if word.lower() not in text.lower()] == [], link


@pytest.mark.parametrize("words", ["qqqqzzzz", "zip qqqqzzzz", "C-20261103-00ZZZ", "链拉", "拉链模块"])
def test_what_is_nowhere_is_not_found(wide: Watched, words: str) -> None:
    page = wide.go("en/index.html")
    assert wide.search(words) == []
    expected = "Nothing found. Try fewer words, or shorter ones with spaces between them."
    assert page.inner_text(".cl-count") == expected
    page.keyboard.press("Escape")
    assert page.locator(".cl-found").is_hidden()


def test_search_finds_articles_and_is_narrowed_by_facets(wide: Watched) -> None:
    page = wide.go("en/index.html")
    wide.search("working days")
    page.select_option("select[name=kind]", "Policy")
    expect(page.locator(".cl-results h2")).to_have_text([re.compile(r"^Policy \d+$")])
    expect(page.locator(".cl-count")).to_have_text(re.compile(r"^\d"))
    urls = [link.get_attribute("href") or "" for link in page.locator(".cl-results a").all()]
    assert urls
    assert all("/en/policies/" in url for url in urls)
    assert [select.get_attribute("name") for select in page.locator(".cl-facets select").all()] == [
        "kind", "state", "grade", "category",
    ]  # fmt: skip


def test_the_other_language_shows_the_same_place(wide: Watched) -> None:
    page = wide.go(f"zh/{CASE_PAGE}#timeline")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(f"**/en/{CASE_PAGE}#timeline")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_menu_has_a_button_where_the_sections_have_no_room(wide: Watched, narrow: Watched) -> None:
    assert wide.go("en/index.html").locator(".cl-menu").is_hidden()
    assert wide.page.locator(".cl-sections").is_visible()
    assert narrow.go("en/index.html").locator(".cl-menu").is_visible()
    assert narrow.page.locator(".cl-sections").is_hidden()


def test_a_wide_screen_shows_more_of_the_table(wide: Watched) -> None:
    page = wide.go("en/cases/index.html")
    page.set_viewport_size({"width": 2560, "height": 1440})
    page.locator(".cl-grid").wait_for()
    assert page.evaluate("document.querySelector('.cl-grid').offsetWidth") > 1900
    assert page.evaluate("document.documentElement.scrollWidth") == 2560


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_is_wider_than_a_narrow_screen(narrow: Watched, pages: list[str], language: str) -> None:
    for path in pages:
        page = narrow.go(f"{language}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    narrow.go(f"{language}/clusters.html")
    box = narrow.page.locator(".cl-scroll")
    assert box.evaluate("box => box.scrollWidth") <= box.evaluate("box => box.clientWidth")
    narrow.search("zip")
    assert narrow.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert narrow.page.locator(".cl-found").is_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_words_are_shown_and_do_nothing(wide: Watched, language: str) -> None:
    for path in (f"cases/2026/11/{HOSTILE}.html", "cases/2026.html", "index.html"):
        page = wide.go(f"{language}/{path}")
        assert "<script>alert(1)</script>" in page.inner_text("body")
        made = page.locator(
            "article script, article iframe, article img, article svg:not(.cl-run), [onerror], [onload]"
        )
        assert made.count() == 0
    page = wide.go(f"{language}/cases/2026/11/{HOSTILE}.html")
    shown = page.inner_text("blockquote >> nth=0")
    assert [attack for attack in ATTACKS if " ".join(attack.split()) not in " ".join(shown.split())] == []
    assert [href for href in page.eval_on_selector_all("a", "all => all.map(a => a.href)") if "alert" in href] == []
    found = wide.search("onerror")
    assert any("<script>alert(1)</script>" in text for text in found)
    assert page.locator(".cl-results").locator("script, img, iframe, svg").count() == 0


def test_lists_and_cases_need_no_javascript(plain: Watched) -> None:
    page = plain.go("index.html")
    page.wait_for_url("**/zh/index.html")
    page.goto(plain.address + "en/cases/index.html")
    assert page.locator(".cl-search").is_hidden()
    page.get_by_role("link", name=CASE).click()
    page.wait_for_url(f"**/en/{CASE_PAGE}")
    page.locator("details:has(.cl-why) summary").first.click()
    assert page.locator(".cl-why").first.is_visible()


def test_colours_follow_the_system_and_paper_shows_no_bar(wide: Watched) -> None:
    page = wide.page
    colour = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="dark")
    assert wide.go(f"en/{CASE_PAGE}").evaluate(colour) == "rgb(18, 24, 27)"
    page.emulate_media(color_scheme="light")
    assert wide.go(f"en/{CASE_PAGE}").evaluate(colour) == "rgb(246, 248, 248)"
    page.emulate_media(media="print")
    assert page.locator(".cl-header").is_hidden()
    assert page.locator("#timeline").is_visible()


def test_no_page_weighs_60_kb(folder: Path) -> None:
    sizes = {path: path.stat().st_size for path in folder.rglob("*.html")}
    assert {path.stem: size for path, size in sizes.items() if size >= 60_000 and path.stem != HOSTILE} == {}
    assert sum(path.stem.startswith("C-") for path in sizes) == 150
