"""The shipped cases and a hostile one as a site below the top of a server, and a browser that is watched."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, Response, ViewportSize, expect, sync_playwright

from caseledger import site
from caseledger.site import serving
from tests import casework
from tests.browser import kinds
from tests.casework import NOW
from tests.conftest import ROOT
from tests.test_site_hostile import ATTACKS, everywhere

HOSTILE = "C-20261103-00000"
CASE = "C-20261103-7K3QD"
PATIENCE = 60_000
"""Milliseconds within which a browser starts, or a page becomes what is expected of it, on the busiest machine."""

expect.set_options(timeout=PATIENCE)

_COPIED = """async (begin) => {
  const text = await navigator.clipboard.readText();
  return text.startsWith(begin) && text;
}"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    root = tmp_path_factory.mktemp("shipped")
    for name in ("policy", "cases", "reviews"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "caseledger.yml", root)
    casework.put(root, everywhere("\n".join(ATTACKS)))
    site.build(root, root / "www" / "intern" / "site", NOW)
    return root / "www" / "intern" / "site"


@pytest.fixture(scope="session")
def pages(folder: Path) -> list[str]:
    """A page of every kind, the hostile and an ordinary case, in the folder of a language."""
    return sorted({*kinds.representatives(folder / "en"), *(f"cases/2026/11/{case}.html" for case in (HOSTILE, CASE))})


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serves a folder; yields its address."""
    with serving.server(folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield serving.address(server)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """Where the site is served, below the top of a server."""
    with served(folder.parents[1]) as top:
        yield f"{top}intern/site/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, which Debian's package brings."""
    found = shutil.which("chromium")
    if not found:
        pytest.fail("Chromium is missing: on Debian, apt-get install chromium (make setup does it as root)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
            timeout=PATIENCE,
        )
        yield launched
        launched.close()


@dataclass
class Watched:
    """A page, and all that it did that no page should: said on the console, asked for elsewhere, failed to get."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        host = urlsplit(self.address).netloc
        page, note = self.page, self.faults.append

        def asked(request: Request) -> None:
            if urlsplit(request.url).netloc != host:
                note(f"elsewhere: {request.url}")

        def failed(request: Request) -> None:
            if request.failure != "net::ERR_ABORTED":  # given up because the page was left
                note(f"failed: {request.url}: {request.failure}")

        def answered(response: Response) -> None:
            if response.status >= 400:
                note(f"{response.status}: {response.url}")

        def opened(dialog: Dialog) -> None:
            note(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: note(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: note(f"error: {error}"))
        page.on("requestfailed", failed)
        page.on("request", asked)
        page.on("response", answered)
        page.on("dialog", opened)

    def go(self, path: str) -> Page:
        """The page at a path of the site."""
        self.page.goto(self.address + path)
        return self.page

    def search(self, words: str) -> list[str]:
        """What a search finds, first to last."""
        page = self.page
        page.keyboard.press("/")
        page.keyboard.type(words)
        page.locator(f".cl-count[data-query='{words}']").wait_for()
        return page.locator(".cl-results li").all_inner_texts()

    def copied(self, begin: str) -> str:
        """The text on the clipboard, once it is one that begins so."""
        found: str = self.page.wait_for_function(_COPIED, arg=begin).json_value()
        return found


def _watched(browser: Browser, address: str, size: ViewportSize, *, script: bool = True) -> Iterator[Watched]:
    with browser.new_context(viewport=size, java_script_enabled=script) as context:
        watched = Watched(context.new_page(), address)
        yield watched
    assert watched.faults == []


@pytest.fixture
def wide(browser: Browser, address: str) -> Iterator[Watched]:
    """A page on a desk."""
    yield from _watched(browser, address, ViewportSize(width=1440, height=900))


@pytest.fixture
def narrow(browser: Browser, address: str) -> Iterator[Watched]:
    """A page in a hand."""
    yield from _watched(browser, address, ViewportSize(width=390, height=844))


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Watched]:
    """A page without JavaScript."""
    yield from _watched(browser, address, ViewportSize(width=1440, height=900), script=False)
