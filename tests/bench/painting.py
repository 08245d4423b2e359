"""The first page as Lighthouse would judge it on a desk: when it is drawn, whether it moves, what it weighs."""

import statistics
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser

from tests.bench.chromium import Received, shown

ROUNDS = 5
LINE = {"offline": False, "latency": 40, "downloadThroughput": 1_280_000, "uploadThroughput": 1_280_000}
"""The line that Lighthouse assumes for a desk: 10 Mbit/s, 40 ms there and back."""

_SEEN = """
window.seen = { "largest contentful paint": 0, "layout shift": 0, "total blocking time": 0 };
const watch = (type, add) =>
  new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type, buffered: true });
watch("paint", (entry) => {
  if (entry.name === "first-contentful-paint") seen["first contentful paint"] = entry.startTime;
});
watch("largest-contentful-paint", (entry) => { seen["largest contentful paint"] = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen["layout shift"] += entry.value; });
watch("longtask", (entry) => { seen["total blocking time"] += Math.max(0, entry.duration - 50); });
"""


def first_page(site: Path) -> Mapping[str, float]:
    """Medians of some visits with an empty cache: milliseconds, layout shift as its score, kB of all bodies."""
    with shown(site) as (browser, address):
        rounds = [_round(browser, f"{address}en/index.html") for _ in range(ROUNDS)]
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def _round(browser: Browser, address: str) -> dict[str, float]:
    with browser.new_context(viewport={"width": 1350, "height": 940}) as context:
        page = context.new_page()
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", LINE)
        received = Received(context)
        page.add_init_script(_SEEN)
        page.goto(address, wait_until="networkidle")
        page.wait_for_timeout(500)
        seen: dict[str, float] = page.evaluate("window.seen")
    return seen | {"transferred": received.bytes() / 1000}
