"""A contact sheet of the site: every kind of page, both languages, both colour schemes, two widths, on one small image.

`make sheet` builds the site of the shipped cases as of a fixed moment and writes docs/screens/pages.webp. It is for the
eye: no test compares it.
"""

import base64
import shutil
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from tests.browser import kinds  # noqa: E402

from caseledger import instant, site  # noqa: E402
from caseledger.site import serving  # noqa: E402

OUT = ROOT / "docs" / "screens" / "pages.webp"
NOW = instant.parse("2026-11-22T12:00:00+08:00")
LOOKS = [
    (language, scheme, width) for width in (1440, 390) for language in ("zh", "en") for scheme in ("light", "dark")
]
HEIGHTS = {1440: 900, 390: 844}
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
SETTLED = 300
"""Milliseconds that a page has to draw what it loads."""

TILE = 150
"""Height of a picture on the sheet, in pixels."""

SHEET = """<!doctype html><meta charset="utf-8"><style>
body { margin: 8px; font: 11px sans-serif; color: #222; background: #fff; width: max-content }
div { display: flex; gap: 4px; align-items: end; margin-bottom: 6px }
p { margin: 0 0 2px } img { display: block; border: 1px solid #bbb }
</style>"""


def main() -> int:
    """Build, photograph, lay out, and say how large the sheet is."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder) / "site"
        site.build(ROOT, out, NOW)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
        )
        with serving.server(out, 0) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            paths = kinds.representatives(out / "en")
            looks = [_pictures(browser, serving.address(server), paths, *look) for look in LOOKS]
            server.shutdown()
        rows = [f"<p>{path}</p><div>{''.join(row)}</div>" for path, *row in zip(paths, *looks, strict=True)]
        _write(browser, SHEET + "".join(rows))
        browser.close()
    sys.stdout.write(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size / 1000:.0f} kB\n")
    return 0


def _pictures(
    browser: Browser, address: str, paths: Sequence[str], language: str, scheme: str, width: int
) -> list[str]:
    """Every page in one language, scheme and width."""
    found = []
    size = ViewportSize(width=width, height=HEIGHTS[width])
    with browser.new_context(viewport=size, color_scheme="dark" if scheme == "dark" else "light") as context:
        page = context.new_page()
        for path in paths:
            page.goto(f"{address}{language}/{path}")
            page.wait_for_timeout(SETTLED)
            taken = base64.b64encode(page.screenshot(type="jpeg", quality=70)).decode()
            found.append(f'<img height="{TILE}" src="data:image/jpeg;base64,{taken}" alt="">')
    return found


def _write(browser: Browser, html: str) -> None:
    """Photograph the sheet, and let the browser itself write it as WebP."""
    page = browser.new_page(viewport=ViewportSize(width=1900, height=900))
    page.set_content(html)
    taken = base64.b64encode(page.locator("body").screenshot(type="png")).decode()
    made = page.evaluate(
        """async (png) => {
          const image = new Image();
          image.src = `data:image/png;base64,${png}`;
          await image.decode();
          const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
          canvas.getContext("2d").drawImage(image, 0, 0);
          return canvas.toDataURL("image/webp", 0.45);
        }""",
        taken,
    )
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(base64.b64decode(made.partition(",")[2]))


if __name__ == "__main__":
    sys.exit(main())
