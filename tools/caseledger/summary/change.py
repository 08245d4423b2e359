"""A range of commits, read once: what it does to cases, records and the law, in a stable order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from caseledger import files, yamltext
from caseledger.errors import Refused
from caseledger.history import changes
from caseledger.history.changes import Blob, Change
from caseledger.history.checkout import Checkout
from caseledger.history.repository import Repository
from caseledger.history.span import Span
from caseledger.summary import cases, law, records, retention
from caseledger.summary.cases import CaseChange
from caseledger.summary.law import FileChange, PersonChange
from caseledger.summary.records import RecordChange
from caseledger.summary.retention import RetentionChange
from caseledger.yamltext.reading import LARGEST

_UNREAD = ""
"""Stands for a file that cannot be read: it has the shape of none."""


@dataclass(frozen=True)
class Summary:
    """What the head does to that from which it started; cases judged at `now`, each list in order of names."""

    base: str
    head: str
    now: datetime
    cases: tuple[CaseChange, ...]
    evidence: tuple[tuple[str, str], ...]
    """Cases in whose folder files were added, changed or removed, and which of these."""
    records: tuple[RecordChange, ...]
    files: tuple[FileChange, ...]
    people: tuple[PersonChange, ...]
    retention: tuple[RetentionChange, ...]
    """Holds and disposals; cases and evidence that go with a certificate are named here alone."""
    others: int
    """Files changed that are none of these."""


def summarize(repository: Repository, span: Span, now: datetime) -> Summary:
    """The summary of a range; what came to the base since the head left it plays no part."""
    base = next(iter(span.merge_bases), span.base)
    found = sorted(changes.changes(repository, base, span.head), key=lambda change: change.path)
    with TemporaryDirectory() as folder:
        before, after = (
            Checkout(repository, commit, Path(folder) / name).rulebook
            for commit, name in ((base, "base"), (span.head, "head"))
        )
        held = tuple(retention.compare(repository, [change for change in found if retention.belongs(change.path)]))
        gone = {case for one in held if one.what == retention.DISPOSE for case in one.cases}
        found = [change for change in found if not retention.belongs(change.path) and not _goes(change, gone)]
        touched = [change for change in found if _case(change.path)]
        reviews = [change for change in found if change.path.startswith("reviews/")]
        known = [change for change in found if _evidence(change.path) or law.named(change.path)]
        return Summary(
            base=base,
            head=span.head,
            now=now,
            cases=tuple(
                sorted((cases.compare(*one, (before, after), now) for one in _read(repository, touched)), key=_order)
            ),
            evidence=tuple(dict.fromkeys((_evidence(c.path), law.what(c)) for c in found if _evidence(c.path))),
            records=tuple(records.compare(*one) for one in _read(repository, reviews)),
            files=tuple(law.files(found)),
            people=tuple(law.people(before, after)),
            retention=held,
            others=len(found) - len(touched) - len(reviews) - len(known),
        )


def _order(change: CaseChange) -> tuple[int, str]:
    return ("opened", "changed", "deleted", "invalid").index(change.kind), change.id


def _case(path: str) -> bool:
    place = PurePosixPath(path)
    return place.parts[0] == "cases" and place.suffix == ".yml" and bool(files.CASE_NAME.fullmatch(place.stem))


def _evidence(path: str) -> str:
    """The case in whose folder a file lies, "" if it lies in none."""
    parts = PurePosixPath(path).parts
    return next((part for part in parts[1:-1] if parts[0] == "cases" and files.CASE_NAME.fullmatch(part)), "")


def _goes(change: Change, gone: set[str]) -> bool:
    """Whether a change takes away a file of a case that a certificate names."""
    return change.after is None and (_evidence(change.path) or PurePosixPath(change.path).stem) in gone


def _read(repository: Repository, found: Sequence[Change]) -> Iterator[tuple[str, object, object]]:
    """The data of changed files before and after."""
    blobs = [blob for change in found for blob in (change.before, change.after) if blob and blob.plain]
    contents = repository.read((blob.id for blob in blobs), LARGEST + 1)
    for change in found:
        before, after = (_data(change.path, blob, contents) for blob in (change.before, change.after))
        yield change.path, before, after


def _data(path: str, blob: Blob | None, contents: Iterator[bytes]) -> object:
    if blob is None:
        return None
    if not blob.plain:
        return _UNREAD
    try:
        return yamltext.read(next(contents), path).data
    except Refused:
        return _UNREAD
