"""The table of cases in Chromium, with as many rows as a large company has in some years."""

import json
import random
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from caseledger.site import building
from tests.bench import scale
from tests.bench.chromium import shown

ROWS = 100_000
SHAPES = 300
"""Generated cases whose rows are repeated under numbers of their own."""
ROUNDS = 5

_SEEN = """
window.seen = {};
new MutationObserver(() => {
  const count = document.querySelector(".cl-table-count")?.textContent ?? "";
  if (document.querySelector(".cl-row")) window.seen.first ??= performance.now();
  if (/^[0-9 ]+of/.test(count)) window.seen.all ??= performance.now();
}).observe(document, {subtree: true, childList: true, characterData: true});
"""
_ACT = """
async () => {
  const taken = {};
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (const [name, act] of Object.entries({
    filter: () => { location.hash = "#status=overdue&department=customer-service"; },
    sort: () => document.querySelector("[data-column=sku]").click(),
    words: () => { location.hash = "#q=zip"; },
  })) {
    const begin = performance.now();
    act();
    await frame();
    taken[name] = performance.now() - begin;
  }
  return taken;
}
"""


def table(folder: Path) -> Iterator[tuple[str, float]]:
    """Milliseconds until the newest year can be used, until all years are there, and for what one does with them."""
    repository = scale.repository(folder / "shapes", SHAPES)
    site = folder / "table-site"
    building.build(repository, site, scale.NOW)
    _multiply(site)
    with shown(site) as (browser, address):
        rounds = [_round(browser, f"{address}en/cases/index.html") for _ in range(ROUNDS)]
    for name in rounds[0]:
        yield name, statistics.median(one[name] for one in rounds)


def _round(browser: Browser, address: str) -> dict[str, float]:
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.add_init_script(_SEEN)
        page.goto(address)
        page.wait_for_timeout(200)
        while not page.evaluate("window.seen.all"):
            page.wait_for_timeout(50)
        seen: dict[str, float] = page.evaluate("window.seen")
        acted: dict[str, float] = page.evaluate(_ACT)
    return seen | acted


def _multiply(site: Path) -> None:
    """Repeat the rows of each year until there are ROWS of them in all."""
    chance = random.Random(ROWS)
    files = sorted((site / "table").glob("*.json"))
    for file in files:
        shard = json.loads(file.read_text(encoding="utf-8"))
        have, wanted = len(shard["id"]), ROWS // len(files)
        for name in ("summary", "breaches", "due", "next"):
            shard[name] = (shard[name] * (wanted // have + 1))[:wanted]
        days = sorted((chance.choice(shard["id"])[:11] for _ in range(wanted)), reverse=True)
        shard["id"] = [day + "".join(chance.choices(scale.SIGNS, k=5)) for day in days]
        for group in shard["groups"].values():
            group["codes"] = (group["codes"] * (wanted // have + 1))[:wanted]
        file.write_text(json.dumps(shard, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    page = site / "en" / "cases" / "index.html"
    total = re.sub(r"(total&#34;: )\d+", rf"\g<1>{ROWS}", page.read_text(encoding="utf-8"))
    page.write_text(total, encoding="utf-8")
