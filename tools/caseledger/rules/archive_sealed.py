"""What was sealed stays bit for bit: the file of a case, and its evidence beside it."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from caseledger import files, yamltext
from caseledger.errors import Refused
from caseledger.language import N_, Text
from caseledger.problem import START, Place, Problem, Rule
from caseledger.seal import Seal
from caseledger.stores.beside import pointed_at
from caseledger.yamltext import Document

RULE = Rule(
    "archive-sealed",
    N_("An archived case is not as it was sealed."),
    N_("Restore it: git log -- PATH. To go on with the case, reopen it first: caseledger append ID reopened."),
    "# sealed as 2026-000123\n  - {type: note, …}",
)


def check(root: Path, seals: Sequence[Seal], *, complete: bool = True) -> Iterator[Problem]:
    """Whatever differs between one case and its seals (oldest first); what follows a reopening does not.

    Where it need not be `complete`, evidence may be missing.
    """
    last = seals[-1]
    try:
        raw = (root / last.path).read_bytes()
    except OSError:
        yield _problem(last, last.path, N_("The case is sealed as {number} and is not here."))
        return
    broken = next((s for s in seals if hashlib.sha256(raw[: s.size]).hexdigest() != s.sha256), None)
    if broken:
        yield _problem(broken, broken.path, N_("The case is not as it was sealed as {number}."))
        return
    reopened = len(raw) > last.size
    if reopened and (place := _not_reopened(last, raw)):
        yield _problem(last, last.path, N_("The case was changed after it was sealed as {number}."), place)
    yield from _evidence(root, last, reopened=reopened, complete=complete)


def held_here(seal: Seal) -> Iterator[tuple[str, str]]:
    """The evidence that lies beside the case, by its path there, with its digest."""
    return ((uri, digest) for uri, digest in seal.evidence.items() if ":" not in uri)


def digest(path: Path) -> str:
    """The SHA-256 of a file, however large; of one that Git LFS keeps elsewhere, the one that it is kept under."""
    if pointed := pointed_at(path):
        return pointed
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def beside(root: Path, case_file: str) -> dict[str, Path]:
    """Every file in the folder of a case, by its path there."""
    folder = (root / case_file).with_suffix("")
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {files.shown(path, folder): path for path in found}


def _evidence(root: Path, seal: Seal, *, reopened: bool, complete: bool) -> Iterator[Problem]:
    found = beside(root, seal.path)
    sealed = dict(held_here(seal))
    folder = seal.path.removesuffix(".yml")
    for uri, expected in sealed.items():
        if uri not in found:
            if complete:
                message = N_("This evidence is sealed with {number} and is not here.")
                yield _problem(seal, f"{folder}/{uri}", message)
        elif digest(found[uri]) != expected:
            yield _problem(seal, f"{folder}/{uri}", N_("This evidence is not as it was sealed with {number}."))
    for uri in () if reopened else found.keys() - sealed.keys():
        yield _problem(seal, f"{folder}/{uri}", N_("This file was added after the case was sealed as {number}."))


def _not_reopened(seal: Seal, raw: bytes) -> Place | None:
    """Where something else than a reopening follows what was sealed; None if a reopening does."""
    try:
        document = yamltext.read(raw, seal.path)
    except Refused as refused:
        return refused.problems[0].place
    return None if _next_type(document, seal.events) == "reopened" else document.place("events", seal.events)


def _next_type(document: Document, place: int) -> object:
    events = document.data.get("events") if isinstance(document.data, dict) else None
    entry = events[place] if isinstance(events, list) and len(events) > place else None
    return entry.get("type") if isinstance(entry, dict) else None


def _problem(seal: Seal, path: str, message: str, place: Place = START) -> Problem:
    hint = Text(
        N_("Restore it: git log -- {path} To go on with the case, reopen it first: caseledger append {id} reopened"),
        path=path,
        id=seal.case,
    )
    return RULE.problem(path, place, Text(message, number=seal.number), hint)
