"""Pages for everybody: what axe finds (WCAG 2.2 AA and good practice), and the keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ViewportSize

from tests.browser.conftest import Watched

DESK, HAND = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [
        ("en", DESK, "light"), ("en", DESK, "dark"), ("en", HAND, "light"), ("en", HAND, "dark"),
        ("zh", HAND, "light"),
    ],
)  # fmt: skip
def test_axe_finds_nothing(
    browser: Browser, address: str, pages: list[str], language: str, size: ViewportSize, scheme: str
) -> None:
    found = []
    with browser.new_context(viewport=size, color_scheme="dark" if scheme == "dark" else "light") as context:
        page = context.new_page()
        for path in pages:
            page.goto(f"{address}{language}/{path}")
            results = Axe().run(page)
            found += [
                f"{path}: {violation['id']}: {node['html'][:200]}"
                for violation in results.response["violations"]
                for node in violation["nodes"]
            ]
    assert found == []


def test_the_search_panel_is_accessible_while_it_is_open(wide: Watched) -> None:
    page = wide.go("en/index.html")
    wide.search("zip")
    assert Axe().run(page).response["violations"] == []
