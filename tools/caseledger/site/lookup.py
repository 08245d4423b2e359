"""Lists of the numbers and words of cases, beside each part of the search index.

The index answers from the newest part, and of an older one a lot has to be loaded before it says anything. A number, or
a word that only older cases hold, is not worth that: a list of a few kilobytes says where it stands, and the search box
(site/assets/search/lookup.js) shows that before the index has it.
"""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

FOLDER = "lookup"
"""Where the lists are in a part of the index."""

CASES = 4
"""Cases that are listed together; their lists have about a kilobyte, and half of it when they are packed."""

MOST = 4
"""Cases of a part that are listed for a term: the search box shows as many at first."""

_LONG = re.compile(r"(?=[\w./-]*[0-9])[\w./-]{5,}")
_NUMBER = re.compile(r"(?=[a-z./_-]*[0-9])[0-9a-z]+(?:[./_-][0-9a-z]+)*")
_WORD = re.compile(r"(?<!\w)[^\W\d_]{2,}(?!\w)")
_SIGNATURE = b"pagefind_dcd"


def count(cases: int) -> int:
    """How many lists there are beside a part that holds so many cases."""
    return max(1, -(-cases // CASES))


def write(part: Path, lists: int) -> None:
    """List the terms in a part of the index that is made: of each the names of what it holds of cases, first of those
    that have the number themselves, then of the newest.
    """
    pages = sorted(_pages(part), reverse=True)
    held: defaultdict[str, list[str]] = defaultdict(list)
    full: set[str] = set()
    for own in (True, False):
        for _, name, case, others in pages:
            for term in (case if own else others) - full:
                held[term].append(name)
                if len(held[term]) == MOST:
                    full.add(term)
    (part / FOLDER).mkdir()
    divided: list[dict[str, list[str]]] = [{} for _ in range(lists)]
    for term in sorted(held):
        divided[place(term, lists)][term] = held[term]
    for i, some in enumerate(divided):
        text = json.dumps(some, separators=(",", ":"), ensure_ascii=False)
        (part / FOLDER / f"{i}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def numbers(text: str) -> Iterator[str]:
    """The numbers in a text as it is indexed, in small letters: words of five signs and more with a digit in them."""
    for word in _LONG.findall(text.lower()):
        number = word.strip("./_-")
        if len(number) >= 5 and _NUMBER.fullmatch(number):
            yield number


def words(text: str) -> list[str]:
    """The words in a text as it is indexed, in small letters: two letters and more; of Chinese, two signs each."""
    return _WORD.findall(text.lower())


def place(term: str, lists: int) -> int:
    """In which of so many lists a term stands: the FNV-1a hash of its UTF-8 decides."""
    mixed = 0x811C9DC5
    for byte in term.encode():
        mixed = (mixed ^ byte) * 0x01000193 & 0xFFFFFFFF
    return mixed % lists


def _pages(part: Path) -> Iterator[tuple[str, str, set[str], set[str]]]:
    """What the index holds of each case: its address, what that is called, the case's own numbers and other terms."""
    for path in part.glob("fragment/*.pf_fragment"):
        page = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE))
        own, text = set(numbers(page["meta"]["case"])), page["content"]
        yield page["url"], path.stem, own, {*numbers(text), *words(text)} - own
