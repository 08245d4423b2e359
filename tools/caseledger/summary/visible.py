"""What an audience may be told of a change."""

from collections.abc import Iterator
from dataclasses import replace

from caseledger.audience import Sight, sees_all
from caseledger.findings import visible_verdict
from caseledger.model import Event
from caseledger.summary.cases import CaseChange, ClockChange
from caseledger.summary.change import Summary
from caseledger.summary.records import RecordChange
from caseledger.summary.retention import DISPOSE, PLACE, PROPOSE, RELEASE, RetentionChange

TOLD = ("at", "by", "as")
OWN = {"extended": ("clock", "to", "approved_by"), "corrected": ("event", "set"), "assigned": ("to",)}
"""What is told of each entry, and of entries of some types."""
FILES = {PLACE: "holds", RELEASE: "holds", PROPOSE: "disposal", DISPOSE: "certificate"}


def visible(summary: Summary, sight: Sight) -> Summary:
    """The summary without what the audience may not see; what is told of one case needs its number."""
    known = sight.computes("case")
    return replace(
        summary,
        cases=tuple(_case(case, sight) for case in summary.cases) if known else (),
        evidence=summary.evidence if known and sight.sees("case", "events.evidence.files") else (),
        records=tuple(_record(record, sight) for record in summary.records),
        retention=tuple(one for one in summary.retention if _retained(one, sight)),
    )


def _case(case: CaseChange, sight: Sight) -> CaseChange:
    told = tuple(_steps(case, sight))
    titled = sight.computes("grade") and sight.computes("state")
    clocks = case.clocks if sight.computes("verdict") else ()
    return replace(
        case,
        steps=told,
        fields=tuple(name for name in case.fields if sight.sees("case", name)),
        grades=case.grades if titled else (),
        states=case.states if titled else ("", ""),
        clocks=tuple(_clock(change, sight) for change in clocks),
        refused=tuple(step for step in case.refused if step.event in told),
    )


def _steps(case: CaseChange, sight: Sight) -> Iterator[Event]:
    """The entries of which all that would be told may be."""
    for event in case.steps:
        if all(sight.sees("case", f"events.{event.type}.{name}") for name in (*TOLD, *OWN.get(event.type, ()))):
            yield event


def _clock(change: ClockChange, sight: Sight) -> ClockChange:
    before, after = (visible_verdict(one, sight) if one else None for one in (change.before, change.after))
    return ClockChange(before, after)


def _record(record: RecordChange, sight: Sight) -> RecordChange:
    parts = [f"actions.{name}" for name in ("id", "owner", "deadline", "done", "verified")]
    return record if all(sight.sees("review", part) for part in parts) else replace(record, actions=())


def _retained(change: RetentionChange, sight: Sight) -> bool:
    return sees_all(sight, FILES[change.what], frozenset({"reason", "holds.reason", "consumers"}))
