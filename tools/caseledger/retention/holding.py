"""Places and releases legal holds: lines are added to cases/archive/holds.yml, nothing that stands there is touched."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from caseledger import files, hold, holds, instant, recording, seals
from caseledger.errors import CannotGoOn, Refused
from caseledger.hold import PLACED, RELEASED, Hold
from caseledger.holds import Holds
from caseledger.language import N_, Text
from caseledger.people import Person
from caseledger.retention import permits
from caseledger.rulebook import Rulebook

_HEAD = """\
# yaml-language-server: $schema=../../schema/holds.schema.json
# Written by caseledger retention alone; lines are only added.
schema: 1
holds:
"""


@dataclass(frozen=True)
class Holder:
    """Who places or releases, in which role, when and why."""

    who: Person
    role: str
    now: datetime
    reason: str


def place(rulebook: Rulebook, holder: Holder, cases: Sequence[str], until: date | None) -> str:
    """Put cases on hold; the number of the hold. CannotGoOn for a case that is not here."""
    permits.refuse_unfit(rulebook, permits.HOLD, holder.who, holder.role, holder.now)
    if until and until < holder.now.date():
        raise CannotGoOn(Text(N_("A hold until {day} has ended already."), day=until))
    named = [files.case_path(rulebook.root, case) for case in dict.fromkeys(cases)]
    for path in named:
        if not path.is_file():
            raise CannotGoOn(Text(N_("There is no case {id}; it would be {path}."), id=path.stem, path=path))
    number = f"H-{holder.now:%Y%m%d}-{recording.at_random(5)}"
    entry = _entry(holder, number, PLACED, [path.stem for path in named])
    with seals.locked(rulebook.root):
        _add(rulebook, [{**entry, **({"until": until.isoformat()} if until else {})}])
    return number


def release(rulebook: Rulebook, holder: Holder, names: Sequence[str]) -> Sequence[Hold]:
    """Release holds by number, or the one hold on each case that is named; CannotGoOn where that is not clear."""
    permits.refuse_unfit(rulebook, permits.HOLD, holder.who, holder.role, holder.now)
    with seals.locked(rulebook.root):
        found = list(
            {(one.number, one.case): one for name in names for one in _named(holds.read(rulebook.root), name)}.values()
        )
        numbers = dict.fromkeys(one.number for one in found)
        _add(
            rulebook,
            [
                _entry(holder, number, RELEASED, [one.case for one in found if one.number == number])
                for number in numbers
            ],
        )
    return found


def _named(known: Holds, name: str) -> list[Hold]:
    """The holds that a name stands for and that were not released yet."""
    every = [one for of_case in known.by_case.values() for one in of_case if one.released is None]
    found = [one for one in every if name.upper() in (one.number, one.case)]
    if not found:
        raise CannotGoOn(Text(N_("{name} is not on hold."), name=name))
    numbers = sorted({one.number for one in found})
    if len(numbers) > 1:
        message = N_("{name} is on hold under several numbers: {numbers}. Name those that are to be released.")
        raise CannotGoOn(Text(message, name=name, numbers=", ".join(numbers)))
    return found


def _entry(holder: Holder, number: str, deed: str, cases: Sequence[str]) -> dict[str, Any]:
    return {
        "hold": number,
        "type": deed,
        "cases": list(cases),
        "at": instant.show(holder.now),
        "by": holder.who.id,
        "as": holder.role,
        "reason": holder.reason,
    }


def _add(rulebook: Rulebook, entries: Sequence[Mapping[str, Any]]) -> None:
    """Write the entries, all or none; Refused if the file is wrong, or would be."""
    path = rulebook.root / hold.FILE
    old = path.read_bytes() if path.exists() else b""
    known = holds.parsed(old) if old else Holds()
    if known.problems:
        raise Refused(Text(N_("{path} cannot be used."), path=hold.FILE), known.problems)
    gap = b"" if not old or old.endswith(b"\n") else b"\n"
    lines = "".join(f"  - {json.dumps(entry, ensure_ascii=False)}\n" for entry in entries)
    new = (old or _HEAD.encode()) + gap + lines.encode()
    result = holds.parsed(new)
    if result.problems or list(result.lines[: len(known.lines)]) != list(known.lines):
        raise Refused(Text(N_("Nothing is written: {path} would then be wrong."), path=hold.FILE), result.problems)
    if old:
        files.replace(path, new)
    else:
        files.create(path, new)
