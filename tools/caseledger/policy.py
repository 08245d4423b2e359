"""A policy version in memory: roles, grades, what each event asks for, clocks, obligations, retention."""

from collections.abc import Callable, Mapping, Set
from datetime import timedelta
from typing import Any, NamedTuple

from caseledger import clock, condition, duration
from caseledger.clock import Clock, matches
from caseledger.condition import Condition
from caseledger.duration import Duration
from caseledger.language import N_, translate

RESPONSIBLE = "responsible-department"
"""Stands for the role that the last `assigned` names."""


class Step(NamedTuple):
    """Who may record an event type (None: anyone), and which types must come before it, each a choice of types.

    `voids` are types that, once it comes, no longer count as having come.
    """

    by: tuple[str, ...] | None
    after: tuple[tuple[str, ...], ...]
    voids: tuple[str, ...]
    clause: str | None

    def missing(self, seen: Set[str]) -> list[tuple[str, ...]]:
        """The choices of which none has come, where `seen` are the types that stand in the cycle, and "opened"."""
        return [choice for choice in self.after if seen.isdisjoint(choice)]


class Obligation(NamedTuple):
    """A periodic duty: due `within` after the end of each period ("month", "quarter", "half-year", "year").

    Where `published`, its result is made public.
    """

    id: str
    title: Mapping[str, str]
    clause: str
    owner: str
    every: str
    within: Duration
    company_set: bool
    published: bool


class Criteria(NamedTuple):
    """What speaks for a grade, any one of it: an order's amount (value and currency), similar cases within a window,
    public attention, product safety.
    """

    grade: str
    clause: str
    amount_from: tuple[str, str] | None
    similar_from: int | None
    window: timedelta
    public_opinion: bool
    safety: bool
    company_set: bool


class Recording(NamedTuple):
    """How long after it happened a step may be entered at the latest."""

    within: Duration
    clause: str
    company_set: bool


class RecordClass(NamedTuple):
    """A class of record: the cases whose facts match are kept for `keep`, if that is longer."""

    id: str
    title: Mapping[str, str]
    when: Mapping[str, Any]
    keep: Duration

    def applies(self, fact: Callable[[str], Any]) -> bool:
        """Whether a case is of this class."""
        return matches(self.when, fact)


class Retention(NamedTuple):
    """How long a case is kept after its end; the first class whose facts match counts."""

    keep: Duration
    clause: str
    company_set: bool
    classes: tuple[RecordClass, ...]


class Policy(NamedTuple):
    """One version of one profile; it judges the cases that name it, for ever.

    `conditions_on` are the same conditions by the event types that they are about.
    """

    profile: str
    version: str
    title: Mapping[str, str]
    calendar: str
    roles: Mapping[str, Mapping[str, str]]
    grades: Mapping[str, Mapping[str, str]]
    default_grade: str
    categories: Mapping[str, Mapping[str, str]]
    steps: Mapping[str, Step]
    conditions: tuple[Condition, ...]
    conditions_on: Mapping[str, tuple[Condition, ...]]
    clocks: tuple[Clock, ...]
    advice: tuple[Criteria, ...]
    obligations: tuple[Obligation, ...]
    retention: Retention
    recording: Recording | None

    @property
    def name(self) -> str:
        """profile@version."""
        return f"{self.profile}@{self.version}"

    def role(self, name: str, language: str) -> str:
        """What a role is called; one that the policy does not title stands for itself."""
        if name == RESPONSIBLE:
            return translate(N_("Responsible department"), language)
        return self.roles.get(name, {}).get(language, name)

    def clock(self, name: str) -> Clock | None:
        """The clock of that id."""
        return next((one for one in self.clocks if one.id == name), None)

    def obligation(self, name: str) -> Obligation | None:
        """The obligation of that id."""
        return next((obligation for obligation in self.obligations if obligation.id == name), None)


def load(data: Mapping[str, Any]) -> Policy:
    """The policy that a file of the policy schema describes."""
    conditions = tuple(condition.load(entry, data["events"]) for entry in data.get("conditions", ()))
    return Policy(
        profile=data["profile"],
        version=data["version"],
        title=data["title"],
        calendar=data["calendar"],
        roles=data["roles"],
        grades=data["grades"],
        default_grade=data["default_grade"],
        categories=data["categories"],
        steps={name: _step(step) for name, step in data["events"].items()},
        conditions=conditions,
        conditions_on={
            event: tuple(c for c in conditions if event in c.events) for c in conditions for event in c.events
        },
        clocks=tuple(map(clock.load, data["clocks"])),
        advice=tuple(map(_criteria, data.get("advice", ()))),
        obligations=tuple(map(_obligation, data["obligations"])),
        retention=_retention(data["retention"]),
        recording=_recording(data["recording"]) if "recording" in data else None,
    )


def _step(data: Mapping[str, Any]) -> Step:
    return Step(
        by=None if data["by"] == "any" else tuple(data["by"]),
        after=tuple((choice,) if isinstance(choice, str) else tuple(choice) for choice in data["after"]),
        voids=tuple(data.get("voids", ())),
        clause=data.get("clause"),
    )


def _criteria(data: Mapping[str, Any]) -> Criteria:
    amount = data.get("amount_from")
    window = duration.parse(data["window"]).number if "window" in data else 0
    return Criteria(
        grade=data["grade"],
        clause=data["clause"],
        amount_from=(amount["value"], amount["currency"]) if amount else None,
        similar_from=data.get("similar_from"),
        window=timedelta(days=window),
        public_opinion=data.get("public_opinion", False),
        safety=data.get("safety", False),
        company_set=data.get("company_set", False),
    )


def _obligation(data: Mapping[str, Any]) -> Obligation:
    return Obligation(
        id=data["id"],
        title=data["title"],
        clause=data["clause"],
        owner=data["owner"],
        every=data["every"],
        within=duration.parse(data["within"]),
        company_set=data.get("company_set", False),
        published=data.get("published", False),
    )


def _recording(data: Mapping[str, Any]) -> Recording:
    return Recording(duration.parse(data["within"]), data["clause"], data.get("company_set", False))


def _retention(data: Mapping[str, Any]) -> Retention:
    classes = (
        RecordClass(name, found["title"], found["when"], duration.parse(found["keep"]))
        for name, found in data.get("classes", {}).items()
    )
    return Retention(duration.parse(data["keep"]), data["clause"], data.get("company_set", False), tuple(classes))
