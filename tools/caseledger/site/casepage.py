"""One case as its page shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from markupsafe import Markup

from caseledger import explanation
from caseledger.advice import of_key
from caseledger.calendar import Calendar
from caseledger.clocks import OPEN, Status, Verdict
from caseledger.custody import Custody, custody
from caseledger.fieldlabels import PARTS
from caseledger.findings import Judged
from caseledger.forge import Forge
from caseledger.language import N_
from caseledger.lifecycle import corrected_event
from caseledger.model import Event, instant_of
from caseledger.problem import Problem
from caseledger.site import html
from caseledger.site.evidence import NOT, Shown
from caseledger.site.fields import Field, Speaker
from caseledger.site.rootcause import RootCause, root_cause
from caseledger.site.rows import Row, Step
from caseledger.site.runs import Run, runs, waited
from caseledger.site.surroundings import Group, Surroundings
from caseledger.site.tongues import Tongues
from caseledger.site.words import Words
from caseledger.upcoming import upcoming

FINDING = ("conclusion", "nature", "responsible", "basis")
DETAILS = {"order": N_("Order"), "product": N_("Product"), "carrier": N_("Carrier"), "source": N_("Source")}
STEPS = 3
"""Possible steps that a case without a running clock names."""
LATE_RECORD = timedelta(minutes=5)
"""From this long after it happened, how late an entry was written down is shown."""


class Entry(NamedTuple):
    """One entry of the timeline; `was_at` is a time that a correction has replaced, `cycle` one that begins here."""

    number: int
    type: str
    at: Markup
    was_at: Markup | None
    who: Markup
    lag: str
    fields: Sequence[Field]
    corrects: int | None
    cycle: int | None


class ClockLine(NamedTuple):
    """One clock with its verdict; `margin` is how far it is from due, in words."""

    verdict: Verdict
    owner: str
    margin: str
    waited: str
    run: Markup | None
    start: Markup | None
    due: Markup | None
    stop: Markup | None
    why: Markup | None


@dataclass(frozen=True)
class Matter:
    """What a case's page shows, whatever its language."""

    row: Row
    judged: Judged
    calendar: Calendar
    now: datetime
    around: Surroundings
    problems: Sequence[Problem]
    shown: Mapping[str, Shown]
    forge: Forge | None = None

    @property
    def data(self) -> Mapping[str, Any]:
        """The data of the case's file."""
        return self.judged.state.case.data

    def evidence(self) -> Iterator[tuple[Event, Mapping[str, Any], Shown]]:
        """Every file of evidence: its event, its data, and how it is shown."""
        for event in self.judged.state.events:
            if event.type == "evidence":
                for file in event.data.get("files", ()):
                    yield event, file, self.shown.get(file["uri"], NOT)

    def custody(self) -> Sequence[Custody]:
        """Who held the case for how long, where that may be seen."""
        handed = [event for event in self.judged.state.events if event.type == "assigned"]
        if any("to" not in event.data for event in handed) or not all(event.role for event in self.judged.state.events):
            return ()
        return custody(self.judged.state, self.calendar, self.now)

    def paid(self) -> dict[str, Decimal]:
        """What the consumer has received, added up by currency."""
        sums: dict[str, Decimal] = {}
        for event in self.judged.state.events:
            if event.type == "executed":
                for amount in (item["amount"] for item in event.data.get("dispositions", ()) if "amount" in item):
                    sums[amount["currency"]] = sums.get(amount["currency"], Decimal()) + Decimal(amount["value"])
        return sums


@dataclass(frozen=True)
class CasePage:
    """The page of a case, put into each language when it is done."""

    matter: Matter
    speaker: Speaker

    @property
    def words(self) -> Tongues:
        """The words of all languages."""
        return self.speaker.words

    @cached_property
    def clocks(self) -> Sequence[tuple[int, Sequence[ClockLine]]]:
        """The clocks of each cycle, the present cycle first."""
        found = []
        for cycle in range(self.matter.judged.state.cycle, 0, -1):
            if of_cycle := [verdict for verdict in self.matter.judged.verdicts if verdict.cycle == cycle]:
                drawn = runs(of_cycle, self.matter.now)
                found.append((cycle, [self._clock(one, run) for one, run in zip(of_cycle, drawn, strict=True)]))
        return found

    def next_due(self) -> ClockLine | None:
        """The open clock that is due first."""
        wanted = self.matter.judged.next_due()
        return next((line for _, lines in self.clocks for line in lines if line.verdict is wanted), None)

    def next_steps(self) -> Sequence[Step]:
        """The entries of which one is next: towards the clock that is due first; while none runs, what is possible."""
        matter = self.matter
        if matter.row.next:
            return matter.row.next.steps
        possible = [step for step in upcoming(matter.judged) if step.possible] if matter.row.open else []
        if matter.row.state == "waiting":
            possible.sort(key=lambda step: step.type != "information-received")
        return [Step(step.type, step.roles[0] if step.roles else "") for step in possible[:STEPS]]

    def _clock(self, verdict: Verdict, run: Run | None) -> ClockLine:
        words, matter = self.words, self.matter
        return ClockLine(
            verdict=verdict,
            owner=self.speaker.role(verdict.owner),
            margin=margin(words, verdict.status, verdict.due, verdict.stop or matter.now),
            waited=words.span(paused) if (paused := waited(verdict, matter.now)) else "",
            run=html.paths(zip(run._fields, run, strict=True)) if run else None,
            start=html.time(verdict.start) if verdict.start else None,
            due=html.due(verdict.due) if verdict.due else None,
            stop=html.time(verdict.stop) if verdict.stop else None,
            why=self._why(verdict) if verdict.start and verdict.steps else None,
        )

    def _why(self, verdict: Verdict) -> Markup:
        """The explanation of a clock that has started."""
        matter, speaker = self.matter, self.speaker
        final = explanation.in_force(verdict)
        return html.joined(
            speaker.lines(explanation.story(verdict, matter.calendar)),
            speaker.counted(final, verdict.pauses) if final else Markup(),
            speaker.lines(explanation.outcome(verdict, matter.calendar, matter.now)),
        )

    def waits_for(self, verdict: Verdict) -> str:
        """The events of which one starts the clock."""
        return self.words.listing(self.words.label("event", name) for name in verdict.clock.starts)

    def timeline(self) -> Iterator[Entry]:
        """The entries known by now, oldest first."""
        speaker, state = self.speaker, self.matter.judged.state
        begins = {cycle.begin: cycle.number for cycle in state.cycles[1:]}
        for place, event in enumerate(state.events):
            original = state.case.events[event.index]
            target = corrected_event(state.case, event) if event.type == "corrected" else None
            yield Entry(
                number=event.index,
                type=event.type,
                at=speaker.time(event.at),
                was_at=speaker.time(original.at) if original.at != event.at else None,
                who=speaker.who(event.by, event.role),
                lag=self._lag(event),
                fields=list(speaker.fields(event.data, original.data)),
                corrects=target.index if target else None,
                cycle=begins.get(place),
            )

    def _lag(self, event: Event) -> str:
        lag = (instant_of(event.data.get("recorded")) or event.at) - event.at
        return self.words.span(lag) if lag >= LATE_RECORD else ""

    def finding(self) -> Sequence[Field]:
        """What the last investigation found, in short."""
        last = self.matter.judged.state.last("investigated")
        found = {name: last.data[name] for name in FINDING if name in last.data} if last else {}
        return list(self.speaker.fields(found, found))

    def root_cause(self) -> RootCause | None:
        """The root cause that the last investigation found."""
        last = self.matter.judged.state.last("investigated")
        found = last.data.get("root_cause") if last else None
        return root_cause(found, self.words) if found else None

    def details(self) -> Iterator[tuple[str, list[tuple[str, object]]]]:
        """The facts that a case need not have: their name, and each part's name and value."""
        for name, heading in DETAILS.items():
            values = self.matter.data.get(name, {})
            parts = [(self.words.t(PARTS[key]), value) for key, value in values.items() if key in PARTS]
            if parts:
                yield self.words.t(heading), parts

    def shared(self, group: Group) -> str:
        """The problem and the goods that the cases of a group share."""
        words, (kind, name) = self.words, group.problem
        if kind == "nature":
            problem = words.label("nature", name)
        else:
            category = words.title(self.matter.judged.policy.categories, name)
            problem = words.t(N_("{category}, not investigated"), category=category)
        return words.listing([problem, *(words.say(of_key(key)) for key in group.keys)])

    def money(self) -> list[tuple[str, str]]:
        """The order's amount, and what the consumer has received."""
        words, amount = self.words, self.matter.data.get("order", {}).get("amount")
        found = [(words.t(N_("Order")), words.money(amount))] if amount else []
        paid = words.t(N_("Paid to the consumer"))
        return found + [(paid, f"{value} {currency}") for currency, value in self.matter.paid().items()]


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
