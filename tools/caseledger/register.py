"""All cases of a repository, read and examined in as many processes as help."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from caseledger import casefile, files, model, schema, yamltext
from caseledger.casefile import Entry
from caseledger.occurrence import Occurrence
from caseledger.problem import Place, Problem
from caseledger.rulebook import Rulebook
from caseledger.rules import id_unique, personal_data
from caseledger.yamltext import Document

if TYPE_CHECKING:
    from caseledger.kept import Fresh, Store

Item = TypeVar("Item")
Made = TypeVar("Made")

ENOUGH = 200
"""Files from which on several processes are faster than one."""
MANY = ENOUGH
"""Files from which on it is worth while to keep what was found out about each."""
MOST = 1000
"""Files that a process has in memory at once."""

Looked = tuple[Entry, "Fresh | None"]
"""A file that was looked at, and what is to be kept of it where it could be read."""


def read_all(root: Path, now: datetime, paths: Iterable[Path] | None = None, *, whole: bool = True) -> list[Entry]:
    """Every case of the repository, or those of `paths`, with the problems of each file.

    Where not the `whole` of a case is wanted, its data is only the id: less to hand from process to process.
    """
    wanted = list(paths) if paths is not None else list(case_files(root))
    return [entry for part in _spread(partial(read_some, root, now, whole), wanted) for entry in part]


def check_all(root: Path, now: datetime) -> list[Entry]:
    """Every case of the repository, its data only the id; what has not changed since last time is not read again."""
    names = {files.shown(path, root): path for path in case_files(root)}
    if len(names) < MANY:
        return read_all(root, now, names.values(), whole=False)
    store, rulebook = _store(root, names), Rulebook(root)
    clean = store.clean(now, rulebook.knows)
    found = {name: Entry(name, {"id": one.id}, (), one.occurrence) for name, one in clean}
    return _with_rest(partial(_check_some, root, now), names, store, found)


def load_all(root: Path) -> list[Entry]:
    """Every case of the repository as it stands, not checked; what has not changed is not read again."""
    names = {files.shown(path, root): path for path in case_files(root)}
    if len(names) < MANY:
        return [casefile.load(root, path)[0] for path in names.values()]
    from caseledger import kept  # noqa: PLC0415 - slow to load, and few cases need none

    store = _store(root, names)
    found: dict[str, Entry] = {}
    for part in _parts(list(store.names), MOST):
        found |= {name: Entry(name, kept.unpacked(data), ()) for name, data in store.data(part).items()}
    return _with_rest(partial(_load_some, root), names, store, found)


def _store(root: Path, names: Mapping[str, Path]) -> "Store":
    from caseledger import cache, kept  # noqa: PLC0415 - slow to load, and few cases need none

    return kept.Store(cache.Cache(root, house(root)), names)


def _with_rest(
    work: Callable[[Sequence[Path]], list[Looked]], names: Mapping[str, Path], store: "Store", found: dict[str, Entry]
) -> list[Entry]:
    """The entries of all files: those that were found, and of the rest what comes out of `work`, which is kept."""
    for part in _spread(work, [path for name, path in names.items() if name not in found]):
        store.put(fresh for _, fresh in part if fresh)
        found |= {entry.path: entry for entry, _ in part}
    return [found[name] for name in names]


def _load_some(root: Path, paths: Sequence[Path]) -> list[Looked]:
    from caseledger import kept  # noqa: PLC0415 - slow to load, and few cases need none

    loaded = (casefile.load(root, path) for path in paths)
    return [(entry, kept.fresh(document) if document else None) for entry, document in loaded]


def _check_some(root: Path, now: datetime, paths: Sequence[Path]) -> list[Looked]:
    return [(_with_id_only(entry), fresh) for entry, fresh in look_at(Rulebook(root), now, paths)]


def look_at(rulebook: Rulebook, now: datetime, paths: Sequence[Path]) -> list[Looked]:
    """The entries of these files, in this process, with what is to be kept of each that can be read."""
    from caseledger import kept  # noqa: PLC0415 - slow to load, and few cases need none

    found: list[Looked] = []
    for entry, document in _examined_all(rulebook, now, paths):
        if document is None:
            found.append((entry, None))
        elif entry.problems:
            found.append((entry, kept.fresh(document)))
        else:
            found.append((entry, kept.clean(document, now, entry.occurrence)))
    return found


def _spread(work: Callable[[Sequence[Path]], list[Made]], paths: Sequence[Path]) -> Iterator[list[Made]]:
    """What comes out of files, part by part; of many in several processes."""
    if len(paths) < ENOUGH:
        yield work(paths)
        return
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - slow to load, and one case needs none

    size = min(max(ENOUGH, len(paths) // (2 * (os.cpu_count() or 1)) + 1), MOST)
    with ProcessPoolExecutor() as pool:
        yield from pool.map(work, _parts(paths, size))


def _parts(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    return [items[i : i + size] for i in range(0, len(items), size)]


def read_some(root: Path, now: datetime, whole: bool, paths: Sequence[Path]) -> list[Entry]:
    """The entries of these files, in this process."""
    entries = (entry for entry, _ in _examined_all(Rulebook(root), now, paths))
    return list(entries if whole else map(_with_id_only, entries))


def _examined_all(rulebook: Rulebook, now: datetime, paths: Sequence[Path]) -> Iterator[tuple[Entry, Document | None]]:
    """All are read, then all examined: a third faster than in turn."""
    loaded = [casefile.load(rulebook.root, path) for path in paths]
    return ((casefile.examined(rulebook, now, entry, document), document) for entry, document in loaded)


def _with_id_only(entry: Entry) -> Entry:
    return entry if entry.data is None else entry._replace(data={"id": model.case_id(entry.data)})


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
