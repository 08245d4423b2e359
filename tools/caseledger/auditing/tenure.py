"""What a change of policy/people.yml does to days gone by."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from caseledger import people, schema
from caseledger.auditing.context import Audit
from caseledger.auditing.edits import Edit
from caseledger.history.changes import Blob
from caseledger.people import People

PEOPLE = "policy/people.yml"
_DAY = timedelta(days=1)
_NEVER = date.max - _DAY

Days = tuple[date, date]
"""Some days in a row: the first and the last."""


class Past(NamedTuple):
    """Days gone by of one role of one person: those that were lost or gained, and the last day it was ended with."""

    lost: list[Days]
    gained: list[Days]
    ended: date | None


def changes(audit: Audit) -> Iterator[tuple[Edit, tuple[str, str], Past]]:
    """For each commit, each person and each role: what it makes of days before its own, if anything."""
    for edit in audit.edits:
        if edit.path == PEOPLE and edit.on_record and edit.after != edit.base and _people(audit, edit, edit.after):
            yield from ((edit, who, past) for who, past in _changes(audit, edit))


def lost(audit: Audit) -> Iterator[Edit]:
    """The edits after which there is no file of people that can be used, although there was one."""
    for edit in audit.edits:
        known = edit.path == PEOPLE and edit.on_record and _people(audit, edit, edit.before)
        if known and not _people(audit, edit, edit.after):
            yield edit


def _changes(audit: Audit, edit: Edit) -> Iterator[tuple[tuple[str, str], Past]]:
    today = audit.law.day(edit.commit)
    all_three = [_people(audit, edit, blob) or People({}) for blob in (edit.base, edit.before, edit.after)]
    for who in sorted({(p.id, role) for known in all_three for p in known.persons.values() for role, *_ in p.roles}):
        was, had, has = (_tenures(known, who) for known in all_three)
        ends = sorted(
            {day for first, last in (*was, *had, *has) for day in (first, last + _DAY) if day < today} | {today}
        )
        spells = [(first, following - _DAY) for first, following in pairwise(ends)]
        lost = [s for s in spells if _on(was, s) and _on(had, s) and not _on(has, s)]
        gained = [s for s in spells if not _on(was, s) and not _on(had, s) and _on(has, s)]
        if lost or gained:
            yield who, Past(lost, gained, _ended(had, has, lost))


def _ended(had: list[Days], has: list[Days], lost: list[Days]) -> date | None:
    """The last day that a role now has that had none, if that is all that the lost days are."""
    newest = max((last for _, last in has), default=None)
    unending = any(last == _NEVER for _, last in had)
    return newest if lost and newest and unending and newest < lost[0][0] else None


def _on(tenures: list[Days], spell: Days) -> bool:
    return any(first <= spell[0] <= last for first, last in tenures)


def _tenures(known: People, who: tuple[str, str]) -> list[Days]:
    """The first and last days of a role of a person."""
    person = known.get(who[0])
    return [(first, last or _NEVER) for role, first, last in (person.roles if person else ()) if role == who[1]]


def _people(audit: Audit, edit: Edit, blob: Blob | None) -> People | None:
    """The people in a file, None if it cannot be used."""
    document = audit.document(edit.path, blob)
    return people.load(document.data) if document and schema.valid("people", document.data) else None
