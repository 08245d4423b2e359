"""All cases of a repository: read, checked against schema and rules, in as many processes as help."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from caseledger import files, lifecycle, model, occurrence, schema, yamltext
from caseledger.errors import Refused
from caseledger.model import Case
from caseledger.occurrence import Occurrence
from caseledger.problem import Place, Problem
from caseledger.rulebook import Rulebook
from caseledger.rules import file_name, file_readable, id_unique, of_cases, personal_data
from caseledger.rules.context import CaseContext, Law
from caseledger.yamltext import Document

ENOUGH = 200
"""Files from which on several processes are faster than one."""
MOST = 1000
"""Files that a process has in memory at once."""


class Entry(NamedTuple):
    """One case file: its path from the root, its data (None if it could not be read), its problems.

    What other cases need to know of it is there once it was checked, if its shape is right and it was received by then.
    """

    path: str
    data: Mapping[str, Any] | None
    problems: tuple[Problem, ...]
    occurrence: Occurrence | None = None

    @property
    def case(self) -> Case:
        """The case, empty if the file could not be read."""
        return model.case(self.data)


def read_all(root: Path, now: datetime, paths: Iterable[Path] | None = None, *, whole: bool = True) -> list[Entry]:
    """Every case of the repository, or those of `paths`, with the problems of each file.

    Where not the `whole` of a case is wanted, its data is only the id: less to hand from process to process.
    """
    wanted = list(paths) if paths is not None else list(case_files(root))
    if len(wanted) < ENOUGH:
        entries = read_some(root, now, whole, wanted)
    else:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - slow to load, and one case needs none

        size = min(max(ENOUGH, len(wanted) // (2 * (os.cpu_count() or 1)) + 1), MOST)
        chunks = [wanted[i : i + size] for i in range(0, len(wanted), size)]
        with ProcessPoolExecutor() as pool:
            entries = [e for chunk in pool.map(partial(read_some, root, now, whole), chunks) for e in chunk]
    return entries


def read_some(root: Path, now: datetime, whole: bool, paths: Sequence[Path]) -> list[Entry]:
    """The entries of these files, in this process: all are read, then all examined, a third faster than in turn."""
    rulebook = Rulebook(root)
    loaded = [load(root, path) for path in paths]
    entries = (examined(rulebook, now, *one) for one in loaded)
    return list(entries if whole else map(_with_id_only, entries))


def read(rulebook: Rulebook, now: datetime, path: Path) -> Entry:
    """The entry of one case file."""
    return examined(rulebook, now, *load(rulebook.root, path))


def examined(rulebook: Rulebook, now: datetime, entry: Entry, document: Document | None) -> Entry:
    """The entry of a case file that was loaded, with what schema and rules find wrong."""
    if document is None:
        return entry
    if found := schema.problems("case", document):
        return entry._replace(problems=tuple(found))
    context = _context(rulebook, now, document)
    try:
        found = list(of_cases.check_case(context, _law(rulebook, context.case)))
    except Refused:  # what judges the case cannot be used; its own problems say why
        found = list(of_cases.check_case(context, None))
    return entry._replace(problems=tuple(found), occurrence=occurrence.of(context.state))


def _with_id_only(entry: Entry) -> Entry:
    return entry if entry.data is None else entry._replace(data={"id": entry.case.id})


def load(root: Path, path: Path) -> tuple[Entry, Document | None]:
    """One case file as it stands, not yet checked; no document, and why, where it cannot be read."""
    shown = files.shown(path, root)
    if misnamed := tuple(file_name.check(path, shown)):
        return Entry(shown, None, misnamed), None
    try:
        document = yamltext.read(path.read_bytes(), shown)
    except OSError:
        return Entry(shown, None, (file_readable.problem(shown),)), None
    except Refused as refused:
        return Entry(shown, None, refused.problems), None
    return Entry(shown, document.data, ()), document


def examine(rulebook: Rulebook, now: datetime, document: Document) -> list[Problem]:
    """What schema and rules find wrong with a case that was read; rules look only at what has the right shape.

    Refused where the policy that the case names, its calendar or the people cannot be used.
    """
    found = schema.problems("case", document)
    if found:
        return found
    context = _context(rulebook, now, document)
    return list(of_cases.check_case(context, _law(rulebook, context.case)))


def _context(rulebook: Rulebook, now: datetime, document: Document) -> CaseContext:
    case = model.case(document.data)
    return CaseContext(
        document=document,
        case=case,
        state=lifecycle.fold(case, now),
        policies=rulebook.policy_names,
        in_force=rulebook.in_force,
        exists=rulebook.knows,
        now=now,
        allowed=rulebook.allowed,
    )


def _law(rulebook: Rulebook, case: Case) -> Law | None:
    policy = rulebook.policy("@".join(case.policy))
    return Law(policy, rulebook.calendar(policy.calendar), rulebook.people) if policy else None


def attached(rulebook: Rulebook, entries: Iterable[Entry]) -> Iterator[Problem]:
    """What the names of files in the folders of these cases say that they should not."""
    folders = ((rulebook.root / entry.path).with_suffix("") for entry in entries)
    found = (path for folder in folders if folder.is_dir() for path in sorted(folder.rglob("*")))
    return personal_data.check_names((files.shown(path, rulebook.root) for path in found), rulebook.allowed)


def occurrences(entries: Iterable[Entry]) -> list[tuple[str, Occurrence]]:
    """The paths of the cases that others need to know of, and what they need to know."""
    return [(entry.path, entry.occurrence) for entry in entries if entry.occurrence]


def case_files(root: Path) -> Iterator[Path]:
    """Every file that is taken for a case; none where there is no folder cases/."""
    folder = root / "cases"
    return files.case_files(folder) if folder.is_dir() else iter(())


def house(root: Path) -> str:
    """A digest of all but the cases that decides what is said of them: policies, people, settings, this program."""
    from caseledger import cache  # noqa: PLC0415 - slow to load, and one case needs none

    law = sorted(path for path in (root / "policy").rglob("*") if path.is_file())
    program = sorted(path for path in Path(__file__).parent.rglob("*") if path.suffix in (".py", ".html", ".mo"))
    return cache.stamp([root / files.SETTINGS, *law, *sorted(schema.FOLDER.glob("*.json")), *program])


def repeated(root: Path, entries: Iterable[Entry]) -> Iterator[Problem]:
    """The ids that more than one file bears."""
    paths = defaultdict(list)
    for entry in entries:
        if case_id := entry.case.id:
            paths[case_id].append(entry.path)
    return id_unique.check(
        {case_id: [(path, _place_of_id(root, path)) for path in found] for case_id, found in paths.items() if found[1:]}
    )


def _place_of_id(root: Path, path: str) -> Place:
    return yamltext.read((root / path).read_bytes(), path).place("id")
