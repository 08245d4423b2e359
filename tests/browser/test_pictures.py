"""Pictures on the page of a case: shown small under the strict policy, each leads to a larger one; inside alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from caseledger import site
from caseledger.audience import Audience
from tests import casework
from tests.browser.conftest import Watched, served
from tests.casework import CASE, NOW, case, event
from tests.conftest import ROOT
from tests.test_site_evidence import entry, photograph, put


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a case that has a picture in the store."""
    root = tmp_path_factory.mktemp("pictures") / "repository"
    shutil.copytree(ROOT / "policy", root / "policy")
    shutil.copy(ROOT / "caseledger.yml", root)
    raw = photograph((3000, 2000))
    put(root, raw)
    listed = [entry(raw, name="zip <b>of</b> the bag.jpg")]
    casework.put(root, case(event("2026-11-03 12:00", "evidence", files=listed, obtained="By e-mail")))
    return root


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """Where its site for insiders is served."""
    site.build(root, root / "inside", NOW, searchable=False)
    with served(root / "inside") as found:
        yield found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_is_shown_and_leads_to_a_larger_one(
    browser: Browser, address: str, language: str, width: int, scheme: str
) -> None:
    with browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    ) as context:
        watched = Watched(context.new_page(), address)
        page = watched.go(f"{language}/cases/2026/11/{CASE}.html")
        picture = page.locator("img.cl-thumbnail")
        picture.scroll_into_view_if_needed()
        picture.evaluate("image => image.decode()")
        assert picture.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [240, 160]
        box = picture.bounding_box()
        assert box
        assert box["width"] <= 190
        assert box["width"] / box["height"] == pytest.approx(1.5, rel=0.05)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert [found["id"] for found in Axe().run(page).response["violations"]] == []
        assert watched.faults == []
        page.get_by_role("link", name="zip <b>of</b> the bag.jpg").click()
        page.wait_for_url("**/*-1600.webp")
        assert page.evaluate("document.images[0].naturalWidth") == 1600


def test_a_site_for_everybody_has_no_pictures(root: Path) -> None:
    site.build(root, root / "public", NOW, searchable=False, audience=Audience.PUBLIC)
    assert [
        path for path in (root / "public").rglob("*") if path.suffix in (".webp", ".jpg") or path.name == CASE
    ] == []
