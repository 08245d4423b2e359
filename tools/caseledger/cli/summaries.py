"""A summary of a change put into words: as text, as Markdown, as JSON. What is short comes first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any

from caseledger import duration, explanation, instant, labels
from caseledger.cli.formats import json
from caseledger.cli.formats.markdown import visible, words
from caseledger.clocks import Status, Verdict
from caseledger.language import N_, Text, current
from caseledger.model import Event, instant_of
from caseledger.summary.cases import CaseChange, ClockChange
from caseledger.summary.change import Summary
from caseledger.summary.law import FileChange, PersonChange
from caseledger.summary.records import ActionChange, RecordChange

MOST = 50
"""Cases that Markdown shows one by one: forges cut what is long, and nobody reads it."""

_CASES = {
    "opened": N_("opened"),
    "changed": N_("changed"),
    "deleted": N_("deleted"),
    "invalid": N_("not valid; caseledger check says why"),
}
_CLOCKS = {
    "missed": N_("Deadline missed"),
    "unbroken": N_("Deadline no longer broken"),
    "late": N_("Broken deadline, done now"),
    "met": N_("Deadline met"),
    "moved": N_("Deadline moved"),
    "started": N_("Deadline started"),
    "other": N_("Deadline changed"),
}
_FILES = {
    "policy": N_("Policy {name}: {what}"),
    "calendar": N_("Calendar {name}: {what}"),
    "people": N_("People, {name}: {what}"),
    "settings": N_("Settings, {name}: {what}"),
    "other": N_("File {name}: {what}"),
}
_WHAT = {
    "added": N_("added"),
    "removed": N_("removed"),
    "changed": N_("changed"),
    "invalid": N_("not valid; caseledger check says why"),
}
_ACTIONS = {
    "opened": N_("Corrective action {action} opened, for {owner}, by {deadline}"),
    "done": N_("Corrective action {action} done on {day} by {by}"),
    "verified": N_("Corrective action {action} closed: verified on {day} by {by}"),
    "changed": N_("Corrective action {action} changed"),
}


@dataclass(frozen=True)
class _Part:
    """What belongs together: a title and its lines."""

    title: Text
    lines: tuple[Text, ...]


def as_text(summary: Summary) -> str:
    """For a person at a terminal."""
    lines = [str(_short(summary)), *(f"! {text}" for text in _alarms(summary))]
    for part in _parts(summary):
        lines += ["", str(part.title), *(f"  {line}" for line in part.lines)]
    return "\n".join(map(_shown, lines))


def as_markdown(summary: Summary) -> str:
    """For a pull request: nothing in it is markup but its own."""
    parts = list(_parts(summary))
    lines = [f"**{words(_short(summary))}**"]
    if alarms := list(_alarms(summary)):
        lines += ["", *(f"- ⚠ {words(text)}" for text in alarms)]
    for part in parts[:MOST]:
        lines += ["", f"#### {words(part.title)}", "", *(f"- {words(line)}" for line in part.lines)]
    if parts[MOST:]:
        message = N_("{n} more are not shown here; caseledger summary {base}..{head} shows all.")
        lines += ["", words(Text(message, n=len(parts) - MOST, base=summary.base[:10], head=summary.head[:10]))]
    return "\n".join(lines)


def as_json(summary: Summary) -> str:
    """For programs."""
    return json.dump(
        {
            "base": summary.base,
            "head": summary.head,
            "as_of": instant.show(summary.now),
            "counts": dict(_counts(summary)),
            "cases": [_case_data(change) for change in summary.cases],
            "evidence": [{"case": case, "what": what} for case, what in summary.evidence],
            "records": [_record_data(change) for change in summary.records],
            "files": [{"kind": file.kind, "name": file.name, "what": file.what} for file in summary.files],
            "people": [_person_data(person) for person in summary.people],
            "other_files": summary.others,
        }
    )


def _shown(line: str) -> str:
    """A line with its indentation, fit for a terminal."""
    return line[: len(line) - len(line.lstrip(" "))] + visible(line)


# in short

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
    "law": N_("Files of policies, calendars, people and settings: {n}."),
    "other_files": N_("Other files: {n}."),
}


def _short(summary: Summary) -> Text:
    """What there is of everything; one sentence if there is nothing."""
    counted = [Text(_COUNTED[name], n=number) for name, number in _counts(summary) if number]
    counted = counted or [Text(N_("Nothing changes in cases, records or policies."))]
    return reduce(lambda first, text: Text(N_("{first} {next}"), first=first, next=text), counted)


def _counts(summary: Summary) -> Iterator[tuple[str, int]]:
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
    yield "law", len(summary.files)
    yield "other_files", summary.others


def _ended(case: CaseChange) -> bool:
    open_states = ("", "open", "waiting")
    return case.states[0] in open_states and case.states[1] not in open_states


def _alarms(summary: Summary) -> Iterator[Text]:
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
                yield Text(message, case=case.id, clock=_name(change.verdict))
            elif change.belated:
                message = N_("{case}: overdue before this change, met by it: {clock}.")
                yield Text(message, case=case.id, clock=_name(change.verdict))
        for step in case.refused:
            reason = explanation.refusal(step)
            yield Text(N_("{case}: an extension has no effect: {reason}."), case=case.id, reason=reason)
    for record in summary.records:
        if record.what == "removed":
            yield Text(N_("{name} is deleted."), name=record.path)


# in full


def _parts(summary: Summary) -> Iterator[_Part]:
    for case in summary.cases:
        yield _Part(_title(case), tuple(_case_lines(case, summary)))
    for record in summary.records:
        title = Text(N_("Record {path}: {what}"), path=record.path, what=Text(_WHAT[record.what]))
        yield _Part(title, tuple(_action_line(action) for action in record.actions))
    law = [*map(_file_line, summary.files), *(line for person in summary.people for line in _person_lines(person))]
    if law:
        yield _Part(Text(N_("What cases are judged by")), tuple(law))


def _title(case: CaseChange) -> Text:
    if case.policy is None:
        return Text(N_("{case}: {what}"), case=case.id, what=Text(_CASES[case.kind]))
    return Text(
        N_("{case}: {what}; {profile}, {grade}, {state}"),
        case=case.id,
        what=Text(_CASES[case.kind]),
        profile=case.policy.title.get(current(), case.policy.profile),
        grade=_grade(case, case.grades[-1]),
        state=labels.label("state", case.states[1]),
    )


def _case_lines(case: CaseChange, summary: Summary) -> Iterator[Text]:
    for event in case.steps:
        yield _step(case, event)
    if len(case.grades) > 1:
        first, *rest = (_grade(case, grade) for grade in case.grades)
        yield Text(N_("Grade: {grades}"), grades=" → ".join([first, *rest]))
    for change in case.clocks:
        yield _clock(change)
    for name, what in summary.evidence:
        if name == case.id:
            yield Text(N_("Evidence kept in Git: {what}"), what=Text(_WHAT[what]))
    if case.fields:
        yield Text(N_("Fields changed: {fields}"), fields=", ".join(case.fields))


def _step(case: CaseChange, event: Event) -> Text:
    said = Text(
        N_("{at} {event}, by {by} as {role}"),
        at=_local(case, event.at),
        event=labels.label("event", event.type),
        by=event.by,
        role=_role(case, event.role),
    )
    if event.type == "extended":
        return _extension(case, event, said)
    if event.type == "corrected":
        named, changed = event.data["event"], event.data["set"]
        return Text(
            N_("{step}: of {event} at {at}, {fields}"),
            step=said,
            event=labels.label("event", named["type"]),
            at=_moment(case, named["at"]),
            fields=", ".join(changed),
        )
    if event.type == "assigned":
        return Text(N_("{step}: to {role}"), step=said, role=_role(case, str(event.data["to"])))
    return said


def _extension(case: CaseChange, event: Event, said: Text) -> Text:
    clock = case.policy.clock(str(event.data["clock"])) if case.policy else None
    named = {
        "step": said,
        "clock": clock.title.get(current(), clock.id) if clock else event.data["clock"],
        "to": labels.length(duration.parse(event.data["to"])),
    }
    approval = event.data["approved_by"]
    if approval is None:
        return Text(N_("{step}: {clock} to {to}, approved by nobody"), **named)
    message = N_("{step}: {clock} to {to}, approved by {by} as {role}")
    return Text(message, **named, by=approval["by"], role=_role(case, approval["as"]))


def _clock(change: ClockChange) -> Text:
    kind, name = Text(_CLOCKS[change.kind]), _name(change.verdict)
    if change.before is None or change.before.status is Status.PENDING:
        return Text(N_("{kind}: {clock}: {after}"), kind=kind, clock=name, after=_stand(change.after))
    before, after = _stand(change.before), _stand(change.after)
    return Text(N_("{kind}: {clock}: {before} → {after}"), kind=kind, clock=name, before=before, after=after)


def _name(verdict: Verdict) -> Text:
    title = verdict.clock.title.get(current(), verdict.clock.id)
    return Text(N_("{title} ({clause}, cycle {cycle})"), title=title, clause=verdict.clock.clause, cycle=verdict.cycle)


def _stand(verdict: Verdict | None) -> Text:
    if verdict is None:
        return Text(N_("no such deadline"))
    status = labels.label("status", verdict.status)
    if verdict.due is None:
        return status
    return Text(N_("{status}, due {due}"), status=status, due=instant.deadline(verdict.due))


def _action_line(change: ActionChange) -> Text:
    action = change.action
    act = action.verified if change.what == "verified" else action.done
    return Text(
        _ACTIONS[change.what],
        action=action.id,
        owner=action.owner,
        deadline=action.deadline,
        day=act.day if act else "",
        by=act.by if act else "",
    )


def _file_line(file: FileChange) -> Text:
    return Text(_FILES[file.kind], name=file.name, what=Text(_WHAT[file.what]))


def _person_lines(person: PersonChange) -> Iterator[Text]:
    yield Text(N_("{person}: {what}"), person=person.id, what=Text(_WHAT[person.what]))
    for roles, message in (
        (person.given, N_("{person} now holds: {role}")),
        (person.taken, N_("{person} lost: {role}")),
    ):
        for role in roles:
            yield Text(message, person=person.id, role=_held(*role))


def _held(role: str, first: date, last: date | None) -> Text:
    if last:
        return Text(N_("{role}, from {first} to {last}"), role=role, first=first, last=last)
    return Text(N_("{role}, since {first}"), role=role, first=first)


def _grade(case: CaseChange, grade: str) -> str:
    titles = case.policy.grades.get(grade, {}) if case.policy else {}
    return titles.get(current(), grade)


def _role(case: CaseChange, role: str) -> str:
    return case.policy.role(role, current()) if case.policy else role


def _local(case: CaseChange, at: datetime) -> str:
    return instant.read(case.calendar.local(at) if case.calendar else at)


def _moment(case: CaseChange, text: str) -> str:
    at = instant_of(text)
    return _local(case, at) if at else text


# for programs


def _case_data(case: CaseChange) -> dict[str, Any]:
    return {
        "case": case.id,
        "path": case.path,
        "what": case.kind,
        "policy": case.policy.name if case.policy else None,
        "state": {"before": case.states[0] or None, "after": case.states[1] or None},
        "grades": list(case.grades),
        "entries_kept": case.kept,
        "fields": list(case.fields),
        "steps": [_event_data(event) for event in case.steps],
        "extensions_without_effect": [
            {"at": instant.show(step.event.at), "clock": step.event.data["clock"], "reason": step.reason}
            for step in case.refused
        ],
        "deadlines": [
            {
                "kind": change.kind,
                "before": json.verdict(change.before) if change.before else None,
                "after": json.verdict(change.after) if change.after else None,
            }
            for change in case.clocks
        ],
    }


def _event_data(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = {"at": instant.show(event.at), "type": event.type, "by": event.by, "as": event.role}
    if event.type == "extended":
        found |= {name: event.data[name] for name in ("clock", "to", "approved_by")}
    if event.type == "corrected":
        found |= {"event": dict(event.data["event"]), "set": list(event.data["set"])}
    return found


def _record_data(record: RecordChange) -> dict[str, Any]:
    actions = [{"action": change.action.id, "what": change.what} for change in record.actions]
    return {"path": record.path, "what": record.what, "actions": actions}


def _person_data(person: PersonChange) -> dict[str, Any]:
    return {"person": person.id, "what": person.what, "given": _roles(person.given), "taken": _roles(person.taken)}


def _roles(roles: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [{"role": role, "from": str(first), "to": str(last) if last else None} for role, first, last in roles]


AS = {"text": as_text, "markdown": as_markdown, "json": as_json}
