"""Entries on record stay as they are and where they are: a list of events only grows, at its end."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from caseledger.auditing import words
from caseledger.auditing.context import Audit
from caseledger.auditing.edits import entries
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-entries",
    N_("Entries of a case were changed, dropped, moved, or put between others."),
    N_("Undo it (git revert), and say what was wrong in a new entry: caseledger append ID corrected."),
    "-    grade: major\n+    grade: general  # in an entry of last week",
)

_MOST = 500
"""Entries that are compared one with another; beyond, only the first that differs is named."""


def check(audit: Audit) -> Iterator[Problem]:
    """Every entry on record that a commit does not leave as it was."""
    for case in audit.case_edits:
        new = entries(case.after)
        if new[: case.kept] != case.on_record:
            for index, message in _changes(case.on_record, new):
                place = audit.place(case.edit, "events", index)
                yield audit.problem(RULE, case.edit, message, place=place)


def _changes(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[int, Text]]:
    """What became of the old entries, each with the place of the new list that shows it."""
    same = next(
        (i for i, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), min(len(old), len(new))
    )
    if len(old) + len(new) - 2 * same > _MOST:
        yield same, _changed(old[same], new[same]) if same < len(new) else _dropped(old[same])
        return
    written = [[words.whole(entry) for entry in side[same:]] for side in (old, new)]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, written[0], written[1], autojunk=False).get_opcodes():
        was, now = old[same + i1 : same + i2], new[same + j1 : same + j2]
        if kind == "equal" or (not was and same + i1 == len(old)):
            continue
        for offset, (one, other) in enumerate(zip(was, now, strict=False)):
            moved = one in new or other in old
            yield same + j1 + offset, _moved(one) if moved else _changed(one, other)
        for one in was[len(now) :]:
            yield same + j1, _moved(one) if one in new else _dropped(one)
        if same + i2 < len(old):
            for offset, other in enumerate(now[len(was) :], len(was)):
                yield same + j1 + offset, _moved(other) if other in old else _between(other)


def _changed(one: Any, other: Any) -> Text:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return Text(N_("{entry} was changed: {what}."), entry=words.entry(one), what=words.differences(one, other))
    return _dropped(one)


def _dropped(one: Any) -> Text:
    return Text(N_("{entry} was dropped."), entry=words.entry(one))


def _moved(one: Any) -> Text:
    return Text(N_("{entry} was moved to another place of the list."), entry=words.entry(one))


def _between(one: Any) -> Text:
    return Text(N_("{entry} was put before entries that are on record."), entry=words.entry(one))
