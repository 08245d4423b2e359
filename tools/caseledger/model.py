"""A complaint in memory: the file's data and its events, with instants read.

Building one never fails: an event that is no event is left out here, and the schema says so elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from caseledger import instant

ENDS = frozenset({"closed", "declined", "withdrawn"})
AFTER_END = frozenset({"reopened", "reported", "corrected", "evidence", "note"})


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the lifecycle; `index` is its place in the file's list."""

    index: int
    at: datetime
    type: str
    data: Mapping[str, Any]

    @property
    def by(self) -> str:
        """The person or bot who recorded it."""
        return str(self.data.get("by", ""))

    @property
    def role(self) -> str:
        """The role in which they acted (the key `as`)."""
        return str(self.data.get("as", ""))


class Case(NamedTuple):
    """One complaint: the data of its file and its events in the file's order."""

    data: Mapping[str, Any]
    events: tuple[Event, ...]

    @property
    def id(self) -> str:
        """C, day of receipt, 5 random characters."""
        return case_id(self.data)

    @property
    def policy(self) -> tuple[str, str]:
        """Profile and version of the policy that judges the case."""
        profile, _, version = str(self.data.get("policy", "")).partition("@")
        return profile, version

    def fact(self, name: str) -> Any:
        """A value of the header that a policy may ask for: channel, category, demand, public_opinion, order …"""
        return self.data.get(name, False if name in ("public_opinion", "safety") else None)


def case_id(data: object) -> str:
    """The number in a file's data, "" where there is none."""
    return str(data.get("id", "")) if isinstance(data, Mapping) else ""


def case(data: object) -> Case:
    """The case that a file's data describes."""
    header: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
    entries = header.get("events")
    found = map(_event, range(len(entries)), entries) if isinstance(entries, Sequence) else ()
    return Case(header, tuple(event for event in found if event))


def _event(index: int, data: object) -> Event | None:
    if not isinstance(data, Mapping) or not isinstance(data.get("type"), str):
        return None
    at = instant_of(data.get("at"))
    return Event(index, at, data["type"], data) if at else None


def instant_of(value: object) -> datetime | None:
    """The instant that a value of a file names, None if it names none."""
    try:
        return instant.parse(value) if isinstance(value, str) else None
    except ValueError:
        return None
