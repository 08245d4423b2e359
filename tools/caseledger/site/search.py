"""The search index, made by Pagefind's command.

Words are cut as Chinese is, in every language's pages: a consumer's words stand in their own language on both.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

NOISE = (
    ".headerlink, .cl-kicker a, .cl-labels, .cl-when, .cl-what > p,"
    " .cl-case h2, .cl-case dt, .cl-case th, .cl-case figcaption"
)
"""What stands on every case page alike, and would be found in all of them."""

UNUSED = ("pagefind-component-ui.*", "pagefind-modular-ui.*", "pagefind-ui.*", "pagefind-highlight.js")
"""Parts of Pagefind that the site's own search box does without."""


def index(folders: Sequence[Path]) -> None:
    """Index each folder of pages by itself, all at once; CannotGoOn with what Pagefind says."""
    running = [(folder, _start(folder)) for folder in folders]
    for folder, process in running:
        said, _ = process.communicate()
        if process.returncode:
            raise CannotGoOn(Text(N_("Pagefind could not index the site: {said}"), said=said.strip()))
        for pattern in UNUSED:
            for file in (folder / "pagefind").glob(pattern):
                file.unlink()


def _start(folder: Path) -> subprocess.Popen[str]:
    arguments = ["--site", str(folder), "--force-language", "zh", "--exclude-selectors", NOISE, "--quiet"]
    return subprocess.Popen(
        [sys.executable, "-m", "pagefind", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
