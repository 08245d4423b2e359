"""What a summary says of each case, record and file; the form comes later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from caseledger import duration, instant, labels, lengths
from caseledger.clocks import Status, Verdict
from caseledger.language import N_, Text, current
from caseledger.model import Event, instant_of
from caseledger.summary.cases import CaseChange, ClockChange
from caseledger.summary.change import Summary
from caseledger.summary.law import FileChange, PersonChange
from caseledger.summary.records import ActionChange

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
_RETENTION = {
    "placed": N_("Legal hold {number} placed by {by}"),
    "released": N_("Legal hold {number} released by {by}"),
    "proposed": N_("Disposal {number} proposed by {by}"),
    "disposed": N_("Disposal {number} decided by {by}"),
}


@dataclass(frozen=True)
class Part:
    """What belongs together: a title and its lines."""

    title: Text
    lines: tuple[Text, ...]


def parts(summary: Summary) -> Iterator[Part]:
    """Case by case, record by record, then what cases are judged by."""
    for case in summary.cases:
        yield Part(_title(case), tuple(_case_lines(case, summary)))
    for record in summary.records:
        title = Text(N_("Record {path}: {what}"), path=record.path, what=Text(_WHAT[record.what]))
        yield Part(title, tuple(_action_line(action) for action in record.actions))
    for one in summary.retention:
        title = Text(_RETENTION[one.what], number=one.number, by=one.by)
        yield Part(title, tuple(Text("{case}", case=case) for case in one.cases))
    law = [*map(_file_line, summary.files), *(line for person in summary.people for line in _person_lines(person))]
    if law:
        yield Part(Text(N_("What cases are judged by")), tuple(law))


def _title(case: CaseChange) -> Text:
    if case.policy is None or not case.grades:
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
        "to": lengths.label(duration.parse(event.data["to"])),
    }
    approval = event.data["approved_by"]
    if approval is None:
        return Text(N_("{step}: {clock} to {to}, approved by nobody"), **named)
    message = N_("{step}: {clock} to {to}, approved by {by} as {role}")
    return Text(message, **named, by=approval["by"], role=_role(case, approval["as"]))


def _clock(change: ClockChange) -> Text:
    kind, name = Text(_CLOCKS[change.kind]), clock_name(change.verdict)
    if change.before is None or change.before.status is Status.PENDING:
        return Text(N_("{kind}: {clock}: {after}"), kind=kind, clock=name, after=_stand(change.after))
    before, after = _stand(change.before), _stand(change.after)
    return Text(N_("{kind}: {clock}: {before} → {after}"), kind=kind, clock=name, before=before, after=after)


def clock_name(verdict: Verdict) -> Text:
    """A clock with its article and cycle."""
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
