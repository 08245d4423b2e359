"""A site that is served to a Chromium, and what its pages receive."""

import math
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
    """Bytes of all bodies that the pages of a context and their workers receive, by when they began to arrive."""

    def __init__(self, context: BrowserContext) -> None:
        self._responses: list[Response] = []
        context.on("response", self._keep)

    def bytes(self, since: float = 0, until: float = math.inf) -> int:
        """Those of the bodies of which the first byte arrived then; milliseconds, as Date.now() has them."""
        return sum(size for at, size in map(_arrived, self._responses) if since < at <= until)

    def _keep(self, response: Response) -> None:
        self._responses.append(response)


def _arrived(response: Response) -> tuple[float, int]:
    timing = response.request.timing
    return timing["startTime"] + max(timing["responseStart"], 0), int(response.headers.get("content-length", 0))
