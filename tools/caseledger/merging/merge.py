"""Merging: the data of two versions by meaning, their text piece by piece."""

import heapq
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
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
class _Version:
    """A case that was read, and its pieces."""

    document: Document
    parts: Parts
    events: tuple[Event, ...]

    def is_beginning_of(self, other: "_Version") -> bool:
        """Whether the other has these entries first."""
        return len(self.events) == _shared(self.events, other.events)


@dataclass(frozen=True)
class _Entry:
    """An entry that was added after the sides parted."""

    event: Event
    text: str
    side: Keep


def merge(base: Document | None, ours: Document, theirs: Document, examine: Examine, choose: Choose) -> Document:
    """The one case that two versions make that parted from `base`; where there is none, after all that they share.

    Entries that both have are one; those of the same instant stand ours first. What cannot both be meant, `choose`
    decides. CannotGoOn where entries on record were changed, or the text cannot be put together; Refused where the
    result would break a rule that neither side breaks.
    """
    mine, other = _read(ours), _read(parts.with_line_breaks_of(theirs, ours))
    root = _read(parts.with_line_breaks_of(base, ours)) if base else None
    for side, version in ((Keep.OURS, mine), (Keep.THEIRS, other)):
        if root and not root.is_beginning_of(version):
            message = N_("On {side}, entries of {path} were changed or removed that were on record before.")
            raise CannotGoOn(Text(message, side=Text(_SIDES[side]), path=ours.path))
    shared = len(root.events) if root else _shared(mine.events, other.events)
    if not shared:
        raise CannotGoOn(Text(N_("The two versions of {path} are not of the same case."), path=ours.path))
    fields = _header(root, mine, other, choose)
    known = root.parts.events if root else ""
    (my_old, my_texts), (other_old, other_texts) = (version.parts.split(shared, known) for version in (mine, other))
    old = _text(known, my_old, other_old) if root else my_old
    if old is None:
        message = N_("Both sides changed comments or layout of entries of {path} that were on record before.")
        raise CannotGoOn(Text(message, path=ours.path))
    added = _united(
        _entries(mine.events[shared:], my_texts, Keep.OURS), _entries(other.events[shared:], other_texts, Keep.THEIRS)
    )
    for same in clash.same_steps(mine.events[shared:], other.events[shared:]):
        keep = choose(same)
        dropped = same.theirs if keep is Keep.OURS else same.ours if keep is Keep.THEIRS else ()
        added = [entry for entry in added if entry.event not in dropped]
    before = _text(root.parts.before if root else None, mine.parts.before, other.parts.before) or mine.parts.before
    head = before + "".join(text for _, text in fields.values()) + old
    data = {name: value for name, (value, _) in fields.items()}
    known_problems = {_sense(problem) for document in (ours, theirs) for problem in examine(document)}
    while True:
        merged = _put_together(ours, head, data, mine.events[:shared], added)
        errors = [problem for problem in examine(merged) if problem.severity is Severity.ERROR]
        brought = [problem for problem in errors if _sense(problem) not in known_problems]
        if not brought:
            return merged
        added.remove(_condemned(merged, brought, shared, added, choose))


def _read(document: Document) -> _Version:
    cut = parts.cut(document)
    events = model.case(document.data).events
    if len(events) != len(document.data[EVENTS]):
        message = N_("{path} has entries without time or type; caseledger check says what is wrong.")
        raise CannotGoOn(Text(message, path=document.path))
    return _Version(document, cut, events)


def _shared(ours: Sequence[Event], theirs: Sequence[Event]) -> int:
    """How many entries both begin with."""
    return len(list(takewhile(lambda pair: _same(*pair), zip(ours, theirs, strict=False))))


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


def _entries(events: Sequence[Event], texts: Sequence[str], side: Keep) -> list[_Entry]:
    return [_Entry(event, text, side) for event, text in zip(events, texts, strict=True)]


def _united(ours: Sequence[_Entry], theirs: Sequence[_Entry]) -> list[_Entry]:
    """The entries of both in order of time, each side's own order kept; what both have, once."""
    there = Counter(_written(entry.event.data) for entry in ours)
    alone = []
    for entry in theirs:
        written = _written(entry.event.data)
        if there[written]:
            there[written] -= 1
        else:
            alone.append(entry)
    return list(heapq.merge(ours, alone, key=lambda entry: entry.event.at))


def _put_together(
    ours: Document, head: str, header: Mapping[str, Any], old: Sequence[Event], added: Sequence[_Entry]
) -> Document:
    mark = BOM if ours.raw.startswith(BOM.encode()) else ""
    text = mark + head + "".join(entry.text for entry in added)
    expected = {**header, EVENTS: [event.data for event in [*old, *(entry.event for entry in added)]]}
    try:
        merged = yamltext.read(text.encode(), ours.path)
    except Refused:
        merged = None
    if merged is None or _written(merged.data) != _written(expected):
        raise CannotGoOn(Text(N_("The two versions of {path} are laid out too differently to merge."), path=ours.path))
    return merged


def _condemned(
    merged: Document, problems: Sequence[Problem], shared: int, added: Sequence[_Entry], choose: Choose
) -> _Entry:
    """The entry that the first problem is about, if somebody chose to leave it out."""
    first = problems[0]
    reached = sum(merged.place(EVENTS, index) <= first.place for index in range(shared + len(added)))
    if reached <= shared:
        raise Refused(Text(N_("{path} would be wrong after the merge."), path=merged.path), problems)
    entry = added[reached - shared - 1]
    illegal = Illegal(entry.side, entry.event, tuple(problems))
    if choose(illegal) in (entry.side, Keep.BOTH):
        clash.refuse(illegal)
    return entry


def _same(ours: Event, theirs: Event) -> bool:
    return _written(ours.data) == _written(theirs.data)


def _sense(problem: Problem) -> tuple[str, Text]:
    """A problem wherever it stands."""
    return problem.code, problem.message


def _written(value: Any) -> str:
    """A text that only the same data has: true is not 1."""
    return json.dumps(value, sort_keys=True)
