"""The page of a case in a browser: the next step to copy, clocks drawn, the root cause drawn, all of it on paper."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Watched

OPEN = "cases/2026/11/C-20261112-PTM1X.html"
FISHBONE = "cases/2023/09/C-20230928-NZK7H.html"


def test_the_next_step_is_copied_and_leads_into_the_editor(wide: Watched) -> None:
    page = wide.go(f"en/{OPEN}")
    step = page.locator(".cl-next")
    expect(step).to_contain_text("caseledger append C-20261112-PTM1X investigated")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    step.locator(".cl-copy").first.click()
    assert wide.copied("caseledger") == "caseledger append C-20261112-PTM1X investigated"
    assert re.fullmatch(
        r"https://git\.example\.cn/.+/_edit/main/cases/2026/11/C-20261112-PTM1X\.yml",
        step.locator(".cl-edit").get_attribute("href") or "",
    )
    step.locator("summary").click()
    expect(step.locator(".cl-yaml")).to_contain_text("type: investigated")


def test_bars_stand_on_one_scale_and_go_beyond_the_deadline_where_it_was_broken(wide: Watched) -> None:
    page = wide.go(f"en/{OPEN}")
    overdue = page.locator(".cl-clocks tr", has=page.locator(".cl-status.cl-overdue")).locator(".cl-run")
    assert overdue.locator(".over").count() == 1
    assert overdue.locator(".now").count() == 1
    widths = {bar["width"] for bar in (one.bounding_box() for one in page.locator(".cl-run").all()) if bar}
    assert len(widths) == 1
    kept = page.locator(".cl-clocks tr", has=page.locator(".cl-status.cl-met")).first.locator(".cl-run")
    assert kept.locator(".over, .now").count() == 0


def test_a_fishbone_has_its_bones_on_both_sides_of_the_spine(wide: Watched, narrow: Watched) -> None:
    page = wide.go(f"zh/{FISHBONE}")
    boxes = [box for box in (bone.bounding_box() for bone in page.locator(".cl-bones > li").all()) if box]
    assert len(boxes) == 6
    spine = boxes[0]["y"] + boxes[0]["height"]
    assert {round(box["y"] + box["height"]) for box in boxes[::2]} == {round(spine)}
    assert {round(box["y"]) for box in boxes[1::2]} == {round(spine)}
    page = narrow.go(f"zh/{FISHBONE}")
    lefts = {round(box["x"]) for box in (bone.bounding_box() for bone in page.locator(".cl-bones > li").all()) if box}
    assert len(lefts) == 1


def test_paper_shows_the_reasons_and_not_the_commands(wide: Watched) -> None:
    page = wide.go(f"en/{OPEN}")
    assert page.locator(".cl-why").first.is_hidden()
    page.emulate_media(media="print")
    assert page.locator(".cl-how").is_hidden()
    assert (page.locator(".cl-why").first.bounding_box() or {"height": 0})["height"] > 0
    assert page.locator(".cl-run").first.is_visible()


def test_on_paper_nothing_is_cut_off_and_the_reasons_of_a_date_stand_across_the_sheet(wide: Watched) -> None:
    page = wide.page
    page.set_viewport_size({"width": 718, "height": 1000})  # what margins leave of a sheet of A4
    page.emulate_media(media="print")
    for path in (OPEN, FISHBONE, "management/index.html"):
        wide.go(f"en/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 718, path
    wide.go(f"en/{OPEN}")
    assert (page.locator(".cl-why").first.bounding_box() or {"width": 0})["width"] > 500


def test_only_the_consumers_own_words_are_in_the_consumers_language(wide: Watched) -> None:
    page = wide.go("zh/cases/2023/02/C-20230214-N4V96.html")  # from Japan; its summary is a colleague's
    assert page.locator("blockquote").first.get_attribute("lang") == "ja"
    assert page.locator("[lang=ja]").count() == 1
    assert page.locator("h1").get_attribute("dir") == "auto"
