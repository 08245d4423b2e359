"""The table of cases in a browser: narrowed, sorted, shared by its address, saved as CSV; by keyboard, too."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HOSTILE, Watched

LIST = "cases/index.html"


def opened(watched: Watched, language: str = "en", asked: str = "") -> Page:
    watched.page.goto("about:blank")  # another choice on the page that is shown would not load it again
    page = watched.go(f"{language}/{LIST}{asked}")
    complete(page)
    return page


def complete(page: Page) -> None:
    """Waits for the cases of all years, which arrive one year after the other."""
    page.locator(".cl-grid").wait_for()
    expect(page.locator(".cl-table-count")).to_have_text(re.compile(r"^\d+ (of|/) 75"))


def counts(page: Page, said: str) -> None:
    """Waits until the table says how many cases there are."""
    expect(page.locator(".cl-table-count")).to_have_text(said)


def asks(page: Page, hash_: str) -> None:
    """Waits until the address says what is chosen."""
    page.wait_for_function("wanted => location.hash === wanted", arg=hash_)


def column(page: Page, name: str) -> list[str]:
    return page.locator(f".cl-row .cl-line-{name}").all_inner_texts()


def cases(page: Page) -> list[str]:
    return page.locator(".cl-row .cl-case-link").all_inner_texts()


def test_a_facet_narrows_the_table_and_the_address_shows_another_the_same(wide: Watched) -> None:
    page = opened(wide)
    counts(page, "75 of 75 cases")
    page.locator("summary", has_text="Market").click()
    label = page.locator(".cl-facet[open] label", has_text="DE Germany")
    number = int(label.locator(".cl-facet-count").inner_text())
    label.click()
    counts(page, f"{number} of 75 cases")
    assert set(column(page, "market")) == {"DE Germany"}
    asks(page, "#market=DE")
    found = cases(page)
    assert len(found) == number > 1
    page.reload()
    page.locator(".cl-chip", has_text="Market: DE Germany").wait_for()
    complete(page)
    assert cases(page) == found
    page.get_by_role("link", name="中文").click()
    page.wait_for_url("**/zh/cases/index.html#market=DE")
    page.locator(".cl-chip", has_text="市场: DE 德国").wait_for()
    complete(page)
    assert cases(page) == found
    page.get_by_role("button", name="显示全部案件").click()
    counts(page, "75 / 75 件")


def test_facets_of_a_deadline_speak_of_one_deadline(wide: Watched) -> None:
    wide.page.set_viewport_size({"width": 1440, "height": 6000})  # all rows are in sight
    page = opened(wide, asked="#status=late&clock=quality/investigation")
    both = set(cases(page))
    page = opened(wide, asked="#status=late")
    late = set(cases(page))
    page = opened(wide, asked="#clock=quality/investigation")
    assert both < late & set(cases(page))


def test_a_range_of_months_may_be_asked_for(wide: Watched) -> None:
    page = opened(wide, asked="#month=2026-09..2026-10")
    days = column(page, "day")
    assert days
    assert [day for day in days if not "2026-09" <= day[:7] <= "2026-10"] == []


def test_headings_sort_both_ways(wide: Watched) -> None:
    page = opened(wide)
    page.get_by_role("button", name="Supplier").click()
    expect(page.locator("th[aria-sort=ascending] .cl-sorted")).to_have_text(re.compile("^Supplier"))
    suppliers = [name for name in column(page, "supplier") if name]
    assert suppliers == sorted(suppliers)
    page.get_by_role("button", name="Supplier").click()
    asks(page, "#sort=-supplier")
    page = opened(wide, asked="#sort=due")
    expect(page.locator(".cl-row").first.locator(".cl-status")).to_be_visible()


def test_words_are_looked_for_in_the_whole_table(wide: Watched) -> None:
    page = opened(wide)
    page.fill(".cl-words-input", "zip TWO")
    page.wait_for_url("**#q=zip+TWO")
    assert "C-20261103-7K3QD" in cases(page)
    page.fill(".cl-words-input", "qqqq")
    page.get_by_text("No case matches.").wait_for()
    counts(page, "0 of 75 cases")


def test_what_is_shown_is_saved_as_csv_in_its_order(wide: Watched, tmp_path: Path) -> None:
    page = opened(wide, asked="#month=2026-11&sort=day")
    shown = cases(page)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Download as CSV").click()
    assert saving.value.suggested_filename.startswith("cases-")
    saving.value.save_as(tmp_path / "cases.csv")
    raw = (tmp_path / "cases.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [line["Case"] for line in lines] == shown
    assert list(lines[0])[:5] == ["Received on", "Case", "State", "Next deadline", "Department"]
    [hostile] = [line for line in lines if line["Case"] == HOSTILE]
    assert hostile["Summary"].startswith("<script>alert(1)</script> </title>")


def test_no_cell_of_the_csv_is_a_formula(wide: Watched) -> None:
    page = opened(wide)
    attacks = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1", "|calc", "%1", 'a"b', "C-1"]
    text = page.evaluate("async (cells) => (await import('../assets/cases/csv.js')).csv([cells, [3]])", attacks)
    assert text.endswith("\r\n3\r\n")
    [saved, _] = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert saved[:-2] == [f"'{attack}" for attack in attacks[:-2]]
    assert saved[-2:] == attacks[-2:]


def test_hostile_words_stay_words(wide: Watched) -> None:
    page = opened(wide, asked="#q=alert&market=%3Cimg%20src=x%20onerror=alert(1)%3E&q=x&sort=constructor&state=%22")
    counts(page, "0 of 75 cases")
    page = opened(wide, asked="#month=2026-11")
    assert "<script>alert(1)</script>" in page.inner_text(".cl-grid")
    assert page.locator(".cl-grid script, .cl-grid img, .cl-grid svg, [onerror]").count() == 0


def test_rows_are_made_as_they_come_into_sight(wide: Watched) -> None:
    page = opened(wide)
    made = page.locator(".cl-row").count()
    assert made < 75
    assert page.locator(".cl-grid table").get_attribute("aria-rowcount") == "76"
    page.locator(".cl-grid").evaluate("box => box.scrollTop = box.scrollHeight")
    page.locator(".cl-row[aria-rowindex='76']").wait_for()
    expect(page.locator(".cl-row[aria-rowindex='2']")).to_have_count(0)


def test_the_keyboard_is_enough(wide: Watched) -> None:
    page = opened(wide)
    page.locator("summary", has_text="State").first.focus()
    page.keyboard.press("Enter")
    page.locator(".cl-facet[open] label").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    asks(page, "#state=open")
    expect(page.locator(".cl-facet[open] input:focus")).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator("summary:focus")).to_be_visible()
    page.locator(".cl-case-link").first.focus()
    second = cases(page)[1]
    page.keyboard.press("ArrowDown")
    expect(page.locator(".cl-case-link:focus")).to_have_text(second)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{second}.html")
    page.go_back()
    page.locator(".cl-chip", has_text="State: Open").wait_for()


def test_a_narrow_screen_shows_cards(narrow: Watched) -> None:
    page = opened(narrow, "zh")
    row = page.locator(".cl-row").first
    expect(row.locator(".cl-summary")).to_be_visible()
    expect(row.locator(".cl-col-grade")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_without_javascript_there_are_plain_pages(plain: Watched) -> None:
    page = plain.go(f"en/{LIST}")
    assert page.locator(".cl-grid").count() == 0
    assert page.locator("article tbody tr").count() == 40
    page.get_by_role("link", name="2024", exact=True).first.click()
    page.wait_for_url("**/cases/2024.html")
    assert page.locator("article tbody tr").count() > 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_figures_lead_to_the_cases_behind_them(wide: Watched, language: str) -> None:
    page = wide.go(f"{language}/management/index.html")
    assert page.locator(".cl-columns-chart rect").first.is_visible()
    figure = page.locator(".cl-figure-overdue a")
    number = figure.inner_text()
    figure.click()
    expect(page.locator(".cl-table-count")).to_have_text(re.compile(rf"^{number} (of|/) 75"))
    page.go_back()
    page.locator("#age + .cl-scroll a").first.click()
    expect(page.locator(".cl-chip")).to_have_count(4)  # two states, an age, all cases


def test_charts_stand_on_paper_with_their_tables(wide: Watched) -> None:
    page = wide.go("en/management/2026.html")
    page.emulate_media(media="print")
    assert page.locator(".cl-columns-chart").is_visible()
    assert page.locator("figure + .cl-scroll table").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.cl-bar-kept')).printColorAdjust") == "exact"


def test_the_figures_of_the_first_page_lead_to_as_many_cases(wide: Watched) -> None:
    page = wide.go("en/index.html")
    links = page.locator(".cl-figures a").all()
    figures = [(link.get_attribute("href") or "", link.inner_text()) for link in links]
    assert len(figures) == 8
    for href, number in figures:
        page = wide.go(f"en/{href}")
        expect(page.locator(".cl-table-count")).to_have_text(f"{number} of 75 cases")
