"""What else is held about consumers: the cases that name their references, and legal holds on these."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from caseledger import casefile, holds, register
from caseledger.errors import Refused
from caseledger.hold import Hold
from caseledger.language import N_, Text

_REFERENCE = re.compile(rb"U-[0-9A-HJKMNP-TV-Z]{10}")


class CaseFile(NamedTuple):
    """A case file: its path from the root, and what it says."""

    path: str
    data: Mapping[str, Any]


def cases_of(root: Path, ref: str) -> Iterator[CaseFile]:
    """Every case of a consumer, oldest first; files that cannot be read say nothing of anybody."""
    for path in register.case_files(root):
        if ref.encode() in path.read_bytes():
            entry, _ = casefile.load(root, path)
            if entry.data and _consumer(entry.data) == ref:
                yield CaseFile(entry.path, entry.data)


def counted(root: Path) -> Counter[str]:
    """How many case files name each reference, anywhere in them."""
    found: Counter[str] = Counter()
    for path in register.case_files(root):
        found.update({ref.decode() for ref in _REFERENCE.findall(path.read_bytes())})
    return found


def standing(root: Path, cases: Iterable[CaseFile], day: date) -> Iterator[Hold]:
    """The legal holds that stand on these cases on a day; Refused where the file of holds cannot be used."""
    found = holds.read(root)
    if found.problems:
        raise Refused(Text(N_("The legal holds cannot be read.")), found.problems)
    for case in cases:
        yield from found.standing(str(case.data.get("id")), day)


def _consumer(data: Mapping[str, Any]) -> object:
    consumer = data.get("consumer")
    return consumer.get("ref") if isinstance(consumer, dict) else None
