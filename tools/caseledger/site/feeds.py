"""What people subscribe to: a calendar for each department, and feeds of broken deadlines and of ended cases.

For those inside only, and as far as the marks of the schemas let them know. In them are case numbers, titles of the
policies, moments and links, no word of a case. Each is made only when something in it has changed.
"""

import heapq
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial

from caseledger import instant, links
from caseledger.clocks import BREACHED, Status
from caseledger.language import N_
from caseledger.obligations import Duty
from caseledger.policy import RESPONSIBLE
from caseledger.site import atom, deadlines, timed
from caseledger.site.atom import Entry
from caseledger.site.deadlines import Appointment
from caseledger.site.pages import Writer
from caseledger.site.rows import Row
from caseledger.site.timed import RECENT, Timed

BREACHES, ENDED = "feeds/breaches.xml", "feeds/ended.xml"
RUNS = (Status.RUNNING, Status.DUE_SOON, Status.OVERDUE)
MOST_ENTRIES = 50
MOST_EVENTS = 500
"""What a feed and a calendar hold at most."""
LONG = timedelta(days=30)
"""For how long a calendar shows what is overdue."""


def calendar_of(role: str) -> str:
    """Where the calendar of a department is, from the top of a language's pages."""
    return f"departments/{role}/deadlines.ics"


def write(writer: Writer, rows: Sequence[Row], owed: Sequence[Duty]) -> None:
    """Make the calendars of all departments and both feeds."""
    lately, knows = writer.now - RECENT, writer.sight.computes
    rows = rows if knows("case") else ()  # what is told is told of one case
    fresh = [row for row in rows if row.ended is None or row.ended >= lately] if knows("verdict") else ()
    known = [(row, clock) for row in fresh for clock in timed.unpacked(row.timed)]
    _write_calendars(writer, known, owed)
    broken = (_breach(writer, row, clock) for row, clock in known if clock.status in BREACHED)
    _write_feed(writer, BREACHES, N_("Newly broken deadlines"), "index.html", broken)
    ended = heapq.nlargest(MOST_ENTRIES, ((row.ended, row.id, row) for row in rows if row.ended))
    _write_feed(writer, ENDED, N_("Ended cases"), "archive/index.html", (_end(writer, row) for _, _, row in ended))


def _write_calendars(writer: Writer, known: Sequence[tuple[Row, Timed]], owed: Sequence[Duty]) -> None:
    names, words = writer.names, writer.words
    found: dict[str, list[Appointment]] = {role: [] for role in names.role_order if role != RESPONSIBLE}
    for row, clock in known:
        if clock.owner and (clock.stop is None or clock.stop >= writer.now - RECENT):
            found.setdefault(clock.owner, []).append(_of_case(writer, row, clock))
    for duty in owed:
        if duty.status in RUNS or (duty.stop and duty.stop >= (writer.now - RECENT).date()):
            found.setdefault(duty.owner, []).append(_of_duty(writer, duty))
    for role, appointments in found.items():
        soonest = sorted(appointments, key=lambda one: (one.due, one.uid))
        kept = [one for one in soonest if one.due >= writer.now - LONG][:MOST_EVENTS]
        name = words.t(N_("Deadlines of {department}"), department=names.role(role))
        writer.file(calendar_of(role), partial(deadlines.calendar, name, kept), name, kept)


def _of_case(writer: Writer, row: Row, clock: Timed) -> Appointment:
    language = writer.words.language
    title, clause = _clock(writer, row, clock)
    due = clock.due or clock.changed
    return Appointment(
        uid=f"{row.id}/{clock.cycle}/{clock.clock}@caseledger",
        title=f"{row.id} {title}",
        text=writer.words.t(N_("Due {due} ({clause})"), due=instant.deadline(due), clause=clause),
        due=due,
        off=clock.status not in RUNS,
        sequence=clock.sequence,
        changed=clock.changed,
        link=links.case(writer.names.rulebook.settings, language, row.id),
    )


def _of_duty(writer: Writer, duty: Duty) -> Appointment:
    policy, obligation, period, action = duty.task
    title = f"{obligation.title[writer.words.language]} {period}"
    off = duty.status not in RUNS
    changed = duty.start
    if duty.stop:
        changed = max(changed, datetime.combine(duty.stop, time(), duty.due.tzinfo))
    return Appointment(
        uid="/".join([policy.profile, obligation.id, str(period), *([action.id] if action else [])]) + "@caseledger",
        title=f"{title} {action.id}" if action else title,
        text=writer.words.t(N_("Due {due} ({clause})"), due=instant.deadline(duty.due), clause=obligation.clause),
        due=duty.due,
        off=off,
        sequence=int(off),
        changed=changed.astimezone(UTC),
        link=links.obligations(writer.names.rulebook.settings, writer.words.language),
    )


def _breach(writer: Writer, row: Row, clock: Timed) -> Entry:
    """A broken deadline, at the moment when it was broken: when it was due, or when it was met too early."""
    title, clause = _clock(writer, row, clock)
    at = clock.stop if clock.status is Status.EARLY else clock.due
    text = N_("{department}: due {due} ({clause})")
    if clock.status is Status.EARLY:
        text = N_("{department}: done before its time ({clause})")
    due = instant.deadline(clock.due) if clock.due else "–"
    department = writer.names.role(clock.owner) if clock.owner else "–"
    return Entry(
        key=f"{row.id}/{clock.cycle}/{clock.clock}/broken",
        title=f"{row.id} {title}",
        text=writer.words.t(text, department=department, due=due, clause=clause),
        at=at or clock.changed,
        link=_link(writer, row.url),
    )


def _end(writer: Writer, row: Row) -> Entry:
    words = writer.words
    said = words.label("outcome", row.outcome) if row.outcome else words.label("state", row.state)
    at = row.ended or row.received
    return Entry(f"{row.id}/{instant.show(at)}", f"{row.id} {said}", instant.read(at), at, _link(writer, row.url))


def _write_feed(writer: Writer, path: str, title: str, page: str, entries: Iterable[Entry]) -> None:
    newest = heapq.nlargest(MOST_ENTRIES, entries, key=lambda entry: (entry.at, entry.key))
    settings, words = writer.names.rulebook.settings, writer.words
    name = words.t(title)
    author = settings.get("company", {}).get(words.language) or "caseledger"
    key = f"{settings.get('site', '')}/{words.language}/{path}"
    made = partial(atom.feed, key, name, author, _link(writer, page), _link(writer, path), words.language, newest)
    writer.file(path, made, name, author, newest, key)


def _clock(writer: Writer, row: Row, clock: Timed) -> tuple[str, str]:
    """What a clock is called, and the article that asks for it."""
    found = writer.names.policy(row).clock(clock.clock)
    return (found.title[writer.words.language], found.clause) if found else (clock.clock, "–")


def _link(writer: Writer, path: str) -> str:
    """Where a page is, as seen from a feed, if nobody has said where the site is."""
    return links.page(writer.names.rulebook.settings, writer.words.language, path) or f"../{path}"
