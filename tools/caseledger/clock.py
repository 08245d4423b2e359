"""A clock as a policy sets it: from which events to which, within which limits."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from caseledger import duration
from caseledger.duration import Duration


def matches(when: Mapping[str, Any], fact: Callable[[str], Any]) -> bool:
    """Whether all facts that are named match; a list matches any of its members."""
    return all(
        fact(name) in wanted if isinstance(wanted, list) else fact(name) == wanted for name, wanted in when.items()
    )


class Limit(NamedTuple):
    """A limit and the facts under which it applies."""

    when: Mapping[str, Any]
    within: Duration
    company_set: bool

    def applies(self, fact: Callable[[str], Any]) -> bool:
        """Whether all named facts match; a list matches any of its members."""
        return matches(self.when, fact)


class Extension(NamedTuple):
    """What an extension of a clock needs."""

    max: Duration
    approver: str | None
    consumer_told: bool
    company_set: bool


class Clock(NamedTuple):
    """A deadline that the policy sets (clocks.md 4); `warn` is None for a quarter of the time."""

    id: str
    title: Mapping[str, str]
    clause: str
    owner: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    limits: tuple[Limit, ...]
    not_before: Duration | None
    pausable: bool
    extension: Extension | None
    warn: Duration | None

    def limit(self, fact: Callable[[str], Any]) -> Limit | None:
        """The first limit whose facts match."""
        return next((limit for limit in self.limits if limit.applies(fact)), None)


def load(data: Mapping[str, Any]) -> Clock:
    """The clock that an entry of `clocks` describes."""
    return Clock(
        id=data["id"],
        title=data["title"],
        clause=data["clause"],
        owner=data["owner"],
        starts=tuple(data["from"]),
        stops=tuple(data["to"]),
        limits=tuple(map(_limit, data["limits"])),
        not_before=_optional(data.get("not_before")),
        pausable=data.get("pausable", False),
        extension=_extension(data["extendable"]) if "extendable" in data else None,
        warn=_optional(data.get("warn")),
    )


def _limit(data: Mapping[str, Any]) -> Limit:
    return Limit(data.get("when", {}), duration.parse(data["within"]), data.get("company_set", False))


def _extension(data: Mapping[str, Any]) -> Extension:
    return Extension(
        max=duration.parse(data["max"]),
        approver=data.get("approver"),
        consumer_told=data.get("consumer_told", False),
        company_set=data.get("company_set", False),
    )


def _optional(text: str | None) -> Duration | None:
    return duration.parse(text) if text else None
