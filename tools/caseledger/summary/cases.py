"""What a change does to one case: the steps taken, the grades, the deadlines that it met, missed or moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from caseledger import clocks, findings, model, schema
from caseledger.calendar import Calendar
from caseledger.casefile import Entry
from caseledger.clocks import Status, Step, Verdict
from caseledger.errors import Refused
from caseledger.findings import Judged
from caseledger.model import Event
from caseledger.policy import Policy
from caseledger.rulebook import Rulebook

CLOCK_KINDS = ("missed", "unbroken", "late", "met", "moved", "started", "other")
"""What becomes of a clock. "unbroken" was broken and is no longer, "late" was overdue and has stopped since. One
that was overdue and turns out to be met was stopped in time, but that was written down late.
"""


@dataclass(frozen=True)
class ClockChange:
    """A clock that stands otherwise after the change than before, both at the same moment."""

    before: Verdict | None
    after: Verdict | None

    @property
    def verdict(self) -> Verdict:
        """The clock as it stands after the change, or stood before if it is gone."""
        found = self.after or self.before
        if found is None:
            raise ValueError
        return found

    @property
    def kind(self) -> str:
        """One of CLOCK_KINDS."""
        before, after = self.before, self.after
        was, is_ = before is not None and before.breached, after is not None and after.breached
        if is_:
            return "late" if was else "missed"
        if after and after.status is Status.MET and (not was or self.belated):
            return "met"
        if was:
            return "unbroken"
        if before is None or before.status is Status.PENDING:
            return "started"
        return "moved" if after and after.due != before.due else "other"

    @property
    def belated(self) -> bool:
        """Whether it was met by an entry that was written down only when the clock was overdue."""
        before, after = self.before, self.after
        return bool(before and before.status is Status.OVERDUE and after and after.status is Status.MET)


@dataclass(frozen=True)
class CaseChange:
    """One case before and after a change; `policy` is None where it cannot be judged.

    `kind` is "opened", "changed", "deleted", or "invalid" where a file has not the shape of a case. `steps` are the new
    entries, `kept` tells whether all earlier ones stand as they stood, `fields` are the keys changed above the events.
    """

    id: str
    path: str
    kind: str
    policy: Policy | None = None
    calendar: Calendar | None = None
    steps: tuple[Event, ...] = ()
    kept: bool = True
    fields: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    """The grades in force from before the change on, in order; one if it did not change."""
    states: tuple[str, str] = ("", "")
    clocks: tuple[ClockChange, ...] = ()
    refused: tuple[Step, ...] = ()
    """Extensions among the steps that have no effect, with the reason."""

    def steps_of(self, *types: str) -> list[Event]:
        """The new entries of these types."""
        return [event for event in self.steps if event.type in types]


def compare(path: str, before: object, after: object, laws: tuple[Rulebook, Rulebook], now: datetime) -> CaseChange:
    """What becomes of a case, from the data of its file before and after, each None where there is none."""
    name = path.rpartition("/")[2].removesuffix(".yml")
    if after is None:
        return CaseChange(name, path, "deleted")
    if not all(schema.valid("case", data) for data in (before, after) if data is not None):
        return CaseChange(name, path, "invalid")
    old, new = (_judged(law, path, data, now) for law, data in zip(laws, (before, after), strict=True))
    steps, kept = _steps(_events(before), _events(after))
    found = CaseChange(
        id=name,
        path=path,
        kind="opened" if before is None else "changed",
        steps=tuple(steps),
        kept=kept,
        fields=tuple(_fields(before, after)),
    )
    return _weighed(found, old, new, laws[1].calendar(new.policy.calendar)) if new else found


def _weighed(found: CaseChange, old: Judged | None, new: Judged, calendar: Calendar) -> CaseChange:
    """The same with all that follows by the policy."""
    added = {event.index for event in found.steps}
    without_effect = clocks.ineffective_extensions(new.state, new.policy, calendar)
    return replace(
        found,
        policy=new.policy,
        calendar=calendar,
        grades=tuple(_grades(old, new, added)),
        states=(old.state.state if old else "", new.state.state),
        clocks=tuple(_clocks(old, new)),
        refused=tuple(step for step in without_effect if step.event.index in added),
    )


def _judged(law: Rulebook, path: str, data: object, now: datetime) -> Judged | None:
    if not isinstance(data, Mapping):
        return None
    try:
        return next(findings.judge(law, [Entry(path, data, ())], now), None)
    except Refused:  # `check` says what is wrong with the policy
        return None


def _events(data: object) -> Sequence[Event]:
    return model.case(data).events


def _steps(before: Sequence[Event], after: Sequence[Event]) -> tuple[list[Event], bool]:
    """The entries that are new, and whether those that were there begin the list as they did."""
    old = [dict(event.data) for event in before]
    kept = [dict(event.data) for event in after[: len(old)]] == old
    added = []
    for event in after:
        if event.data in old:
            old.remove(dict(event.data))
        else:
            added.append(event)
    return added, kept


def _fields(before: object, after: object) -> Iterator[str]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            if key != "events" and before.get(key) != after.get(key):
                yield str(key)


def _grades(old: Judged | None, new: Judged, added: set[int]) -> Iterator[str]:
    """The grade before the change, if it was judged, then each that the change gave."""
    last = old.state.grade(old.policy.default_grade) if old else new.policy.default_grade
    yield last
    for event in new.state.events:
        if event.type == "graded" and event.index in added and event.data.get("grade") != last:
            last = str(event.data.get("grade"))
            yield last


def _clocks(old: Judged | None, new: Judged) -> list[ClockChange]:
    """The clocks that changed, worst first; one that only begins to wait is no change."""
    before, after = ({(v.cycle, v.clock.id): v for v in (j.verdicts if j else ())} for j in (old, new))
    found = []
    for key in dict.fromkeys([*before, *after]):
        change = ClockChange(before.get(key), after.get(key))
        if _said(change.before) != _said(change.after):
            found.append(change)
    return sorted(found, key=lambda change: CLOCK_KINDS.index(change.kind))


def _said(verdict: Verdict | None) -> Any:
    if verdict is None or verdict.status is Status.PENDING:
        return None
    return verdict.status, verdict.due
