"""For a forge's issues: what one says of a case, and of a periodic duty.

Numbers, deadlines, departments and links go out, and nothing that a consumer or a colleague wrote. An issue speaks the
repository's first language, whoever runs the program, so that two runs never write the same thing in two languages.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from caseledger import instant, labels, links
from caseledger.cli.formats.markdown import words
from caseledger.clocks import BREACHED, Status
from caseledger.findings import Finding, Judged
from caseledger.flagging.flag import Flag
from caseledger.language import N_, Text, translate
from caseledger.obligations import Duty

Address = Callable[[str], str]
"""The page of a file of the repository on the forge."""
Settings = Mapping[str, Any]
_MOST = 60
"""Deadlines that one issue lists; a forge refuses texts without end."""
_RANK = {Status.OVERDUE: 0, Status.LATE: 1, Status.EARLY: 2}


class _Row(NamedTuple):
    status: Status
    key: str
    title: str
    clause: str
    role: str
    owner: str
    due: datetime | None


def case(judged: Judged, settings: Settings, address: Address) -> Flag:
    """What an issue says of a case: its overdue deadlines, then those that were broken."""
    language = settings["languages"][0]
    rows = [
        _Row(
            verdict.status,
            Finding(judged, verdict, verdict.status).key,
            verdict.clock.title[language],
            verdict.clock.clause,
            judged.policy.role(verdict.owner, language) or "–",
            verdict.owner,
            verdict.due,
        )
        for verdict in judged.verdicts
        if verdict.status in BREACHED
    ]
    title = Text(N_("Overdue: {case}"), case=judged.id)
    places = _places(judged.id, judged.path, address, links.case(settings, language, judged.id), language)
    return _flag(judged.id, title, rows, places, language)


def duty(found: Duty, settings: Settings, address: Address) -> Flag:
    """What an issue says of a periodic duty or a corrective action."""
    language, (policy, obligation, span, action) = settings["languages"][0], found.task
    name = Text(N_("{title} {period}"), title=obligation.title[language], period=span)
    if action:
        name = Text(N_("Corrective action {action} of {title}"), action=action.id, title=name)
    rows = [
        _Row(
            found.status,
            found.key,
            name.to(language),
            obligation.clause,
            policy.role(found.owner, language),
            found.owner,
            found.due,
        )
    ]
    subject = found.key.rpartition("/")[0]
    title = Text(N_("Overdue: {case}"), case=name)
    places = _places(found.path, found.path, address, links.obligations(settings, language), language)
    return _flag(subject, title, rows if found.status in BREACHED else [], places, language)


def _flag(subject: str, title: Text, rows: Iterable[_Row], places: str, language: str) -> Flag:
    ordered = sorted(rows, key=lambda row: (_RANK[row.status], row.due.timestamp() if row.due else 0, row.key))
    listed = ordered[:_MOST]
    overdue = [row for row in listed if row.status is Status.OVERDUE]
    return Flag(
        subject=subject,
        title=title.to(language),
        said="\n\n".join(_said(listed, overdue, len(ordered) - len(listed), places, language)),
        keys=tuple(row.key for row in listed),
        overdue=frozenset(row.key for row in overdue),
        departments=tuple(dict.fromkeys(row.owner for row in overdue if row.owner)),
    )


def _said(listed: Sequence[_Row], overdue: Sequence[_Row], more: int, places: str, language: str) -> Iterable[str]:
    first = (
        Text(N_("Deadlines overdue: {n}. The earliest was {due}."), n=len(overdue), due=_due(overdue[0]))
        if overdue
        else Text(N_("Nothing is overdue any more. What was broken stays broken and is counted."))
    )
    yield first.to(language)
    if listed:
        yield "\n".join(_table(listed, language))
    if more:
        yield Text(N_("… and {more} more."), more=more).to(language)
    yield places
    if overdue:
        message = N_(
            "caseledger keeps this part up to date: write below it. Closed, the issue comes back with a new finding."
        )
        yield translate(message, language)


def _table(rows: Iterable[_Row], language: str) -> Iterable[str]:
    headings = (N_("Status"), N_("Deadline"), N_("Responsible"), N_("Due"), N_("Clause"))
    yield f"| {' | '.join(translate(heading, language) for heading in headings)} |"
    yield f"|{'---|' * len(headings)}"
    for row in rows:
        status = labels.label("status", row.status).to(language)
        yield f"| {' | '.join(map(words, (status, row.title, row.role, _due(row), row.clause)))} |"


def _due(row: _Row) -> str:
    return instant.deadline(row.due) if row.due else "–"


def _places(name: str, path: str, address: Address, page: str | None, language: str) -> str:
    """Where to read on: the file on the forge, and the page of the site where its address is known."""
    said = [Text(N_("File: {link}"), link=f"[{words(name)}]({address(path)})").to(language)]
    if page:
        said.append(Text(N_("On the site: {link}"), link=f"<{page}>").to(language))
    return "\n\n".join(said)
