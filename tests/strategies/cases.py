"""Cases whose events crowd around deadlines, with every error that the format lets through."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.oracle import judge
from tests.strategies.policies import CATEGORIES, CHANNELS, DEMANDS, EVENTS, ROLES, durations

Data = dict[str, Any]
AFTER_END = ["reopened", "reopened", "reported", "corrected", "note"]
OFTEN = ["graded", "graded", "information-requested", "information-requested", "information-received", "extended"]
ENDS = ["declined", "withdrawn", "closed"]
STEPS = [0, 1, 59, 1800, 3 * 3600, 20 * 3600, 86400, 3 * 86400, 12 * 86400]
FIELDS: dict[str, Data] = {
    "declined": {"reason": "Out of scope"},
    "information-requested": {"what": "A picture"},
    "verified": {"in_scope": True, "complete": True},
    "executed": {"dispositions": [{"kind": "full-refund"}]},
    "reopened": {"reason": "It broke again"},
    "reported": {"lessons": "None"},
    "closed": {"outcome": "resolved"},
    "note": {"note": "Worth keeping"},
}


@st.composite
def cases(draw: st.DrawFn, policy: Data, calendar: Data, anchor: date) -> Data:
    """A case that begins on or just after a day."""
    case = {
        "schema": 1,
        "id": "C-20260101-7K3QD",
        "policy": "invented@2020-01-01",
        "channel": draw(st.sampled_from(CHANNELS)),
        "market": "NO",
        "language": "nb",
        "category": draw(st.sampled_from(CATEGORIES)),
        "demand": draw(st.sampled_from(DEMANDS)),
        "consumer": {"ref": "U-5J2M8Q1TZX"},
        "summary": "Zip tears",
        "description": "Zip tears after two days",
    }
    if draw(st.booleans()):
        case["public_opinion"] = draw(st.booleans())
    zone = ZoneInfo(calendar["timezone"])
    clock = draw(st.sampled_from(["00:00:00", "00:30:00", "08:59:59", "12:30:00", "17:00:00", "23:59:59"]))
    at = datetime.combine(anchor, time.fromisoformat(clock), zone) + draw(st.integers(0, 2)) * timedelta(days=1)
    case["events"] = events = [_event("received", at.astimezone(UTC), zone)]
    for _ in range(draw(st.integers(3, 16))):
        at = draw(_moments(case, policy, calendar))
        event = _event(
            draw(_kinds(events, policy)), at, draw(st.sampled_from([zone, UTC, timezone(timedelta(hours=8))]))
        )
        events.append(event | draw(_own_fields(event["type"], at, policy, events)))
    return case


def _event(kind: str, at: datetime, zone: Any) -> Data:
    return {"at": at.astimezone(zone).isoformat(), "type": kind, "by": "cs-01", "as": "intake"} | FIELDS.get(kind, {})


def _kinds(events: list[Data], policy: Data) -> st.SearchStrategy[str]:
    """The type of the next event: mostly one that may follow and that a clock heeds."""
    ended = False
    for event in events:
        ended = event["type"] in ENDS or (ended and event["type"] != "reopened")
    anything = [kind for kind in EVENTS if kind != "received"]
    heeded = [kind for clock in policy["clocks"] for kind in clock["from"] + clock["to"] if kind in anything]
    usual = AFTER_END if ended else OFTEN * 2 + [kind for kind in anything + heeded if kind not in (*ENDS, "reopened")]
    return st.sampled_from(usual * 6 + heeded + anything)


@st.composite
def _moments(draw: st.DrawFn, case: Data, policy: Data, calendar: Data) -> datetime:
    """The instant of the next event: a step on, or within a second of what is due."""
    last = datetime.fromisoformat(case["events"][-1]["at"]).astimezone(UTC)
    if draw(st.integers(0, 2)):
        return last + timedelta(seconds=draw(st.sampled_from(STEPS)))
    dues = [verdict["due"] for verdict in judge(case, policy, calendar, last) if verdict["due"]]
    near = sorted({moment for due in dues for moment in _around(due) if moment >= last})
    return draw(st.sampled_from(near or [last]))


def _around(moment: datetime) -> Iterable[datetime]:
    return (moment + timedelta(seconds=seconds) for seconds in (-1, 0, 1))


def _own_fields(kind: str, at: datetime, policy: Data, events: list[Data]) -> st.SearchStrategy[Data]:
    """The fields that make a difference to verdicts."""
    if kind == "graded":
        return st.fixed_dictionaries(
            {"grade": st.sampled_from(sorted(policy["grades"])), "reason": st.just("Assessed")}
        )
    if kind == "assigned":
        return st.fixed_dictionaries({"to": st.sampled_from(ROLES)})
    if kind == "extended":
        return _extensions(at, policy)
    return _corrections(at, policy, events) if kind == "corrected" else st.just({})


@st.composite
def _extensions(draw: st.DrawFn, at: datetime, policy: Data) -> Data:
    clock = draw(st.sampled_from(policy["clocks"]))
    within = [limit["within"] for limit in clock["limits"]]
    number, unit = draw(st.sampled_from([*within, clock.get("extendable", {"max": within[0]})["max"]])).split()
    near = [f"{int(number) + more} {unit}" for more in (1, 0, 2)]
    approvals = [{"by": "mgr-01", "as": "management"}] * 3 + [{"by": "cs-01", "as": "management"}]
    tellings = [moment.isoformat() for moment in _around(at)]
    return {
        "clock": clock["id"],
        "to": draw(st.sampled_from(near * 3 + durations(pausable=clock.get("pausable", False), hours=False))),
        "reason": "A laboratory is needed",
        "approved_by": draw(st.sampled_from([*approvals, {"by": "mgr-01", "as": "lab"}, None])),
        "consumer_told": draw(st.sampled_from([*tellings, tellings[1], None])),
    }


@st.composite
def _corrections(draw: st.DrawFn, at: datetime, policy: Data, events: list[Data]) -> Data:
    """A correction that leaves `received` the first event, as it is of every case."""
    event = draw(st.sampled_from(events))
    was, first = (datetime.fromisoformat(known["at"]) for known in (event, events[0]))
    away = timedelta(seconds=draw(st.sampled_from(STEPS)))
    moved = was - away if event["type"] == "received" else max(first, was + draw(st.sampled_from([-1, 1])) * away)
    values: dict[str, Any] = {"at": moved.isoformat()}
    choices: list[Data] = [values, {"note": None}]
    choices += [{"at": at.isoformat()}] if event["type"] != "received" else []
    own = _own_fields(event["type"], moved, policy, events[: events.index(event)] or events[:1])
    if event["type"] in ("graded", "assigned", "extended", "corrected"):
        fields = draw(own)
        choices += [fields, fields | values] + [{key: value} for key, value in fields.items() if key != "reason"]
    if event["type"] == "extended":
        choices += [{"approved_by": None}, {"consumer_told": None}]
    named = {"at": event["at"], "type": event["type"]}
    return {"event": named, "set": draw(st.sampled_from(choices)), "reason": "Typed wrong"}


@st.composite
def nows(draw: st.DrawFn, case: Data, policy: Data, calendar: Data) -> datetime:
    """An instant at which some verdict may be about to change."""
    instants = [datetime.fromisoformat(event["at"]) for event in case["events"]]
    late = instants[-1] + timedelta(days=draw(st.sampled_from([0, 1, 40, 500])))
    moments = [late, *instants]
    for verdict in judge(case, policy, calendar, late):
        if verdict["due"]:
            moments += [verdict["due"], verdict["due"] - (verdict["due"] - verdict["start"]) / 4]
    moment: datetime = draw(st.sampled_from([near for moment in moments for near in _around(moment)]))
    return moment.replace(microsecond=0)
