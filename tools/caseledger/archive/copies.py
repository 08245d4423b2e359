"""Bulk copies for an auditor: one ZIP for the cases archived in a year, the same bytes whoever makes it.

It holds what a case repository needs to be one: unpacked into an empty folder it passes `check`, `archive verify` finds
its cases as they were sealed, `evidence verify` the evidence that came with them. Nothing in it is compressed, since
programs compress differently. SHA256SUMS lists every file, for `sha256sum --check`.
"""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from caseledger import casefile, disposals, files, seal, seals
from caseledger.archive import enclosures
from caseledger.archive.enclosures import ABSENT, Source
from caseledger.errors import CannotGoOn, Refused
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook
from caseledger.rules import archive_sealed
from caseledger.stores.store import read

LAW = (files.SETTINGS, "policy", "schema")
"""What judges the cases of a copy."""
SUMS = "SHA256SUMS"
_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP can name: when a copy was made is no part of it."""
_PLAIN = 0o100644 << 16


class Copied(NamedTuple):
    """What a copy holds: how many cases, how many files of stores; and how many files of evidence it does not hold."""

    cases: int
    enclosed: int
    absent: int


def export(rulebook: Rulebook, year: int, out: Path, *, whole: bool = True) -> Copied:
    """Write the copy of a year, the `whole` with what lies in stores. Refused where a case is not as it was sealed."""
    root = rulebook.root
    file = root / seal.FOLDER / f"{year}.yml"
    entries, problems = seals.read_file(root, file) if file.is_file() else ([], [])
    if not entries and not problems:
        raise CannotGoOn(Text(N_("Nothing was archived in {year}."), year=year))
    sealed = {entry.case for entry in entries}
    if wrong := [*problems, *seals.read(root).compared(sorted(sealed))]:
        raise Refused(Text(N_("The archive is not as it was sealed; nothing is copied.")), wrong)
    if out.exists():
        raise CannotGoOn(Text(N_("{path} is there already."), path=out))
    cases = _with_related(root, sealed)
    enclosed = enclosures.gather(rulebook, cases, whole=whole)
    found: dict[str, Source] = {name: partial(read, path) for name, path in _files(root, file, cases)}
    found |= enclosed.files
    if enclosed.absent:
        found[ABSENT] = partial(_lines, enclosed.absent)
    partly = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        _write(partly, found)
        partly.replace(out)
    except OSError as error:
        message = N_("{path} cannot be written: {reason}. Name another file with --out.")
        raise CannotGoOn(Text(message, path=out, reason=error.strerror)) from None
    finally:
        partly.unlink(missing_ok=True)
    return Copied(len(cases), len(enclosed.files), len(enclosed.absent))


def _with_related(root: Path, cases: Iterable[str]) -> list[str]:
    """The cases, and those that they name as related, and so on: without them a copy would not pass `check`."""
    found = set(cases)
    pending = sorted(found)
    while pending:
        entry, _ = casefile.load(root, files.case_path(root, pending.pop()))
        related = set(map(str, entry.case.data.get("related", ()))) - found
        found |= related
        pending += sorted(related)
    return sorted(case for case in found if files.case_path(root, case).is_file())


def _files(root: Path, file: Path, cases: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """What a copy holds, by its path there."""
    for name in LAW:
        place = root / name
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield files.shown(path, root), path
    yield files.shown(file, root), file
    for path in disposals.files_of(root):  # what is gone is told from what is missing
        yield files.shown(path, root), path
    for case in cases:
        path = files.case_path(root, case)
        yield files.shown(path, root), path
        for uri, beside in archive_sealed.beside(root, files.shown(path, root)).items():
            yield f"{files.shown(path.with_suffix(''), root)}/{uri}", beside


def _lines(lines: Iterable[str]) -> Iterator[bytes]:
    return (f"{line}\n".encode() for line in lines)


def _write(out: Path, found: Mapping[str, Source]) -> None:
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        sums = []
        for name, source in sorted(found.items(), key=lambda one: one[0]):
            digest = hashlib.sha256()
            with copy.open(_entry(name), "w", force_zip64=True) as target:
                for chunk in source():
                    digest.update(chunk)
                    target.write(chunk)
            sums.append(f"{digest.hexdigest()}  {name}\n")
        copy.writestr(_entry(SUMS), "".join(sums))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.external_attr = _PLAIN
    entry.create_system = 3
    return entry
