"""One case as its page shows it, in one language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from caseledger import explanation
from caseledger.calendar import Calendar
from caseledger.clocks import OPEN, Status, Verdict
from caseledger.findings import Judged
from caseledger.language import N_
from caseledger.lifecycle import corrected_event
from caseledger.model import Event, instant_of
from caseledger.problem import Problem
from caseledger.site.fields import Field, Speaker
from caseledger.site.rows import Row
from caseledger.site.words import Words

FINDING = ("conclusion", "nature", "responsible", "root_cause")

DETAILS = {"order": N_("Order"), "product": N_("Product"), "carrier": N_("Carrier"), "source": N_("Source")}

PARTS = {
    "platform": N_("Platform"),
    "number": N_("Number"),
    "placed": N_("Placed"),
    "quantity": N_("Quantity"),
    "sku": N_("SKU"),
    "model": N_("Model"),
    "specification": N_("Specification"),
    "name": N_("Name"),
    "batch": N_("Batch"),
    "supplier": N_("Supplier"),
    "tracking": N_("Tracking number"),
    "system": N_("System"),
    "id": N_("Number"),
}

LATE_RECORD = timedelta(minutes=5)
"""From this long after it happened, how late an entry was written down is shown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the timeline; `was_at` is a time that a correction has replaced."""

    anchor: str
    type: str
    label: str
    at: datetime
    was_at: datetime | None
    who: str
    role: str
    lag: timedelta | None
    fields: Sequence[Field]
    corrects: str
    cycle: int | None


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock with its verdict; `margin` is how far it is from due, in words."""

    verdict: Verdict
    title: str
    owner: str
    start: datetime | None
    due: datetime | None
    stop: datetime | None
    margin: str
    waits_for: str
    why: Sequence[str]


@dataclass(frozen=True)
class CasePage:
    """The parts of one case's page."""

    row: Row
    judged: Judged
    calendar: Calendar
    speaker: Speaker
    now: datetime
    neighbours: Sequence[Row]
    problems: Sequence[Problem]

    @property
    def data(self) -> Mapping[str, Any]:
        """The data of the case's file."""
        return self.judged.state.case.data

    @property
    def words(self) -> Words:
        """The words of its language."""
        return self.speaker.words

    def clocks(self) -> Iterator[tuple[int, list[ClockLine]]]:
        """The clocks of each cycle, the present cycle first."""
        for cycle in range(self.judged.state.cycle, 0, -1):
            lines = [self._clock(v) for v in self.judged.verdicts if v.cycle == cycle]
            if lines:
                yield cycle, lines

    def _clock(self, verdict: Verdict) -> ClockLine:
        words, policy = self.words, self.judged.policy
        waits = [] if verdict.start else [words.label("event", name) for name in verdict.clock.starts]
        return ClockLine(
            verdict=verdict,
            title=verdict.clock.title[words.language],
            owner=words.role(policy, verdict.owner),
            start=self._here(verdict.start),
            due=self._here(verdict.due),
            stop=self._here(verdict.stop),
            margin=margin(words, verdict.status, verdict.due, verdict.stop or self.now),
            waits_for=words.t(N_(", ")).join(waits),
            why=[words.say(text) for text in explanation.explain(verdict, self.calendar, self.now)]
            if verdict.start
            else (),
        )

    def timeline(self) -> Iterator[Entry]:
        """The entries known by now, oldest first; `cycle` is set on the entry that opens a later one."""
        state, speaker = self.judged.state, self.speaker
        opens = {cycle.begin: cycle.number for cycle in state.cycles[1:]}
        for place, event in enumerate(state.events):
            original = state.case.events[event.index]
            recorded = instant_of(event.data.get("recorded"))
            lag = recorded - event.at if recorded else timedelta()
            corrected = corrected_event(state.case, event) if event.type == "corrected" else None
            yield Entry(
                anchor=f"e{event.index}",
                type=event.type,
                label=self.words.label("event", event.type),
                at=event.at.astimezone(self.calendar.zone),
                was_at=self._here(original.at) if original.at != event.at else None,
                who=speaker.person(event.by),
                role=self.words.role(self.judged.policy, event.role),
                lag=lag if lag >= LATE_RECORD else None,
                fields=list(speaker.fields(event.data, original.data)),
                corrects=f"e{corrected.index}" if corrected else "",
                cycle=opens.get(place),
            )

    def evidence(self) -> Iterator[tuple[Event, Mapping[str, Any], str]]:
        """Every file of evidence: its event, its data, and where a click on it leads ("" for nowhere)."""
        for event in self.judged.state.events:
            if event.type == "evidence":
                for file in event.data["files"]:
                    yield event, file, link(file["uri"])

    def finding(self) -> Sequence[Field]:
        """What the last investigation found, in short."""
        last = self.judged.state.last("investigated")
        found = {name: last.data[name] for name in FINDING if name in last.data} if last else {}
        return list(self.speaker.fields(found, found))

    def details(self) -> Iterator[tuple[str, list[tuple[str, object]]]]:
        """The facts that a case need not have: their name, and each part's name and value."""
        for name, heading in DETAILS.items():
            parts = [
                (self.words.t(PARTS[key]), value) for key, value in self.data.get(name, {}).items() if key in PARTS
            ]
            if parts:
                yield self.words.t(heading), parts

    def money(self) -> list[tuple[str, str]]:
        """The order's amount, and what the consumer has received, added up by currency."""
        words, amount = self.words, self.data.get("order", {}).get("amount")
        found = [(words.t(N_("Order")), words.money(amount))] if amount else []
        return found + [(words.t(N_("Paid to the consumer")), paid) for paid in self._paid()]

    def _paid(self) -> list[str]:
        sums: dict[str, Decimal] = {}
        for event in self.judged.state.events:
            if event.type == "executed":
                for item in event.data["dispositions"]:
                    if amount := item.get("amount"):
                        sums[amount["currency"]] = sums.get(amount["currency"], Decimal()) + Decimal(amount["value"])
        return [self.words.money({"value": str(value), "currency": currency}) for currency, value in sums.items()]

    def next_step(self) -> ClockLine | None:
        """The open clock that is due first."""
        verdict = self.judged.next_due()
        return self._clock(verdict) if verdict else None

    def _here(self, at: datetime | None) -> datetime | None:
        return at.astimezone(self.calendar.zone) if at else None


def margin(words: Words, status: Status, due: datetime | None, at: datetime) -> str:
    """How far from due a clock is at `at`, "" where that says nothing."""
    if due is None or status in (Status.CANCELLED, Status.EARLY):
        return ""
    span = words.span(due - at)
    if status is Status.OVERDUE:
        return words.t(N_("{span} overdue"), span=span)
    if status is Status.LATE:
        return words.t(N_("{span} late"), span=span)
    if status in OPEN:
        return words.t(N_("{span} left"), span=span)
    return words.t(N_("{span} to spare"), span=span)


def link(uri: str) -> str:
    """Where evidence may be opened: an https address as it is; anything else is no link."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return ""
    return uri if parts.scheme == "https" and parts.netloc else ""
