"""A policy uses only the roles, grades, categories and event types that it has."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from caseledger import schema
from caseledger.language import N_, Text
from caseledger.policy import RESPONSIBLE
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "policy-names",
    N_("A policy uses a role, grade, category or event type that it does not have."),
    N_("Correct the name, or define it under roles, grades, categories or events."),
    "grades:\n  general: {zh: 一般, en: General}\ndefault_grade: genral",
)


class _Use(NamedTuple):
    """A name, the steps to where it is used, and what it must be one of."""

    name: str
    steps: tuple[str | int, ...]
    known: Collection[str]


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """Every name that is used and not defined."""
    for use in _uses(document.data):
        if use.name not in use.known:
            message = Text(N_("{name} is none of: {known}."), name=use.name, known=", ".join(use.known))
            yield RULE.problem(document.path, document.place(*use.steps), message)


def _uses(policy: Mapping[str, Any]) -> Iterator[_Use]:
    roles, types = policy["roles"], ["opened", *policy["events"]]
    yield _Use(policy["default_grade"], ("default_grade",), policy["grades"])
    for event_type, step in policy["events"].items():
        if step["by"] != "any":
            yield from _each(step["by"], ("events", event_type, "by"), [RESPONSIBLE, *roles])
        for number, choice in enumerate(step["after"]):
            yield from _each(choice, ("events", event_type, "after", number), types)
        yield from _each(step.get("voids", ()), ("events", event_type, "voids"), policy["events"])
    for number, condition in enumerate(policy.get("conditions", ())):
        yield from _condition(policy, condition, ("conditions", number))
    for number, clock in enumerate(policy["clocks"]):
        steps = ("clocks", number)
        yield _Use(clock["owner"], (*steps, "owner"), [RESPONSIBLE, *roles])
        yield from _each(clock["from"], (*steps, "from"), types)
        yield from _each(clock["to"], (*steps, "to"), types)
        for place, limit in enumerate(clock["limits"]):
            yield from _facts(policy, limit.get("when", {}), (*steps, "limits", place, "when"))
        if "approver" in clock.get("extendable", {}):
            yield _Use(clock["extendable"]["approver"], (*steps, "extendable", "approver"), roles)
    for number, obligation in enumerate(policy["obligations"]):
        yield _Use(obligation["owner"], ("obligations", number, "owner"), roles)
    for number, criteria in enumerate(policy.get("advice", ())):
        yield _Use(criteria["grade"], ("advice", number, "grade"), policy["grades"])
    for name, found in policy["retention"].get("classes", {}).items():
        yield from _facts(policy, found["when"], ("retention", "classes", name, "when"))


def _condition(policy: Mapping[str, Any], condition: Mapping[str, Any], steps: tuple[str | int, ...]) -> Iterator[_Use]:
    types = policy["events"]
    yield from _each(condition["for"], (*steps, "for"), types)
    yield from _each(condition.get("by", ()), (*steps, "by"), [RESPONSIBLE, *policy["roles"]])
    for part in ("when", "needs"):
        facts = condition.get(part, {})
        for number, choice in enumerate(facts.get("events", ())):
            yield from _each(choice, (*steps, part, "events", number), types)
        for event_type in facts.get("times", ()):
            yield _Use(event_type, (*steps, part, "times", event_type), types)


def _facts(policy: Mapping[str, Any], when: Mapping[str, Any], steps: tuple[str | int, ...]) -> Iterator[_Use]:
    known = {
        "grade": policy["grades"],
        "category": policy["categories"],
        "channel": schema.field("case", "channel")["enum"],
        "demand": schema.field("case", "demand")["enum"],
    }
    for fact, value in when.items():
        if fact in known:
            yield from _each(value, (*steps, fact), known[fact])


def _each(value: str | Iterable[str], steps: tuple[str | int, ...], known: Collection[str]) -> Iterator[_Use]:
    if isinstance(value, str):
        yield _Use(value, steps, known)
    else:
        for number, name in enumerate(value):
            yield _Use(name, (*steps, number), known)
