"""Lists of the numbers that cases name, beside each part of the search index.

The index answers from the newest part, and of an older one a lot has to be loaded before it says anything. A number
is not worth that: a list of a few kilobytes says where it is named, and the search box (site/assets/search/numbers.js)
shows that before it asks the index.
"""

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

FOLDER = "numbers"
"""Where the lists are in a part of the index."""

CASES = 16
"""Cases that are listed together; their lists have about two kilobytes."""

MOST = 4
"""Cases of a part that are listed for a number: the search box shows as many at first."""

_WORD = re.compile(r"[\w./-]{5,}")
_NUMBER = re.compile(r"(?=[a-z./_-]*[0-9])[0-9a-z]+(?:[./_-][0-9a-z]+)*")
_SIGNATURE = b"pagefind_dcd"


def count(cases: int) -> int:
    """How many lists there are beside a part that holds so many cases."""
    return max(1, -(-cases // CASES))


def write(part: Path, lists: int) -> None:
    """List the numbers in a part of the index that is made: of each the names of what it holds of cases, first of those
    that have the number themselves, then of the newest.
    """
    pages = sorted(_pages(part), reverse=True)
    named: defaultdict[str, list[str]] = defaultdict(list)
    for own in (True, False):
        for _, name, case, others in pages:
            for number in case if own else others:
                if len(named[number]) < MOST:
                    named[number].append(name)
    (part / FOLDER).mkdir()
    divided: list[dict[str, list[str]]] = [{} for _ in range(lists)]
    for number in sorted(named):
        divided[place(number, lists)][number] = named[number]
    for i, some in enumerate(divided):
        (part / FOLDER / f"{i}.json").write_text(json.dumps(some, separators=(",", ":")), encoding="utf-8")


def numbers(text: str) -> Iterator[str]:
    """The numbers in a text as it is indexed, in small letters: words of five signs and more with a digit in them."""
    for word in _WORD.findall(text.lower()):
        number = word.strip("./_-")
        if len(number) >= 5 and _NUMBER.fullmatch(number):
            yield number


def place(number: str, lists: int) -> int:
    """In which of so many lists a number stands: its FNV-1a hash decides."""
    mixed = 0x811C9DC5
    for byte in number.encode():
        mixed = (mixed ^ byte) * 0x01000193 & 0xFFFFFFFF
    return mixed % lists


def _pages(part: Path) -> Iterator[tuple[str, str, set[str], set[str]]]:
    """What the index holds of each case: its address, what that is called, the case's own numbers and other ones."""
    for path in part.glob("fragment/*.pf_fragment"):
        page = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE))
        own = set(numbers(page["meta"]["case"]))
        yield page["url"], path.stem, own, set(numbers(page["content"])) - own
