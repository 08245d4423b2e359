"""One digest: what a department has not been told yet, in its language.

It is plain text, which every channel shows as it stands. In it are case numbers, what policies call their clocks, due
times and links; nothing that anybody wrote into a case.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from caseledger import instant, labels, links
from caseledger.calendar import Calendar
from caseledger.clocks import Status
from caseledger.language import N_, Text, translate
from caseledger.notify.items import Item
from caseledger.rulebook import Rulebook

_SECOND = timedelta(seconds=1)
_OVERDUE, _TODAY, _NEXT, _HANDED, _BROKEN = range(5)
_HEADINGS = (
    N_("Overdue"),
    N_("Due today"),
    N_("Due next"),
    N_("Handed over to you"),
    N_("Deadlines broken, and acted on since"),
)
_COUNTS = (N_("{n} overdue"), N_("{n} due today"), N_("{n} due next"), N_("{n} handed over"), N_("{n} broken"))


@dataclass(frozen=True, slots=True)
class Digest:
    """What goes out: a title of one line, and a text."""

    title: str
    body: str


def write(
    items: Sequence[Item], department: str, language: str, rulebook: Rulebook, calendar: Calendar, now: datetime
) -> Digest:
    """The digest of what a department has to be told; `items` are not empty and all its own."""
    parts = [[item for item in items if _part(item, calendar, now) == part] for part in range(len(_HEADINGS))]
    counts = [Text(count, n=len(part)) for count, part in zip(_COUNTS, parts, strict=True) if part]
    comma = translate(N_(", "), language)
    title = Text(
        N_("Complaint deadlines of {department}: {counts}"),
        department=items[0].policy.role(department, language),
        counts=comma.join(count.to(language) for count in counts),
    )
    lines: list[str] = []
    for heading, part in zip(_HEADINGS, parts, strict=True):
        if part:
            lines += [Text(N_("{heading} ({n})"), heading=Text(heading), n=len(part)).to(language)]
            lines += [line for item in part for line in _lines(item, language, rulebook)]
            lines += [""]
    everything = links.department(rulebook.settings, language, department)
    if everything:
        lines.append(Text(N_("All that waits: {link}"), link=everything).to(language))
    at = instant.read(calendar.local(now))
    lines.append(Text(N_("As of {at}. Nothing is named again until its status changes."), at=at).to(language))
    return Digest(title.to(language), "\n".join(lines))


def _lines(item: Item, language: str, rulebook: Rulebook) -> Iterator[str]:
    broken = item.status in (Status.LATE, Status.EARLY)
    message = N_("- {subject} {title}, {status}, due {due}") if broken else N_("- {subject} {title}, due {due}")
    if item.handed:
        message = N_("- {subject} {title}; expected by {due}") if item.due else N_("- {subject} {title}")
    yield Text(
        message,
        subject=item.subject,
        title=item.title[language],
        status=labels.label("status", item.status),
        due=instant.deadline(item.due) if item.due else "–",
    ).to(language)
    link = item.link(rulebook, language)
    if link:
        yield f"  {link}"


def _part(item: Item, calendar: Calendar, now: datetime) -> int:
    if item.handed:
        return _HANDED
    if item.status is Status.OVERDUE:
        return _OVERDUE
    if item.status in (Status.LATE, Status.EARLY):
        return _BROKEN
    return _TODAY if item.due and calendar.day_of(item.due - _SECOND) <= calendar.day_of(now) else _NEXT
