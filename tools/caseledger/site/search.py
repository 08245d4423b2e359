"""The search index, made by Pagefind's command from copies of the pages.

Chinese, Japanese and Korean are written without spaces. Where an indexer and a browser cut them into words, they cut
them differently, and what is there is not found. So the copies hold every pair of neighbouring characters as a word
of its own; the search box (site/assets/search.js) cuts what is typed in the same way, and joins again what it finds.
"""

import re
import subprocess
import sys
from pathlib import Path

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

NOISE = (
    ".headerlink, .cl-kicker a, .cl-labels, .cl-when, .cl-what > p,"
    " .cl-case h2, .cl-case dt, .cl-case th, .cl-case time, .cl-case figcaption"
)
"""What stands on every case page alike, and would be found in all of them."""

UNUSED = ("pagefind-component-ui.*", "pagefind-modular-ui.*", "pagefind-ui.*", "pagefind-highlight.js")
"""Parts of Pagefind that the site's own search box does without."""

_RUN = re.compile("[々〆\u3040-\u30ff\u31f0-\u31ff㐀-䶿一-鿿가-힣豈-\ufaff\U00020000-\U0003ffff]+")
_TAIL = re.compile(r"-([0-9A-Z]{5,})(?![0-9A-Za-z-])", re.ASCII)


def copy(html: str) -> str:
    """A page as it is indexed: "拉链坏" is "拉链 链坏 坏", and the last part of a number stands by itself, too.

    Whole sections that are not searched are left out.
    """
    first, *others = html.split("<section data-pagefind-ignore>")
    searched = first + "".join(other.partition("</section>")[2] for other in others)
    return _RUN.sub(_pairs, _TAIL.sub(r"-\1 \1", searched))


def _pairs(run: re.Match[str]) -> str:
    signs = run[0]
    return f" {' '.join(signs[i : i + 2] for i in range(len(signs)))} "


def copy_marked(site: Path, copies: Path) -> None:
    """Copy the pages below `site` that are marked for the index; those of cases are copied as they are made."""
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        if "data-pagefind-body" in html:
            target = copies / path.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(copy(html), encoding="utf-8")


def index(copies: Path, target: Path) -> None:
    """Index a folder of copies into a folder of the site; CannotGoOn with what Pagefind says."""
    # English has its words reduced to their stems; nothing is lost for other languages, which are treated alike when
    # they are indexed and when they are searched for.
    arguments = ["--site", str(copies), "--output-path", str(target), "--force-language", "en"]
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", *arguments, "--exclude-selectors", NOISE, "--quiet"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotGoOn(Text(N_("Pagefind could not index the site: {said}"), said=done.stdout.strip()))
    for pattern in UNUSED:
        for file in target.glob(pattern):
            file.unlink()
