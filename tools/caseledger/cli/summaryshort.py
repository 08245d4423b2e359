"""What a summary says in short: how many there are of everything, and what must not be missed."""

from collections.abc import Iterator
from functools import reduce

from caseledger import explanation
from caseledger.cli.summaryparts import clock_name
from caseledger.language import N_, Text
from caseledger.summary import retention
from caseledger.summary.cases import CaseChange
from caseledger.summary.change import Summary

_COUNTED = {
    "opened": N_("Cases opened: {n}."),
    "changed": N_("Cases changed: {n}."),
    "ended": N_("Cases ended: {n}."),
    "steps": N_("Steps: {n}."),
    "graded": N_("Grades changed: {n}."),
    "met": N_("Deadlines met: {n}."),
    "missed": N_("Deadlines missed: {n}."),
    "extensions": N_("Extensions: {n}."),
    "corrections": N_("Corrections: {n}."),
    "records": N_("Records of duties: {n}."),
    "actions_opened": N_("Corrective actions opened: {n}."),
    "actions_closed": N_("Corrective actions closed: {n}."),
    "holds": N_("Holds placed or released: {n}."),
    "proposed": N_("Cases proposed for disposal: {n}."),
    "disposed": N_("Cases disposed of: {n}."),
    "law": N_("Files of policies, calendars, people and settings: {n}."),
    "other_files": N_("Other files: {n}."),
}


def short(summary: Summary) -> Text:
    """What there is of everything; one sentence if there is nothing."""
    counted = [Text(_COUNTED[name], n=number) for name, number in counts(summary) if number]
    counted = counted or [Text(N_("Nothing changes in cases, records or policies."))]
    return reduce(lambda first, text: Text(N_("{first} {next}"), first=first, next=text), counted)


def counts(summary: Summary) -> Iterator[tuple[str, int]]:
    """How many there are of each thing that a change can hold."""
    cases = summary.cases
    yield "opened", sum(case.kind == "opened" for case in cases)
    yield "changed", sum(case.kind == "changed" for case in cases)
    yield "ended", sum(_ended(case) for case in cases)
    yield "steps", sum(len(case.steps) for case in cases)
    yield "graded", sum(max(len(case.grades) - 1, 0) for case in cases)
    for kind in ("met", "missed"):
        yield kind, sum(change.kind == kind for case in cases for change in case.clocks)
    yield "extensions", sum(len(case.steps_of("extended")) for case in cases)
    yield "corrections", sum(len(case.steps_of("corrected")) for case in cases)
    yield "records", len(summary.records)
    for name, what in (("actions_opened", "opened"), ("actions_closed", "verified")):
        yield name, sum(action.what == what for record in summary.records for action in record.actions)
    yield "holds", sum(one.what in (retention.PLACE, retention.RELEASE) for one in summary.retention)
    for name in (retention.PROPOSE, retention.DISPOSE):
        yield name, sum(len(one.cases) for one in summary.retention if one.what == name)
    yield "law", len(summary.files)
    yield "other_files", summary.others


def _ended(case: CaseChange) -> bool:
    open_states = ("", "open", "waiting")
    return case.states[0] in open_states and case.states[1] not in open_states


def alarms(summary: Summary) -> Iterator[Text]:
    """What a reviewer must not miss."""
    for case in summary.cases:
        if case.kind == "deleted":
            yield Text(N_("{name} is deleted."), name=case.id)
        if case.kind == "invalid":
            yield Text(N_("{case} is not valid; caseledger check says why."), case=case.id)
        if not case.kept:
            yield Text(N_("{case}: entries on record were changed; caseledger audit says which."), case=case.id)
        for change in case.clocks:
            if change.kind == "unbroken":
                message = N_("{case}: a deadline was broken and no longer is: {clock}.")
                yield Text(message, case=case.id, clock=clock_name(change.verdict))
            elif change.belated:
                message = N_("{case}: overdue before this change, met by it: {clock}.")
                yield Text(message, case=case.id, clock=clock_name(change.verdict))
        for step in case.refused:
            reason = explanation.refusal(step)
            yield Text(N_("{case}: an extension has no effect: {reason}."), case=case.id, reason=reason)
    for one in summary.retention:
        if one.what == retention.DISPOSE:
            message = N_("{number}: {n} cases are disposed of for ever, decided by {by}.")
            yield Text(message, number=one.number, n=len(one.cases), by=one.by)
        elif one.what == retention.RELEASE:
            message = N_("{number}: a legal hold on {n} cases is released by {by}.")
            yield Text(message, number=one.number, n=len(one.cases), by=one.by)
    for person in summary.people:
        if person.key:
            message = N_("{person} gets a key to the vault that was not there: ask them whether it is theirs.")
            yield Text(message, person=person.id)
    for record in summary.records:
        if record.what == "removed":
            yield Text(N_("{name} is deleted."), name=record.path)
