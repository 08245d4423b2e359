"""All cases of a repository: read, checked against schema and rules, in as many processes as help."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from caseledger import files, lifecycle, model, occurrence, schema, yamltext
from caseledger.errors import Refused
from caseledger.model import Case
from caseledger.occurrence import Occurrence
from caseledger.problem import Place, Problem
from caseledger.rulebook import Rulebook
from caseledger.rules import file_name, file_readable, id_unique, of_cases, personal_data
from caseledger.rules.context import CaseContext, Law
from caseledger.yamltext import Document

if TYPE_CHECKING:
    from caseledger.kept import Checked

Given = TypeVar("Given")
Made = TypeVar("Made")

ENOUGH = 200
"""Files from which on several processes are faster than one."""
MANY = ENOUGH
"""Files from which on it is worth while to keep what was found out about each."""
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
    return _spread(partial(read_some, root, now, whole), list(paths) if paths is not None else list(case_files(root)))


def check_all(root: Path, now: datetime) -> list[Entry]:
    """Every case of the repository, its data only the id; what has not changed since last time is not read again."""
    names = {files.shown(path, root): path for path in case_files(root)}
    if len(names) < MANY:
        return _spread(partial(read_some, root, now, False), list(names.values()))
    from caseledger import cache, kept  # noqa: PLC0415 - slow to load, and few cases need none

    rulebook = Rulebook(root)
    store = kept.Store(cache.Cache(root, house(root)), kept.CHECKED, names)
    unchanged = ((name, kept.unpacked(value)) for name, value in store.untouched())
    found = {name: _known(name, one) for name, one in unchanged if one.holds(now, rulebook.knows)}
    rest = [name for name in names if name not in found]
    looked_at = _spread(partial(_check_some, root, now), [(names[name], store.of(name)) for name in rest])
    store.put((name, value) for name, (_, value) in zip(rest, looked_at, strict=True))
    found |= {name: entry for name, (entry, _) in zip(rest, looked_at, strict=True)}
    return [found[name] for name in names]


def load_all(root: Path) -> list[Entry]:
    """Every case of the repository as it stands, not checked; what has not changed is not read again."""
    names = {files.shown(path, root): path for path in case_files(root)}
    if len(names) < MANY:
        return [load(root, path)[0] for path in names.values()]
    from caseledger import cache, kept  # noqa: PLC0415 - slow to load, and few cases need none

    store = kept.Store(cache.Cache(root, house(root)), kept.DATA, names)
    found = {name: Entry(name, kept.data_of(value), ()) for name, value in store.untouched()}
    rest = [name for name in names if name not in found]
    read_now = _spread(partial(_load_some, root), [names[name] for name in rest])
    store.put((name, value) for name, (_, value) in zip(rest, read_now, strict=True))
    found |= {name: entry for name, (entry, _) in zip(rest, read_now, strict=True)}
    return [found[name] for name in names]


def _load_some(root: Path, paths: Sequence[Path]) -> list[tuple[Entry, bytes]]:
    """These files with what is to be kept of each."""
    from caseledger import kept  # noqa: PLC0415 - slow to load, and few cases need none

    loaded = (load(root, path) for path in paths)
    return [(entry, kept.data(document) if document else b"") for entry, document in loaded]


def _check_some(root: Path, now: datetime, wanted: Sequence[tuple[Path, bytes]]) -> list[tuple[Entry, bytes]]:
    """The entries of these files with what is to be kept of each; of what is kept, no file is read as YAML."""
    from caseledger import kept  # noqa: PLC0415 - slow to load, and few cases need none

    rulebook = Rulebook(root)
    same = {path: entry for path, value in wanted if value and (entry := _same(rulebook, now, path, value))}
    loaded = [(path, *load(root, path)) for path, _ in wanted if path not in same]
    new = {}
    for path, loaded_entry, document in loaded:
        entry = examined(rulebook, now, loaded_entry, document)
        clean = document and not entry.problems
        value = kept.checked(document, now, entry.occurrence) if document and clean else b""
        new[path] = (_with_id_only(entry), value)
    return [new[path] if path in new else (same[path], value) for path, value in wanted]


def _same(rulebook: Rulebook, now: datetime, path: Path, value: bytes) -> Entry | None:
    """The entry of a file of which something is kept, if it holds still."""
    from caseledger import kept  # noqa: PLC0415 - slow to load, and few cases need none

    one = kept.unpacked(value)
    try:
        holds = kept.is_of(one, path.read_bytes()) and one.holds(now, rulebook.knows)
    except OSError:
        return None
    return _known(files.shown(path, rulebook.root), one) if holds else None


def _known(name: str, one: "Checked") -> Entry:
    return Entry(name, {"id": one.id}, (), one.occurrence)


def _spread(work: Callable[[Sequence[Given]], list[Made]], items: Sequence[Given]) -> list[Made]:
    """What comes out of items, of many in several processes."""
    if len(items) < ENOUGH:
        return work(items)
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - slow to load, and one case needs none

    size = min(max(ENOUGH, len(items) // (2 * (os.cpu_count() or 1)) + 1), MOST)
    chunks = [items[i : i + size] for i in range(0, len(items), size)]
    with ProcessPoolExecutor() as pool:
        return [one for chunk in pool.map(work, chunks) for one in chunk]


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
    return entry if entry.data is None else entry._replace(data={"id": model.case_id(entry.data)})


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
    folders = (f"{rulebook.root}/{entry.path.removesuffix('.yml')}" for entry in entries)
    there = (Path(folder) for folder in folders if os.path.isdir(folder))  # noqa: PTH112 - of many, and Path's takes longer
    found = (path for folder in there for path in sorted(folder.rglob("*")))
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
    below = ((folder, name) for folder, _, names in os.walk(Path(__file__).parent) for name in names)
    program = sorted(Path(folder, name) for folder, name in below if name.endswith((".py", ".html", ".mo")))
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
