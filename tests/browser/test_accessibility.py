"""Pages for everybody: what axe finds (WCAG 2.2 AA and good practice), and the keyboard alone."""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Watched
from tests.browser.test_cases import LIST, complete

Scheme = Literal["light", "dark"]
SWITCHED = "scheme => document.body.dataset.mdColorScheme === scheme"
STILL = "() => document.getAnimations().length === 0"
DESK, HAND = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)


COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that ask how a page is coloured; most of the time goes into them."""


@pytest.mark.parametrize(("size", "scheme", "other"), [(DESK, "light", "dark"), (HAND, "dark", "light")])
def test_axe_finds_nothing(
    browser: Browser, address: str, pages: list[str], size: ViewportSize, scheme: Scheme, other: Scheme
) -> None:
    """Nothing but colours depends on whether it is dark."""
    found = []
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        for path in pages:
            page.goto(f"{address}en/{path}")
            found += violations(page, path)
            switch(page, other)
            found += violations(page, path, runOnly=COLOURS)
            switch(page, scheme)
    assert found == []


def test_axe_finds_nothing_in_chinese(browser: Browser, address: str, pages: list[str]) -> None:
    """Whose colours are those of English."""
    found = []
    with browser.new_context(viewport=HAND) as context:
        page = context.new_page()
        for path in pages:
            page.goto(f"{address}zh/{path}")
            found += violations(page, path, rules={name: {"enabled": False} for name in COLOURS})
    assert found == []


def switch(page: Page, scheme: Scheme) -> None:
    """Let it become light or dark while the page is open."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(SWITCHED, arg={"light": "default", "dark": "slate"}[scheme])


def violations(page: Page, path: str, **options: Any) -> list[str]:
    """What axe finds on a page that is all there, everything in the colour that it keeps."""
    if path == LIST:
        complete(page)
    page.wait_for_function(STILL)
    results = Axe().run(page, options={"resultTypes": ["violations"], **options})
    return [
        f"{path}: {violation['id']}: {node['html'][:200]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


def test_the_search_panel_is_accessible_while_it_is_open(wide: Watched) -> None:
    page = wide.go("en/index.html")
    wide.search("zip")
    page.wait_for_function(STILL)
    assert Axe().run(page).response["violations"] == []


FOCUSED = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const shown = at.matches(".md-option") ? at.nextElementSibling.getBoundingClientRect() : box;
  return {
    name: at.id || at.className || at.textContent.trim(),
    key: [...document.querySelectorAll("*")].indexOf(at),
    inside: shown.right > 0 && shown.left < innerWidth && shown.width > 0,
    marked: style.outlineStyle !== "none" || at.matches(".md-option, #cl-content"),
  };
}"""


def test_the_first_stop_leads_past_the_bar(wide: Watched) -> None:
    page = wide.go("en/departments/customer-service.html")
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#cl-content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[name=mine]")).to_be_focused()


@pytest.mark.parametrize(
    "path", ["departments/customer-service.html", "policies/quality/2023-01-01.html", "obligations/index.html"]
)
def test_the_keyboard_is_seen_wherever_it_is_and_caught_nowhere(wide: Watched, narrow: Watched, path: str) -> None:
    for watched in (wide, narrow):
        page = watched.go(f"en/{path}")
        seen = set()
        for _ in range(600):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
            if at is None:
                break
            assert at["key"] not in seen or at["name"].startswith("md-option"), at
            assert at["inside"], at
            assert at["marked"], at
            seen.add(at["key"])
        else:
            pytest.fail("the keyboard does not come out of the page")
        assert len(seen) > 10


def test_on_a_narrow_screen_the_keyboard_opens_the_menu_and_closes_it(narrow: Watched) -> None:
    page = narrow.go("en/index.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    menu = page.locator(".cl-menu")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".md-nav--primary :focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    page.get_by_role("link", name="Policies").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/policies/index.html")
