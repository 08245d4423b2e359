"""An event's own fields in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from caseledger import duration, explanation
from caseledger.calendar import Calendar
from caseledger.clocks.verdict import Reckoning
from caseledger.language import N_, Text
from caseledger.model import instant_of
from caseledger.pauses import Pause
from caseledger.people import People
from caseledger.policy import Policy
from caseledger.site import frames, html
from caseledger.site.tongues import Tongues

COMMON = frozenset({"at", "recorded", "type", "by", "as"})
VERIFIED = ("in_scope", "complete", "clear", "sufficient", "authority", "standing")
SCORES = ("satisfaction", "goods", "service", "price", "environment", "rights")
MEANINGFUL_NULLS = frozenset({"satisfaction"})
"""Fields whose null says something; any other says that there is nothing to say."""


class Field(NamedTuple):
    """A field and its value, None where a correction has removed it; `was` is what a correction has replaced."""

    label: Markup
    value: Markup | None
    was: Markup | None
    corrected: bool


class Speaker:
    """Puts the values of cases under one policy into words."""

    def __init__(self, words: Tongues, policy: Policy, people: People, calendar: Calendar) -> None:
        self.words, self.policy, self.people, self.calendar = words, policy, people, calendar
        self.role = cache(partial(words.role, policy))
        self.who = cache(self._who)
        self.heading = cache(self._heading)
        self._entries: dict[tuple[str, str], str] = {}
        self._counts: dict[tuple[date, int], Markup] = {}
        self._readers: dict[str, Callable[[Any], Markup]] = {
            "via": self.labelled("channel"),
            **dict.fromkeys(VERIFIED, cache(self.yes_or_no)),
            "grade": lambda value: html.text(words.title(policy.grades, value)),
            "despite": lambda value: html.text(words.listing(words.label("criterion", name) for name in value)),
            "to": self.destination,
            "with": lambda value: html.text(words.listing(self.role(str(role)) for role in value)),
            "lead": lambda value: html.text(self.person(value)),
            "team": lambda value: html.text(words.listing(map(self.person, value))),
            "expected": self.moment,
            "consumer_told": self.moment,
            "at": self.moment,
            "standards": lambda value: html.items(map(html.text, value)),
            "result": self.labelled("result"),
            "published": lambda value: html.text(f"{value['on']} {value['where']}"),
            "nature": self.labelled("nature"),
            "responsible": lambda value: html.items(map(self.party, value)),
            "root_cause": self.root_cause,
            "dispositions": lambda value: html.items(map(self.disposition, value)),
            "clock": lambda value: html.text(words.title({c.id: c.title for c in policy.clocks}, value)),
            "approved_by": lambda value: html.text(self.actor(value["by"], value["as"])),
            "outcome": self.labelled("outcome"),
            "event": self.reference,
            "set": self.new_values,
            "files": lambda value: html.items(html.text(item["name"]) for item in value),
            **dict.fromkeys(SCORES, self.score),
        }

    def fields(self, data: Mapping[str, Any], original: Mapping[str, Any]) -> Iterator[Field]:
        """The own fields of an event as they stand, with what corrections have replaced."""
        if data is original:
            for name, value in data.items():
                if name not in COMMON and (value is not None or name in MEANINGFUL_NULLS):
                    yield Field(self.heading(name), self.value(name, value), None, False)
            return
        for name in {**original, **data}:
            if name not in COMMON:
                was, now = original.get(name), data.get(name)
                corrected = was != now
                yield Field(
                    self.heading(name),
                    self.value(name, now) if name in data else None,
                    self.value(name, was) if corrected and name in original else None,
                    corrected,
                )

    def value(self, name: str, value: Any) -> Markup:
        """A value in words."""
        if value is None and name not in MEANINGFUL_NULLS:
            return html.text("–")
        return self._readers.get(name, html.text)(value)

    def entry(self, event_type: str, role: str) -> str:
        """An entry prepared for the web editor."""
        key = event_type, role
        if key not in self._entries:
            self._entries[key] = self.words.lasting(lambda words: frames.entry(self.policy, event_type, role, words))
        return self._entries[key]

    def lines(self, said: Iterable[Text]) -> Markup:
        """Lines of an explanation as entries of a list."""
        return html.steps(map(self.words.say, said))

    def counted(self, reckoning: Reckoning, pauses: Sequence[Pause]) -> Markup:
        """How a limit was counted: many cases have the same days, as long as nothing pauses the clock."""
        said = partial(explanation.counted, reckoning, self.calendar, pauses)
        if pauses or reckoning.limit.unit != "wd":
            return self.lines(said())
        key = self.calendar.day_of(reckoning.since), reckoning.limit.number
        if key not in self._counts:
            texts = list(said())
            self._counts[key] = Markup(self.words.lasting(lambda words: html.steps(map(words.say, texts))))  # noqa: S704 - escaped
        return self._counts[key]

    def person(self, name: object) -> str:
        """A person's name."""
        person = self.people.get(str(name))
        return person.name if person else str(name)

    def actor(self, by: object, role: object) -> str:
        """A person's name and the role in which they acted."""
        return self.words.t(N_("{name} ({role})"), name=self.person(by), role=self.role(str(role)))

    def _who(self, by: str, role: str) -> Markup:
        """Whoever is known of a person and their role."""
        return escape(" · ".join(filter(None, (self.person(by), self.role(role)))))

    def _heading(self, name: str) -> Markup:
        """What a field is called."""
        return escape(self.words.label("field", name))

    def labelled(self, kind: str) -> Callable[[Any], Markup]:
        """What reads a value of that kind of label."""
        return cache(lambda value: html.text(self.words.label(kind, value)))

    def time(self, at: datetime) -> Markup:
        """A moment in the zone of the case."""
        return html.time(self.calendar.local(at))

    def moment(self, value: object) -> Markup:
        """What a file gives as a moment."""
        at = instant_of(value)
        return self.time(at) if at else html.text(value)

    def yes_or_no(self, value: object) -> Markup:
        """A truth value."""
        return html.text(self.words.t(N_("yes")) if value else self.words.t(N_("no")))

    def score(self, value: object) -> Markup:
        """A mark from 1 to 5."""
        said = self.words.t(N_("not reached")) if value is None else self.words.t(N_("{score} of 5"), score=value)
        return html.text(said)

    def destination(self, value: str) -> Markup:
        """A role, or the new limit of an extension."""
        if value in self.policy.roles:
            return html.text(self.role(value))
        return html.text(self.words.length(duration.parse(value)) if " " in value else value)

    def party(self, item: Mapping[str, Any]) -> Markup:
        """A responsible party, its name and its share."""
        said = " ".join(filter(None, (self.words.label("party", item["party"]), item.get("name"))))
        return html.text(f"{said} · {item['share']:g}%" if "share" in item else said)

    def disposition(self, item: Mapping[str, Any]) -> Markup:
        """What is done for the consumer, with its amount and a note."""
        said = self.words.label("disposition", item["kind"])
        if "amount" in item:
            said = f"{said} {self.words.money(item['amount'])}"
        return html.text(f"{said} · {item['note']}" if "note" in item else said)

    def root_cause(self, value: Mapping[str, Any]) -> Markup:
        """The method of an analysis and what it found."""
        findings = value["findings"]
        if isinstance(findings, Mapping):
            found = [
                html.headed(self.words.label("heading", name), html.text(_joined(inner)))
                for name, inner in findings.items()
            ]
        else:
            found = [html.text(item) for item in ([findings] if isinstance(findings, str) else findings)]
        return html.text(self.words.label("method", value["method"])) + html.items(found)

    def reference(self, value: Mapping[str, Any]) -> Markup:
        """The event that a correction names."""
        return html.headed(self.words.label("event", value["type"]), self.moment(value["at"]))

    def new_values(self, value: Mapping[str, Any]) -> Markup:
        """What a correction sets; null takes a value away."""
        return html.items(html.headed(self.heading(name), self.value(name, new)) for name, new in value.items())


def _joined(findings: str | Sequence[str]) -> str:
    return findings if isinstance(findings, str) else "\n".join(findings)
