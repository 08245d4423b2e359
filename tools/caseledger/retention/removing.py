"""Removes cases that a certificate names, and their evidence, from the tree; what is not as it was sealed stays."""

from collections.abc import Iterator
from pathlib import Path

from caseledger.disposal import Certificate, Item
from caseledger.errors import Refused
from caseledger.language import N_, Text
from caseledger.problem import START, Problem
from caseledger.rules import archive_sealed
from caseledger.seals import Archive


def remove(archive: Archive, certificate: Certificate) -> list[str]:
    """The paths that were removed, from the root; Refused, and nothing goes, if a case is not as it was sealed."""
    altered = [
        problem
        for item in certificate.items
        if (archive.root / item.path).is_file()
        for problem in _altered(archive, item)
    ]
    if altered:
        raise Refused(Text(N_("What was disposed of under {id} is not as it was sealed."), id=certificate.id), altered)
    return [path for item in certificate.items for path in _gone(archive.root, item.path)]


def _altered(archive: Archive, item: Item) -> Iterator[Problem]:
    """Whatever of a case is not as its certificate and its seals say; what is gone already is not."""
    found = list(archive_sealed.check(archive.root, archive.by_case[item.case], complete=False))
    yield from found
    if not found and archive_sealed.digest(archive.root / item.path) != item.sha256:
        message = Text(N_("The case was changed after it was sealed as {number}."), number=item.number)
        yield archive_sealed.RULE.problem(item.path, START, message)


def _gone(root: Path, file: str) -> list[str]:
    """Remove the evidence beside a case, then its file: while any of it is there, the case is found unfinished."""
    folder, removed = root / file.removesuffix(".yml"), []
    if folder.is_dir() and not folder.is_symlink():
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink()
                removed.append(path.relative_to(root).as_posix())
        folder.rmdir()
    if (root / file).is_file():
        (root / file).unlink()
        removed.append(file)
    return removed
