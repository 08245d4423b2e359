"""Merging: the data of two versions by meaning, their text piece by piece."""

import heapq
import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from caseledger import model, yamltext
from caseledger.errors import CannotGoOn, Refused
from caseledger.language import N_, Text
from caseledger.merging import clash, parts
from caseledger.merging.clash import Changed, Choose, Illegal, Keep
from caseledger.merging.parts import EVENTS, Parts
from caseledger.model import Event
from caseledger.problem import Problem, Severity
from caseledger.yamltext import Document

Examine = Callable[[Document], Iterable[Problem]]
"""What is wrong with a case."""

BOM = "\ufeff"
_SIDES = {Keep.OURS: N_("our side"), Keep.THEIRS: N_("their side")}


@dataclass(frozen=True)
class _Entry:
    """An entry of one version: its event, its text, and what tells whether another says the same."""

    event: Event
    text: str
    side: Keep
    written: str
    old: bool = False
    """Whether it was on record when the sides parted."""


@dataclass(frozen=True)
class _Version:
    """A case that was read, and its pieces."""

    document: Document
    parts: Parts
    opening: str
    entries: tuple[_Entry, ...]


def merge(base: Document | None, ours: Document, theirs: Document, examine: Examine, choose: Choose) -> Document:
    """The one case that two versions make that parted from `base`; where there is none, after all that they share.

    Entries that both have are one; those of the same instant stand ours first. What cannot both be meant, `choose`
    decides. CannotGoOn where entries on record were changed, or the text cannot be put together; Refused where the
    result would break a rule that neither side breaks.
    """
    root = _read(parts.with_line_breaks_of(base, ours), Keep.BOTH) if base else None
    mine = _read(ours, Keep.OURS, root)
    other = _read(parts.with_line_breaks_of(theirs, ours), Keep.THEIRS, root)
    if mine.entries[:1] and other.entries[:1] and mine.entries[0].written != other.entries[0].written:
        raise CannotGoOn(Text(N_("The two versions of {path} are not of the same case."), path=ours.path))
    fields = _header(root, mine, other, choose)
    entries = _united(root, mine, other)
    for same in clash.same_steps(*([(entry.event, entry.old) for entry in side.entries] for side in (mine, other))):
        keep = choose(same)
        dropped = same.theirs if keep is Keep.OURS else same.ours if keep is Keep.THEIRS else ()
        entries = [entry for entry in entries if entry.old or entry.event not in dropped]
    before = _text(root.parts.before if root else None, mine.parts.before, other.parts.before) or mine.parts.before
    opening = _text(root.opening if root else None, mine.opening, other.opening) or mine.opening
    head = before + "".join(text for _, text in fields.values()) + opening
    data = {name: value for name, (value, _) in fields.items()}
    known = {_sense(problem) for document in (ours, theirs) for problem in examine(document)}
    while True:
        merged = _put_together(ours, head, data, entries)
        errors = [problem for problem in examine(merged) if problem.severity is Severity.ERROR]
        brought = [problem for problem in errors if _sense(problem) not in known]
        if not brought:
            return merged
        entries.remove(_condemned(merged, brought, entries, choose))


def _read(document: Document, side: Keep, root: _Version | None = None) -> _Version:
    """A version with its entries; CannotGoOn if what `root` has is not among them, as it was and in its order."""
    cut = parts.cut(document)
    events = model.case(document.data).events
    if len(events) != len(document.data[EVENTS]):
        message = N_("{path} has entries without time or type; caseledger check says what is wrong.")
        raise CannotGoOn(Text(message, path=document.path))
    opening, texts = cut.split(root.parts.events if root else "")
    expected = deque(entry.written for entry in root.entries) if root else deque()
    entries = []
    for event, text in zip(events, texts, strict=True):
        written = _written(event.data)
        old = bool(expected) and expected[0] == written
        if old:
            expected.popleft()
        entries.append(_Entry(event, text, side, written, old))
    if expected:
        message = N_("On {side}, entries of {path} were changed or removed that were on record before.")
        raise CannotGoOn(Text(message, side=Text(_SIDES[side]), path=document.path))
    return _Version(document, cut, opening, tuple(entries))


def _header(root: _Version | None, ours: _Version, theirs: _Version, choose: Choose) -> dict[str, tuple[Any, str]]:
    """The value and the text of each field, ours first, then those that only the other side has."""
    fields = {}
    for name in {**ours.parts.fields, **theirs.parts.fields}:
        was, mine, other = (
            (_written(side.document.data.get(name)), side.parts.fields.get(name)) if side else (None, None)
            for side in (root, ours, theirs)
        )
        if mine[0] == other[0]:
            kept = theirs if mine[1] == was[1] else ours
        elif root and mine[0] == was[0]:
            kept = theirs
        elif root and other[0] == was[0]:
            kept = ours
        else:
            values = (side.document.data.get(name) for side in (ours, theirs))
            kept = theirs if choose(Changed(name, *values)) is Keep.THEIRS else ours
        if name in kept.parts.fields:
            fields[name] = (kept.document.data[name], kept.parts.fields[name])
    return fields


def _text(base: str | None, ours: str, theirs: str) -> str | None:
    """The text that one side changed, None where both did, differently."""
    return ours if theirs in (base, ours) else theirs if ours == base else None


def _united(root: _Version | None, ours: _Version, theirs: _Version) -> list[_Entry]:
    """The entries of both in order of time, each side's own order kept; what both have, once."""
    once = {entry.written: entry.text for entry in root.entries} if root else {}
    ahead = Counter(entry.written for entry in ours.entries)
    rest = deque(theirs.entries)
    there = Counter(entry.written for entry in rest)
    united: list[_Entry] = []
    alone: list[_Entry] = []
    for entry in ours.entries:
        ahead[entry.written] -= 1
        if not there[entry.written]:
            alone.append(entry)
            continue
        before = []
        while (other := rest.popleft()).written != entry.written:
            there[other.written] -= 1
            if not ahead[other.written]:
                before.append(other)
        there[entry.written] -= 1
        united += [*_by_time(alone, before), _one(entry, other, once.get(entry.written), ours.document.path)]
        alone = []
    return united + _by_time(alone, rest)


def _by_time(ours: Iterable[_Entry], theirs: Iterable[_Entry]) -> list[_Entry]:
    return list(heapq.merge(ours, theirs, key=lambda entry: entry.event.at))


def _one(ours: _Entry, theirs: _Entry, once: str | None, path: str) -> _Entry:
    """An entry that both have, in the text that one of them gave it."""
    text = _text(once, ours.text, theirs.text)
    if text is None and once is not None:
        message = N_("Both sides changed comments or layout of entries of {path} that were on record before.")
        raise CannotGoOn(Text(message, path=path))
    return replace(ours, text=ours.text if text is None else text)


def _put_together(ours: Document, head: str, header: Mapping[str, Any], entries: Sequence[_Entry]) -> Document:
    mark = BOM if ours.raw.startswith(BOM.encode()) else ""
    text = mark + head + "".join(entry.text for entry in entries)
    expected = {**header, EVENTS: [entry.event.data for entry in entries]}
    try:
        merged = yamltext.read(text.encode(), ours.path)
    except Refused:
        merged = None
    if merged is None or _written(merged.data) != _written(expected):
        raise CannotGoOn(Text(N_("The two versions of {path} are laid out too differently to merge."), path=ours.path))
    return merged


def _condemned(merged: Document, problems: Sequence[Problem], entries: Sequence[_Entry], choose: Choose) -> _Entry:
    """The entry that the first problem is about, if somebody chose to leave it out."""
    reached = sum(merged.place(EVENTS, index) <= problems[0].place for index in range(len(entries)))
    entry = entries[reached - 1] if reached else None
    if entry is None or entry.old:
        raise Refused(Text(N_("{path} would be wrong after the merge."), path=merged.path), problems)
    illegal = Illegal(entry.side, entry.event, tuple(problems))
    if choose(illegal) in (entry.side, Keep.BOTH):
        clash.refuse(illegal)
    return entry


def _sense(problem: Problem) -> tuple[str, Text]:
    """A problem wherever it stands."""
    return problem.code, problem.message


def _written(value: Any) -> str:
    """A text that only the same data has: true is not 1."""
    return json.dumps(value, sort_keys=True)
