"""What people wrote beside cases and records, and whether personal data stands there: reasons, names of files.

Archive files and certificates hold no free text: numbers, days, digests, and counts.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from caseledger import disposal, disposals, files, hold, schema, seal, yamltext
from caseledger.errors import Refused
from caseledger.problem import Problem
from caseledger.rulebook import Rulebook
from caseledger.rules import personal_address, personal_data
from caseledger.rules.context import TextContext
from caseledger.yamltext import Document

NAMED = ("policy", "reviews", seal.FOLDER)
"""Folders of which the names of files are looked at; those beside cases are looked at with them."""


def problems(rulebook: Rulebook, within: Sequence[Path]) -> Iterator[Problem]:
    """Personal data in these files, or in those of them that are, or lie below, one of `within`."""
    root = rulebook.root

    def wanted(path: Path) -> bool:
        return any(path.is_relative_to(place) for place in within)

    for kind, path in _written(root):
        if wanted(path) and (document := _read(kind, path, files.shown(path, root))):
            context = TextContext(document, kind, rulebook.allowed)
            yield from personal_data.check(context)
            yield from personal_address.check(context)
    places = (root / name for name in NAMED)
    named = (path for place in places if place.is_dir() for path in sorted(place.rglob("*")) if wanted(path))
    yield from personal_data.check_names((files.shown(path, root) for path in named), rulebook.allowed)


def _written(root: Path) -> Iterator[tuple[str, Path]]:
    """Every file that somebody wrote a reason into, with its kind."""
    yield "holds", root / hold.FILE
    for path in disposals.files_of(root):
        if path.parent == root / disposal.PROPOSALS:
            yield "disposal", path


def _read(kind: str, path: Path, shown: str) -> Document | None:
    """A file of the right shape; what is wrong with another is said elsewhere."""
    try:
        document = yamltext.read(path.read_bytes(), shown, seal.LARGEST)
    except (OSError, Refused):
        return None
    return document if schema.valid(kind, document.data) else None
