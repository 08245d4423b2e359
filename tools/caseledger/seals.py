"""The archive of a repository as it stands: what was sealed, and whether it is still as it was."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from caseledger import disposal, disposals, files, hold, holds, schema, seal, yamltext
from caseledger.disposals import Disposals
from caseledger.errors import Refused
from caseledger.holds import Holds
from caseledger.problem import Problem, Severity
from caseledger.rules import archive_disposed, archive_number, archive_sealed, file_name, file_readable
from caseledger.seal import Seal

_OTHERS = (hold.FILE, disposal.PROPOSALS, disposal.CERTIFICATES)
"""What lies beside the files of the years, and is read by itself."""


@dataclass(frozen=True)
class Archive:
    """All that was sealed: the entries by case, oldest first; and what is wrong with the files that say so.

    With it what became of it: legal holds, disposals.
    """

    root: Path
    by_case: Mapping[str, Sequence[Seal]]
    problems: tuple[Problem, ...]
    holds: Holds = field(default_factory=Holds)
    disposals: Disposals = field(default_factory=Disposals)

    def newest(self, case_id: str) -> Seal | None:
        """The seal of a case that counts, None if it was never sealed."""
        found = self.by_case.get(case_id)
        return found[-1] if found else None

    def compared(self, cases: Iterable[str] | None = None) -> Iterator[Problem]:
        """Whatever is no longer as it was sealed, of all cases or of those that are named."""
        disposed = self.disposals.by_case
        for case_id in dict.fromkeys([*self.by_case, *disposed]) if cases is None else cases:
            found = self.by_case.get(case_id, ())
            if case_id in disposed:
                yield from archive_disposed.check(self.root, disposed[case_id], case_id, found)
            elif found:
                yield from archive_sealed.check(self.root, found)


def read(root: Path) -> Archive:
    """The archive of the repository; a file that cannot be used contributes its problems and nothing else."""
    found: dict[str, list[Seal]] = defaultdict(list)
    problems: list[Problem] = []
    folder = root / seal.FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if files.shown(path, root) in _OTHERS:
            continue
        entries, wrong = read_file(root, path)
        problems += wrong
        for entry in entries:
            found[entry.case].append(entry)
    held, disposed = holds.read(root), disposals.read(root)
    return Archive(root, found, (*problems, *held.problems, *disposed.problems), held, disposed)


def newest(root: Path, case_id: str) -> Seal | None:
    """The seal of a case that counts, looked up by the lines that name it: an archive is long, and one case in a hurry.

    What is wrong with archive files is not seen here.
    """
    named = case_id.encode()
    folder = root / seal.FOLDER
    for path in sorted(folder.glob("[0-9]*.yml"), reverse=True) if folder.is_dir() else ():
        raw = path.read_bytes()
        if named in raw:
            lines = [line.strip().removeprefix(b"- ") for line in raw.splitlines() if named in line]
            found = [one for one in seal.load({"sealed": map(json.loads, lines)}) if one.case == case_id]
            return found[-1] if found else None
    return None


def locked(root: Path) -> AbstractContextManager[None]:
    """Keep every other command that writes below cases/archive of this repository waiting."""
    return files.locked(root / ".cache" / "caseledger" / "archive.lock")


def read_file(root: Path, path: Path) -> tuple[list[Seal], list[Problem]]:
    """The entries of one file below cases/archive, and what is wrong with it."""
    shown = files.shown(path, root)
    if path.name.startswith("."):
        return [], []
    if not seal.FILE.fullmatch(shown) or path.is_symlink():
        return [], list(file_name.check(path, shown))
    try:
        return parsed(path.read_bytes(), shown)
    except OSError:
        return [], [file_readable.problem(shown)]


def parsed(raw: bytes, shown: str) -> tuple[list[Seal], list[Problem]]:
    """The entries that the bytes of an archive file hold, and what is wrong with them."""
    try:
        document = yamltext.read(raw, shown, seal.LARGEST)
    except Refused as refused:
        return [], list(refused.problems)
    found = schema.problems("archive", document)
    if any(problem.severity is Severity.ERROR for problem in found):
        return [], found
    return list(seal.load(document.data)), list(archive_number.check(document))
