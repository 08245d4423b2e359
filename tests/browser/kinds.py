"""The kinds of page that a site has, and pages that stand for them: what every page must keep is tried on these."""

import re
from collections import defaultdict
from pathlib import Path

OWN = ("guide", "schema")
"""Folders whose pages are each written for themselves."""

_NAMED = re.compile(r"^(policies|departments)/[^/]+/")
_NUMBER = re.compile(r"\d+")


def kind(path: str) -> str:
    """What kind of page is at a path of one language's pages: cases/2026/11/C-20261103-7K3QD.html is cases/0/0/*."""
    folder, _, name = _NAMED.sub(r"\1/*/", path).rpartition("/")
    if not folder or folder in OWN or name == "index.html":
        return f"{folder}/{name}"
    return f"{_NUMBER.sub('0', folder)}/*"


def representatives(pages: Path) -> list[str]:
    """The largest page of each kind below the folder of a language."""
    found = defaultdict(list)
    for file in pages.rglob("*.html"):
        found[kind(file.relative_to(pages).as_posix())].append(file)
    largest = (max(files, key=lambda file: (file.stat().st_size, file)) for files in found.values())
    return sorted(file.relative_to(pages).as_posix() for file in largest)
