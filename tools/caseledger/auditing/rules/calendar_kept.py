"""Days gone by were open or closed, and stay so: deadlines were counted over them."""

from collections.abc import Iterator
from datetime import date

from caseledger import calendar, schema
from caseledger.auditing.context import Audit
from caseledger.auditing.edits import Edit
from caseledger.calendar import Calendar
from caseledger.history.changes import Blob
from caseledger.language import N_, Text
from caseledger.problem import START, Place, Problem, Rule

RULE = Rule(
    "audit-calendar",
    N_("A day that has come was changed in a calendar, or the calendar itself was taken away."),
    N_(
        "Undo it (git revert). Days to come are changed as dated exceptions; another week is a new calendar, named by a"
        " new policy version."
    ),
    "-  - {date: 2026-10-01, open: false, name: 国庆节}",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every reviewed day up to that of the commit that a calendar on record has otherwise than before."""
    for edit in audit.edits:
        if edit.path.startswith("policy/calendars/") and edit.base and edit.before and edit.after != edit.base:
            base, before, after = (_calendar(audit, edit, blob) for blob in (edit.base, edit.before, edit.after))
            if base and before and not after:
                yield audit.problem(RULE, edit, Text(N_("The calendar was deleted, renamed or made unreadable.")))
            elif base and before and after:
                for place, message in _changes(audit, edit, base, before, after):
                    yield audit.problem(RULE, edit, message, place=place)


def _changes(
    audit: Audit, edit: Edit, base: Calendar, before: Calendar, after: Calendar
) -> Iterator[tuple[Place, Text]]:
    if base.zone == before.zone != after.zone:
        message = Text(N_("The time zone was changed: {old} → {new}."), old=before.zone.key, new=after.zone.key)
        yield audit.place(edit, "timezone"), message
    if base.week == before.week != after.week:
        yield audit.place(edit, "week"), Text(N_("The week was changed, and with it days gone by."))
    last = min(audit.law.day(edit.commit, before), before.valid_through)
    if base.valid_through == before.valid_through and after.valid_through < last:
        message = Text(N_("The calendar was reviewed through {day}, and no longer is."), day=before.valid_through)
        yield audit.place(edit, "valid_through"), message
    for day in sorted({*before.exceptions, *after.exceptions}):
        if day <= last and base.exceptions.get(day) == before.exceptions.get(day) != after.exceptions.get(day):
            yield _place(audit, edit, day), Text(N_("{day} was changed, a day that has come."), day=day)


def _place(audit: Audit, edit: Edit, day: date) -> Place:
    document = audit.document(edit.path, audit.steps.at_head(edit.path))
    if document is None:
        return START
    listed = [str(entry.get("date")) for entry in document.data["exceptions"]]
    return document.place("exceptions", *([listed.index(day.isoformat())] if day.isoformat() in listed else []))


def _calendar(audit: Audit, edit: Edit, blob: Blob | None) -> Calendar | None:
    """The calendar in a file, None where there is none that can be used."""
    document = audit.document(edit.path, blob)
    if document is None or not schema.valid("calendar", document.data):
        return None
    try:
        return calendar.load(document.data)
    except (ValueError, OSError):  # a time zone that is none
        return None
