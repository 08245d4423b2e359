"""A case as it would stand had its entries been made at other times, and the deadlines that would then be broken."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from caseledger import clocks, instant, model, schema
from caseledger.calendar import Calendar
from caseledger.clocks import Verdict
from caseledger.language import current
from caseledger.policy import Policy


def moved(data: Mapping[str, Any], times: Mapping[int, datetime]) -> dict[str, Any]:
    """The data of a valid case in which the entries of these places happened then, and none before one above it.

    Corrections name their entries by time: they still name the same ones.
    """
    events = [dict(event) for event in data["events"]]
    now_at: dict[tuple[datetime, str], str] = {}
    least: datetime | None = None
    for index, event in enumerate(events):
        at = instant.parse(event["at"])
        if index in times:
            least = max(filter(None, (least, times[index])))
        if least and at < least:
            event["at"] = now_at[at, event["type"]] = instant.show(least)
    for event in events:
        if event["type"] == "corrected":
            named = event["event"]
            key = instant.parse(named["at"]), named["type"]
            event["event"] = {**named, "at": now_at.get(key, named["at"])}
    return {**data, "events": events}


def saved(
    written: Mapping[str, Any], otherwise: Mapping[str, Any], law: tuple[Policy, Calendar], now: datetime
) -> list[Verdict]:
    """The clocks that are broken by the one account of a case and not by the other, as that one has them."""
    if not (schema.valid("case", written) and schema.valid("case", otherwise)):
        return []
    kept = {(v.cycle, v.clock.id): v for v in _judged(written, law, now)}
    broken = [(v.cycle, v.clock.id) for v in _judged(otherwise, law, now) if v.breached]
    return [kept[key] for key in broken if key in kept and not kept[key].breached]


def named(found: Sequence[Verdict]) -> str:
    """The clocks in a list: title and article of each."""
    return ", ".join(f"{one.clock.title.get(current(), one.clock.id)} ({one.clock.clause})" for one in found)


def _judged(data: Mapping[str, Any], law: tuple[Policy, Calendar], now: datetime) -> list[Verdict]:
    return clocks.verdicts(model.case(data), *law, now)
