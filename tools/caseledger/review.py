"""A record that a periodic duty was done, and the corrective actions decided there (reviews/)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseledger import period
from caseledger.period import Period


@dataclass(frozen=True)
class Act:
    """Something that a person did on a day, and what shows it or what they saw."""

    day: date
    by: str
    note: str


@dataclass(frozen=True)
class Action:
    """A corrective action; a `sanction` (party, name, kind) is one against a supplier or a merchant."""

    id: str
    measure: str
    owner: str
    deadline: date
    acceptance: str
    sanction: Mapping[str, str] | None
    done: Act | None
    verified: Act | None


@dataclass(frozen=True)
class Review:
    """One record: which duty (the id of an obligation) of which profile, for which period, and when it was held."""

    data: Mapping[str, Any]
    kind: str
    profile: str
    period: Period
    held: date
    actions: tuple[Action, ...]

    @property
    def path(self) -> str:
        """Where the record belongs."""
        return path_of(self.profile, self.kind, self.period)


def path_of(profile: str, kind: str, span: Period) -> str:
    """Where the record of a duty for a period belongs; no two of them have room there."""
    return f"reviews/{span.year}/{profile}-{kind}-{span}.yml"


def load(data: Mapping[str, Any]) -> Review:
    """The record that a file of the review schema holds."""
    return Review(
        data=data,
        kind=data["kind"],
        profile=data["profile"],
        period=period.parse(data["period"]),
        held=date.fromisoformat(data["held"]),
        actions=tuple(map(_action, data.get("actions", ()))),
    )


def _action(data: Mapping[str, Any]) -> Action:
    return Action(
        id=data["id"],
        measure=data["measure"],
        owner=data["owner"],
        deadline=date.fromisoformat(data["deadline"]),
        acceptance=data["acceptance"],
        sanction=data.get("sanction"),
        done=_act(data.get("done")),
        verified=_act(data.get("verified")),
    )


def _act(data: Mapping[str, Any] | None) -> Act | None:
    if data is None:
        return None
    return Act(date.fromisoformat(data["on"]), data["by"], data.get("evidence", data.get("note", "")))
