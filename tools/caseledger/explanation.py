"""Why a clock says what it says, in words: start, limit, every day counted or skipped, regrades, extensions."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from caseledger import instant, labels, lengths
from caseledger.calendar import WEEKDAYS, Calendar
from caseledger.clocks import Step, Verdict
from caseledger.clocks.verdict import Reckoning
from caseledger.language import N_, Text
from caseledger.model import instant_of
from caseledger.pauses import Pause

REFUSALS = {
    "not-extendable": N_("the policy does not let this clock be extended"),
    "stopped": N_("the clock had stopped already"),
    "not-started": N_("the clock was not running"),
    "past-due": N_("the deadline had passed already"),
    "paused": N_("the case was waiting for the complainant"),
    "not-approved": N_("it was not approved by the role that the policy names"),
    "self-approved": N_("whoever asked for it approved it"),
    "consumer-not-told": N_("the consumer had not been told by then"),
    "no-limit": N_("the new limit is not a duration"),
    "beyond-max": N_("the new limit is longer than the policy allows"),
    "not-later": N_("the new limit is not later than the deadline in force"),
}
_WORDS = {
    "started": N_("{at}: “{event}” starts the clock; the limit is {limit}, due {due}."),
    "regraded": N_("{at}: the grade changes; counted from the start, the limit {limit} gives {due}."),
    "tightened": N_("{at}: the grade changes, and {limit} from the start has passed; due {due}."),
    "kept": N_("{at}: the grade changes, and {limit} from the start has passed; the deadline stays {due}."),
    "kept-extended": N_(
        "{at}: the grade changes to a limit of {limit}; the extended deadline {due} is later and stays."
    ),
    "breached": N_("{at}: the grade changes, but the deadline {due} was broken before; that stands."),
    "extended": N_("{at}: extended to {limit} from the start, due {due}."),
    "refused": N_("{at}: an extension has no effect: {reason}."),
    "cancelled": N_("{at}: no limit applies to the new grade; the clock is cancelled."),
    "stopped": N_("{at}: “{event}” stops the clock."),
    "ended": N_("{at}: “{event}” ends what was open."),
}
_DAYS = {
    "counted": N_("{day}: working day {number}"),
    "closed": N_("{day}: not a working day"),
    "paused": N_("{day}: not counted, waiting for the complainant at the end of the day"),
}


def explain(verdict: Verdict, calendar: Calendar, now: datetime, *, days: bool = True) -> Iterator[Text]:
    """The story of one clock, line by line; without the `days`, what was counted is left to the reader."""
    if verdict.start is None:
        yield Text(N_("Not started: it waits for {events}."), events=labels.listing("event", verdict.clock.starts))
        return
    yield from story(verdict, calendar)
    if days and (final := in_force(verdict)):
        yield from counted(final, calendar, verdict.pauses)
    yield from outcome(verdict, calendar, now)


def story(verdict: Verdict, calendar: Calendar) -> Iterator[Text]:
    """What made, moved and ended the due time of a clock that has started, and the waits."""
    for step in verdict.steps:
        yield _step(step, calendar)
        if step.kind == "extended":
            yield from _approval(step, calendar)
    yield from _pauses(verdict, calendar)


def in_force(verdict: Verdict) -> Reckoning | None:
    """The due time that a clock had last, and what it was counted from."""
    return next((step.reckoning for step in reversed(verdict.steps) if step.reckoning), None)


def counted(reckoning: Reckoning, calendar: Calendar, pauses: Sequence[Pause]) -> Iterator[Text]:
    """How a limit was counted, day by day where it is one of working days."""
    since, limit = reckoning.since, reckoning.limit
    day = calendar.day_of(since)
    if limit.unit != "wd":
        yield _length(reckoning, calendar, day)
        return
    yield Text(N_("{day}: the day of the start is not counted"), day=_named(calendar, day))
    number = 0
    for one in calendar.count(since, limit.number, pauses):
        number += one.verdict == "counted"
        yield Text(_DAYS[one.verdict], day=_named(calendar, one.day), number=number)


def outcome(verdict: Verdict, calendar: Calendar, now: datetime) -> Iterator[Text]:
    """Where a clock that has started stands."""
    if verdict.opens:
        yield Text(N_("It may not stop before {opens}."), opens=instant.read(verdict.opens))
    yield _conclusion(verdict, calendar, now)


def refusal(step: Step) -> Text:
    """Why an extension has no effect."""
    return Text(REFUSALS[step.reason])


def _step(step: Step, calendar: Calendar) -> Text:
    at, event = instant.read(calendar.local(step.event.at)), labels.label("event", step.event.type)
    if step.kind in ("stopped", "ended"):
        return Text(_WORDS[step.kind], at=at, event=event)
    reckoning = step.reckoning
    due = reckoning.due.at if reckoning else None
    limit = step.limit or (reckoning.limit if reckoning else None)
    return Text(
        _WORDS[step.kind],
        at=at,
        event=event,
        limit=lengths.label(limit) if limit else "",
        due=instant.deadline(calendar.local(due)) if due else Text(N_("open while the case waits")),
        reason=refusal(step) if step.reason else "",
    )


def _approval(step: Step, calendar: Calendar) -> Iterator[Text]:
    approval, told = step.event.data.get("approved_by"), instant_of(step.event.data.get("consumer_told"))
    if isinstance(approval, dict):
        yield Text(N_("Approved by {by} as {role}."), by=approval.get("by"), role=approval.get("as"))
    if told:
        yield Text(N_("The consumer was told at {told}."), told=instant.read(calendar.local(told)))


def _pauses(verdict: Verdict, calendar: Calendar) -> Iterator[Text]:
    for pause in verdict.pauses:
        if verdict.start and (pause.end is None or pause.end > verdict.start):
            begin = instant.read(calendar.local(pause.begin))
            if pause.end is None:
                yield Text(N_("Waiting for the complainant since {begin}."), begin=begin)
            else:
                end = instant.read(calendar.local(pause.end))
                yield Text(N_("Waited for the complainant from {begin} to {end}."), begin=begin, end=end)


def _length(reckoning: Reckoning, calendar: Calendar, day: date) -> Text:
    limit = lengths.label(reckoning.limit)
    if reckoning.limit.unit in ("s", "min", "h"):
        since = instant.read(calendar.local(reckoning.since))
        return Text(N_("{limit} run from {since}, through nights and holidays."), limit=limit, since=since)
    if reckoning.limit.unit == "wh":
        text = N_("{limit} are counted within the working hours of {calendar}.")
        return Text(text, limit=limit, calendar=calendar.name)
    text = N_("{limit} after {day}; a last day that is no working day moves to the next one.")
    return Text(text, limit=limit, day=str(day))


def _named(calendar: Calendar, day: date) -> Text:
    weekday = labels.label("weekday", WEEKDAYS[day.weekday()])
    if day in calendar.names:
        return Text(N_("{day} {weekday} {name}"), day=day, weekday=weekday, name=calendar.names[day])
    return Text(N_("{day} {weekday}"), day=day, weekday=weekday)


def _conclusion(verdict: Verdict, calendar: Calendar, now: datetime) -> Text:
    status = labels.label("status", verdict.status)
    if verdict.provisional:
        return Text(
            N_("Result: {status}, provisional: the calendar {calendar} is reviewed only through {day}."),
            status=status, calendar=calendar.name, day=str(calendar.valid_through),
        )  # fmt: skip
    return Text(N_("Result as of {now}: {status}."), status=status, now=instant.read(calendar.local(now)))
