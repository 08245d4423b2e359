"""Evidence that goes with a copy: what lies in stores, put where the copy's own repository looks for it.

What is not at hand is named, so that nobody takes a copy for whole that is not.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from caseledger import casefile, exhibits, files, schema
from caseledger.errors import CannotGoOn
from caseledger.exhibits import Exhibit
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook
from caseledger.stores.registry import COPIES, Stores
from caseledger.stores.store import Changed, Missing, Store, checked

ABSENT = f"{COPIES}/absent.txt"
"""In a copy, the list of the evidence that is not in it: SHA-256, case, and what the case calls it."""

Source = Callable[[], Iterable[bytes]]
"""Gives the bytes of a file, piece by piece."""


@dataclass
class Enclosures:
    """The files of stores by their path in a copy, and a line for each file of evidence that is not at hand."""

    files: dict[str, Source] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)


def gather(rulebook: Rulebook, cases: Iterable[str], *, whole: bool) -> Enclosures:
    """What goes with a copy of these cases; where it shall not be `whole`, all that lies in stores is absent."""
    stores, found = Stores(rulebook.root, rulebook.settings), Enclosures()
    away: set[str] = set()
    for exhibit in _exhibits(rulebook.root, cases):
        held = _held(stores, exhibit)
        if held is None or not _at_hand(*held, away):
            found.absent.append(_line(exhibit))
        elif held[0] is not stores.beside:
            store, key = held
            if whole:
                found.files[f"{COPIES}/{store.name}/{key[:2]}/{key}"] = partial(_bytes, store, key, exhibit)
            else:
                found.absent.append(_line(exhibit))
    found.absent = sorted(set(found.absent))
    return found


def _exhibits(root: Path, cases: Iterable[str]) -> Iterator[Exhibit]:
    for case_id in cases:
        entry, _ = casefile.load(root, files.case_path(root, case_id))
        if entry.data and schema.valid("case", entry.data):
            yield from exhibits.of_case(entry.path, entry.case, max(event.at for event in entry.case.events))


def _held(stores: Stores, exhibit: Exhibit) -> tuple[Store, str] | None:
    """The store and key of a file; None where it is kept elsewhere, or in a store that the settings do not have."""
    try:
        return stores.holding(exhibit.case_file, exhibit.uri)
    except CannotGoOn:
        return None


def _at_hand(store: Store, key: str, away: set[str]) -> bool:
    """Whether a store has a file; one that could not be reached is not asked again."""
    if store.name in away:
        return False
    try:
        return store.size(key) is not None
    except Missing:
        return False
    except (CannotGoOn, OSError):
        away.add(store.name)
        return False


def _bytes(store: Store, key: str, exhibit: Exhibit) -> Iterator[bytes]:
    try:
        yield from checked(store.open(key), exhibit.digest)
    except Changed:
        message = N_(
            "{name} of {case} is not what was recorded; nothing is copied. caseledger evidence verify says more."
        )
        raise CannotGoOn(Text(message, name=exhibit.name, case=Path(exhibit.case_file).stem)) from None


def _line(exhibit: Exhibit) -> str:
    return f"{exhibit.digest}  {Path(exhibit.case_file).stem}  {exhibit.uri}"
