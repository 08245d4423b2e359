"""How long each department held a case, and the working time between two instants on which that rests."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseledger import calendar, duration, lifecycle, model
from caseledger.calendar import Calendar, Worked
from caseledger.custody import custody
from caseledger.pauses import Pause
from caseledger.yamltext import read
from tests.oracle import calendar as oracle
from tests.strategies.calendars import anchors, calendars

ROOT = Path(__file__).parents[1]
OFFICE = {
    "schema": 1,
    "name": "OFFICE",
    "timezone": "Asia/Shanghai",
    "week": {day: ["09:00-12:00", "13:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
    "exceptions": [{"date": "2026-11-05", "open": True, "hours": ["10:00-14:00"], "name": "Half a day"}],
    "valid_through": "2026-12-31",
}
MONDAY = "2026-11-02T"


def china() -> Calendar:
    return calendar.load(read((ROOT / "policy/calendars/CN.yml").read_bytes(), "CN.yml").data)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def event(at: str, kind: str, role: str = "customer-service", **own: object) -> dict[str, Any]:
    return {"at": f"{at}+08:00", "type": kind, "by": "cs-01", "as": role, **own}


def held(*events: dict[str, Any], now: str = "2026-11-30T00:00:00", days: Calendar | None = None) -> list[str]:
    """Each role's line: times, hours, working days, hours of waiting, and a mark on who holds the case."""
    state = lifecycle.fold(model.case({"events": list(events)}), moment(now))
    return [
        f"{one.role} {one.times} {one.elapsed / timedelta(hours=1):g} h {one.worked.days:g} wd"
        f" {one.waiting / timedelta(hours=1):g} h{' now' if one.holds else ''}"
        for one in custody(state, days or china(), moment(now))
    ]


def test_who_received_a_case_holds_it_until_it_is_assigned() -> None:
    assert held(
        event("2026-11-02T06:00:00", "received"),
        event("2026-11-02T18:00:00", "assigned", to="quality-inspection"),
        event("2026-11-04T00:00:00", "assigned", "quality-inspection", to="customer-service"),
        event("2026-11-04T12:00:00", "closed", outcome="resolved"),
    ) == ["customer-service 2 24 h 1 wd 0 h", "quality-inspection 1 30 h 1.25 wd 0 h"]


def test_an_open_case_is_held_until_now() -> None:
    events = [event("2026-11-02T00:00:00", "received"), event("2026-11-03T00:00:00", "assigned", to="operations")]
    assert held(*events, now="2026-11-03T12:00:00") == [
        "customer-service 1 24 h 1 wd 0 h",
        "operations 1 12 h 0.5 wd 0 h now",
    ]
    assert held(*events, now="2026-11-02T12:00:00") == ["customer-service 1 12 h 0.5 wd 0 h now"]
    assert held(*events, now="2026-11-01T12:00:00") == []


def test_nobody_holds_an_ended_case_until_it_is_reopened() -> None:
    assert held(
        event("2026-11-02T00:00:00", "received"),
        event("2026-11-03T00:00:00", "closed", outcome="resolved"),
        event("2026-11-05T00:00:00", "note", "legal", note="Kept for the record."),
        event("2026-11-07T00:00:00", "reopened", "complaint-team", reason="It tore again."),
        event("2026-11-08T00:00:00", "withdrawn", "complaint-team"),
    ) == ["customer-service 1 24 h 1 wd 0 h", "complaint-team 1 24 h 0 wd 0 h"]


def test_reopening_an_open_case_hands_it_over() -> None:
    assert held(
        event("2026-11-02T00:00:00", "received"),
        event("2026-11-03T00:00:00", "assigned", to="operations"),
        event("2026-11-04T00:00:00", "reopened", "management", reason="A new problem."),
        now="2026-11-05T00:00:00",
    ) == ["customer-service 1 24 h 1 wd 0 h", "operations 1 24 h 1 wd 0 h", "management 1 24 h 1 wd 0 h now"]


def test_waiting_for_the_complainant_is_shown_apart() -> None:
    assert held(
        event("2026-11-02T00:00:00", "received"),
        event("2026-11-02T12:00:00", "information-requested", what="A picture."),
        event("2026-11-03T00:00:00", "assigned", to="operations"),
        event("2026-11-03T06:00:00", "information-received", "operations"),
        event("2026-11-03T12:00:00", "information-requested", "operations", what="Another."),
        now="2026-11-04T00:00:00",
    ) == ["customer-service 1 12 h 0.5 wd 12 h", "operations 1 6 h 0.25 wd 18 h now"]


def test_a_program_holds_a_case_until_a_person_acts() -> None:
    assert held(
        event("2026-11-02T00:00:00", "received", "bot"),
        event("2026-11-02T01:00:00", "acknowledged", "bot", via="email"),
        event("2026-11-02T06:00:00", "verified", in_scope=True, complete=True),
        now="2026-11-03T00:00:00",
    ) == ["bot 1 6 h 0.25 wd 0 h", "customer-service 1 18 h 0.75 wd 0 h now"]


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("2026-11-02T08:00:00", "2026-11-02T12:30:00", Worked(3 / 8, timedelta(hours=3))),
        ("2026-11-02T17:00:00", "2026-11-03T10:00:00", Worked(2 / 8, timedelta(hours=2))),
        ("2026-11-05T10:00:00", "2026-11-05T12:00:00", Worked(2 / 4, timedelta(hours=2))),
        ("2026-11-07T00:00:00", "2026-11-09T00:00:00", Worked()),
        ("2026-12-31T17:00:00", "2027-01-01T10:00:00", Worked(2 / 8, timedelta(hours=2), provisional=True)),
    ],
)
def test_a_working_day_is_the_part_of_its_own_windows(begin: str, end: str, expected: Worked) -> None:
    assert calendar.load(OFFICE).worked(moment(begin), moment(end)) == expected


def test_without_hours_a_working_day_is_the_whole_day() -> None:
    begin, end = moment("2026-09-30T12:00:00"), moment("2026-10-08T12:00:00")
    assert china().worked(begin, end) == Worked(1.0, timedelta(hours=24))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[dict[str, Any], datetime, datetime, list[Pause]]:
    """A calendar, two instants on whole minutes, and pauses in order."""
    zone, around = draw(anchors())
    days = draw(calendars(around, zone))
    first = datetime(around.year, around.month, around.day, tzinfo=UTC)
    marks = st.integers(0, 3 * 24 * 60).map(lambda minute: first + timedelta(minutes=minute))
    begin, end = sorted(draw(st.tuples(marks, marks)))
    edges = sorted(draw(st.lists(marks, max_size=5, unique=True)))
    pauses = [Pause(*edges[n : n + 2]) for n in range(0, len(edges) - 1, 2)]
    return days, begin, end, pauses + [Pause(edge, None) for edge in edges[2 * len(pauses) :]]


@given(stretches())
@settings(max_examples=60)
def test_working_time_is_what_counting_minutes_gives(
    stretch: tuple[dict[str, Any], datetime, datetime, list[Pause]],
) -> None:
    days, begin, end, pauses = stretch
    minutes: dict[date, int] = {}
    for number in range(int((end - begin) / timedelta(minutes=1))):
        at = begin + timedelta(minutes=number)
        day = oracle.day_of(days, at)
        paused = any(p.begin <= at and (p.end is None or at < p.end) for p in pauses)
        if not paused and any(opening <= at < closing for opening, closing in oracle.windows(days, day)):
            minutes[day] = minutes.get(day, 0) + 1
    worked = calendar.load(days).worked(begin, end, pauses)
    assert worked.time == timedelta(minutes=sum(minutes.values()))
    lengths = {day: sum((b - a for a, b in oracle.windows(days, day)), timedelta()) for day in minutes}
    assert worked.days == pytest.approx(sum(timedelta(minutes=n) / lengths[day] for day, n in minutes.items()))
    assert worked.provisional == any(day.isoformat() > days["valid_through"] for day in minutes)


@given(stretches(), st.integers(1, 40))
def test_working_time_is_the_way_back_of_working_hours(
    stretch: tuple[dict[str, Any], datetime, datetime, list[Pause]], hours: int
) -> None:
    data, start, _, pauses = stretch
    days = calendar.load(data)
    due = days.due(start, duration.parse(f"{hours} wh"), pauses)
    if due.at:
        worked = days.worked(start, due.at, pauses)
        assert (worked.time, worked.provisional) == (timedelta(hours=hours), due.provisional)
