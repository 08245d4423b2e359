"""Settles conflicts in case files that Git left: merged by meaning, as the merge driver would have done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from caseledger import casefile, files, instant, merging, yamltext
from caseledger.clone import Clone
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.merging import Choose
from caseledger.rulebook import Rulebook

_MARK = re.compile(rb"^(<{7,}|\|{7,}|={7,}|>{7,})(?: .*)?\r?$", re.MULTILINE)
_BASE, _OURS, _THEIRS = "1", "2", "3"


@dataclass(frozen=True)
class Conflict:
    """A case file in conflict; `stages` are the blobs that Git's index holds of it, none where only marks are in it."""

    file: Path
    stages: dict[str, str]


def conflicts(clone: Clone, rulebook: Rulebook) -> Iterator[Conflict]:
    """Every case file in conflict: unmerged in the index, or with conflict marks in it."""
    stages = _stages(clone)
    for path, found in stages.items():
        if _is_case(rulebook, clone.folder / path):
            yield Conflict(clone.folder / path, found)
    cases = (clone.within / "cases").as_posix()
    marked = clone.run("grep", "-lz", "--extended-regexp", "-e", "^<{7,} ", "--", cases).stdout.split("\0")
    for path in sorted(filter(None, marked)):
        if path not in stages and _is_case(rulebook, clone.folder / path):
            yield Conflict(clone.folder / path, {})


def conflict(clone: Clone, file: Path) -> Conflict:
    """The conflict in one file; CannotGoOn if there is none."""
    stages = _stages(clone).get(clone.path(file), {})
    if not stages and not _MARK.search(file.read_bytes()):
        raise CannotGoOn(Text(N_("There is no conflict in {path}."), path=file))
    return Conflict(file, stages)


def others(clone: Clone, rulebook: Rulebook) -> list[str]:
    """The files in conflict that are no cases, and that a person has to settle."""
    return [path for path in _stages(clone) if not _is_case(rulebook, clone.folder / path)]


def resolve(clone: Clone, rulebook: Rulebook, found: Conflict, choose: Choose) -> None:
    """Put the merge in the place of the file, and of Git's stages; CannotGoOn if the two cannot be merged."""
    shown = files.shown(found.file, rulebook.root)
    versions = (
        _from_index(clone, found, shown) if found.stages else (None, *_from_marks(found.file.read_bytes(), shown))
    )
    first, *sides = versions
    base = None if first is None else yamltext.read(first, shown)
    ours, theirs = (yamltext.read(raw, shown) for raw in sides)
    examine = partial(casefile.examine, rulebook, instant.now())
    files.replace(found.file, merging.merge(base, ours, theirs, examine, choose).raw)
    if found.stages:
        clone.ask("add", "--", clone.path(found.file))


def _from_index(clone: Clone, found: Conflict, shown: str) -> tuple[bytes | None, bytes, bytes]:
    if not found.stages.keys() >= {_OURS, _THEIRS}:
        message = N_("{path} was deleted on one side. Cases are kept: git add {path}")
        raise CannotGoOn(Text(message, path=shown))
    if not _MARK.search(found.file.read_bytes()):
        message = N_("{path} has no conflict marks any more. If it was settled by hand: git add {path}")
        raise CannotGoOn(Text(message, path=shown))
    base = clone.blob(found.stages[_BASE]) if _BASE in found.stages else None
    return base, clone.blob(found.stages[_OURS]), clone.blob(found.stages[_THEIRS])


def _from_marks(raw: bytes, shown: str) -> tuple[bytes, bytes]:
    """Both sides of a text with conflict marks."""
    sides: dict[str, list[bytes]] = {"<": [], ">": []}
    state, last = "", 0
    for match in [*_MARK.finditer(raw), None]:
        part = raw[last : match.start() if match else len(raw)]
        for side, parts in sides.items():
            if state in ("", side):
                parts.append(part)
        if match:
            mark = match[1][:1].decode()
            if (state, mark) not in _NEXT:
                message = N_(
                    "The conflict marks in {path} are not complete. Take the file back: git checkout -m {path}"
                )
                raise CannotGoOn(Text(message, path=shown))
            state, last = _NEXT[state, mark], min(match.end() + 1, len(raw))
    return b"".join(sides["<"]), b"".join(sides[">"])


_NEXT = {("", "<"): "<", ("<", "|"): "|", ("<", "="): ">", ("|", "="): ">", (">", ">"): ""}
"""The part of a conflict that a mark leads into: ours "<", base "|", theirs ">", none ""."""


def _stages(clone: Clone) -> dict[str, dict[str, str]]:
    """The blobs of the unmerged paths, by stage."""
    found: dict[str, dict[str, str]] = {}
    for entry in filter(None, clone.ask("ls-files", "--unmerged", "-z").split("\0")):
        head, _, path = entry.partition("\t")
        _, blob, stage = head.split()
        found.setdefault(path, {})[stage] = blob
    return found


def _is_case(rulebook: Rulebook, file: Path) -> bool:
    inside = file.is_relative_to(rulebook.root.resolve() / "cases")
    return inside and file.suffix == ".yml" and bool(files.CASE_NAME.fullmatch(file.stem))
