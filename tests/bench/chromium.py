"""A site that is served to a Chromium, and what its pages receive."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Response, sync_playwright

from caseledger.site import serving


@contextmanager
def shown(site: Path) -> Iterator[tuple[Browser, str]]:
    """A browser, and the address of a site that is served to it."""
    with serving.server(site, 0) as server, sync_playwright() as playwright:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        yield browser, serving.address(server)
        browser.close()
        server.shutdown()
        thread.join()


class Received:
    """Adds up the bytes of all bodies that the pages of a context and their workers receive."""

    def __init__(self, context: BrowserContext) -> None:
        self.bytes = 0
        context.on("response", self._add)

    def _add(self, response: Response) -> None:
        self.bytes += int(response.headers.get("content-length", 0))
