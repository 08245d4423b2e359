"""An event's own fields in words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from caseledger import duration
from caseledger.language import N_
from caseledger.model import instant_of
from caseledger.people import People
from caseledger.policy import Policy
from caseledger.site.words import Words

COMMON = frozenset({"at", "recorded", "type", "by", "as"})
SCORES = frozenset({"satisfaction", "goods", "service", "price", "environment", "rights"})


@dataclass(frozen=True, slots=True)
class Value:
    """A value to show: one of a text, a moment, or a list; in a list, each item may have a heading."""

    text: str = ""
    time: datetime | None = None
    items: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field and its value; `was` is what a correction has replaced, `corrected` that one has."""

    label: str
    value: Value | None
    was: Value | None = None
    corrected: bool = False


@dataclass(frozen=True)
class Speaker:
    """Puts the values of one case into the words of one language."""

    words: Words
    policy: Policy
    people: People
    zone: ZoneInfo
    _readers: dict[str, Callable[[Any], Value]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        label, policy = self.words.label, self.policy
        titled = {name: clock.title for name in (c.id for c in policy.clocks) if (clock := policy.clock(name))}
        readers: dict[str, Callable[[Any], Value]] = {
            "via": lambda value: Value(label("channel", value)),
            "in_scope": self.yes_or_no,
            "complete": self.yes_or_no,
            "grade": lambda value: Value(self.words.title(policy.grades, value)),
            "to": self.destination,
            "lead": lambda value: Value(self.person(value)),
            "team": lambda value: Value(self.words.t(N_(", ")).join(map(self.person, value))),
            "expected": self.moment,
            "consumer_told": self.moment,
            "standards": lambda value: Value(items=[("", item) for item in value]),
            "result": lambda value: Value(label("result", value)),
            "nature": lambda value: Value(label("nature", value)),
            "responsible": lambda value: Value(items=[("", self.party(item)) for item in value]),
            "root_cause": self.root_cause,
            "dispositions": lambda value: Value(items=[("", self.disposition(item)) for item in value]),
            "clock": lambda value: Value(self.words.title(titled, value)),
            "approved_by": lambda value: Value(self.actor(value["by"], value["as"])),
            "outcome": lambda value: Value(label("outcome", value)),
            "event": self.reference,
            "set": self.new_values,
            "files": lambda value: Value(items=[("", item["name"]) for item in value]),
        }
        readers |= dict.fromkeys(SCORES, self.score)
        object.__setattr__(self, "_readers", readers)

    def fields(self, data: Mapping[str, Any], original: Mapping[str, Any]) -> Iterator[Field]:
        """The own fields of an event as they stand, with what corrections have replaced."""
        for name in {**original, **data}:
            if name in COMMON or (data.get(name) is None and original.get(name) is None and name != "satisfaction"):
                continue
            corrected = data.get(name) != original.get(name)
            value = self.value(name, data[name]) if name in data else None
            was = self.value(name, original[name]) if corrected and original.get(name) is not None else None
            yield Field(self.words.label("field", name), value, was, corrected)

    def value(self, name: str, value: Any) -> Value:
        """A value in words."""
        return self._readers.get(name, lambda text: Value(str(text)))(value)

    def person(self, name: object) -> str:
        """A person's name."""
        person = self.people.get(str(name))
        return person.name if person else str(name)

    def actor(self, by: object, role: object) -> str:
        """A person's name and the role in which they acted."""
        return self.words.t(N_("{name} ({role})"), name=self.person(by), role=self.words.role(self.policy, str(role)))

    def moment(self, value: object) -> Value:
        """A moment in the zone of the case."""
        at = instant_of(value)
        return Value(time=at.astimezone(self.zone)) if at else Value(str(value))

    def yes_or_no(self, value: object) -> Value:
        """A truth value."""
        return Value(self.words.t(N_("yes")) if value else self.words.t(N_("no")))

    def score(self, value: object) -> Value:
        """A mark from 1 to 5."""
        if value is None:
            return Value(self.words.t(N_("not reached")))
        return Value(self.words.t(N_("{score} of 5"), score=value))

    def destination(self, value: str) -> Value:
        """A role, or the new limit of an extension."""
        if value in self.policy.roles:
            return Value(self.words.role(self.policy, value))
        return Value(self.words.length(duration.parse(value)))

    def party(self, item: Mapping[str, Any]) -> str:
        """A responsible party, its name and its share."""
        text = " ".join(filter(None, (self.words.label("party", item["party"]), item.get("name"))))
        return f"{text} · {item['share']:g}%" if "share" in item else text

    def disposition(self, item: Mapping[str, Any]) -> str:
        """What is done for the consumer, with its amount and a note."""
        text = self.words.label("disposition", item["kind"])
        if "amount" in item:
            text = f"{text} {self.words.money(item['amount'])}"
        return f"{text} · {item['note']}" if "note" in item else text

    def root_cause(self, value: Mapping[str, Any]) -> Value:
        """The method of an analysis and what it found."""
        method = self.words.label("method", value["method"])
        findings = value["findings"]
        if isinstance(findings, Mapping):
            found = [(name, _joined(inner)) for name, inner in findings.items()]
        else:
            found = [("", item) for item in ([findings] if isinstance(findings, str) else findings)]
        return Value(text=method, items=found)

    def reference(self, value: Mapping[str, Any]) -> Value:
        """The event that a correction names."""
        at = instant_of(value["at"])
        return Value(self.words.label("event", value["type"]), time=at.astimezone(self.zone) if at else None)

    def new_values(self, value: Mapping[str, Any]) -> Value:
        """What a correction sets."""
        return Value(items=[(self.words.label("field", name), self.plain(name, new)) for name, new in value.items()])

    def plain(self, name: str, value: Any) -> str:
        """A value on one line."""
        if value is None and name != "satisfaction":
            return self.words.t(N_("(removed)"))
        shown = self.moment(value) if name == "at" else self.value(name, value)
        parts = [shown.text, f"{shown.time:%Y-%m-%d %H:%M:%S}" if shown.time else ""]
        parts += [" ".join(filter(None, item)) for item in shown.items]
        return "; ".join(filter(None, parts))


def _joined(findings: str | Sequence[str]) -> str:
    return findings if isinstance(findings, str) else "\n".join(findings)
