"""Due times worked out by hand, asked of product and oracle: every unit, over clock changes, closed days and pauses."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from caseledger import yamltext
from tests.product import Add, Data, both_add

WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def days_of(zone: str, opening: Any, valid_through: str, *exceptions: Data, **week: Any) -> Data:
    return {
        "schema": 1,
        "name": "INVENTED",
        "timezone": zone,
        "week": dict.fromkeys(WORKDAYS, opening) | week,
        "exceptions": [{"name": "Exception"} | exception for exception in exceptions],
        "valid_through": valid_through,
    }


CALENDARS = {
    "Berlin": days_of("Europe/Berlin", True, "2026-12-31", {"date": "2026-01-01", "open": False}),
    "Santiago": days_of("America/Santiago", True, "2026-12-31", sat=True),
    "Santiago mornings": days_of("America/Santiago", ["00:00-12:00"], "2026-12-31", sun=["00:00-12:00"]),
    "shop": days_of(
        "Asia/Shanghai",
        ["09:00-12:00", "13:30-18:00"],
        "2026-06-30",
        {"date": "2026-05-01", "open": False},
        {"date": "2026-05-09", "open": True, "hours": ["10:00-16:00"]},
    ),
}

TABLE = [
    # clocks.md, section 3
    ("CN", "2025-01-24T23:59:00+08:00", "1 wd", "2025-01-27T00:00:00+08:00", False),
    ("CN", "2026-02-13T09:00:00+08:00", "2 wd", "2026-02-25T00:00:00+08:00", False),
    ("CN", "2026-05-09T08:00:00+08:00", "1 wd", "2026-05-12T00:00:00+08:00", False),
    ("CN", "2026-09-30T18:00:00+08:00", "24 h", "2026-10-01T18:00:00+08:00", False),
    ("CN", "2026-12-31T10:00:00+08:00", "1 wd", "2027-01-02T00:00:00+08:00", True),
    # hours are elapsed time, whatever the wall clock does
    ("Berlin", "2025-03-29T12:00:00+01:00", "24 h", "2025-03-30T13:00:00+02:00", False),
    ("Berlin", "2025-10-25T12:00:00+02:00", "24 h", "2025-10-26T11:00:00+01:00", False),
    ("shop", "2026-06-30T17:00:00+08:00", "48 h", "2026-07-02T17:00:00+08:00", False),
    # a day is a date in the calendar's zone, and ends by that day's offset
    ("Berlin", "2025-03-28T10:00:00+01:00", "1 wd", "2025-04-01T00:00:00+02:00", False),
    ("Berlin", "2025-03-27T23:30:00+00:00", "1 wd", "2025-04-01T00:00:00+02:00", False),
    ("Berlin", "2025-03-27T22:30:00+00:00", "1 wd", "2025-03-29T00:00:00+01:00", False),
    # 24:00 that does not exist is the first instant of the next day
    ("Santiago", "2025-09-05T10:00:00-04:00", "1 d", "2025-09-07T01:00:00-03:00", False),
    ("Santiago", "2025-04-04T10:00:00-03:00", "1 d", "2025-04-06T00:00:00-04:00", False),
    # a last day that is no working day moves to the close of the next
    ("Berlin", "2025-03-28T10:00:00+01:00", "1 d", "2025-04-01T00:00:00+02:00", False),
    ("Berlin", "2025-12-31T10:00:00+01:00", "1 d", "2026-01-03T00:00:00+01:00", False),
    ("shop", "2026-04-29T10:00:00+08:00", "1 d", "2026-05-01T00:00:00+08:00", False),
    ("shop", "2026-04-30T10:00:00+08:00", "1 d", "2026-05-04T18:00:00+08:00", False),
    ("shop", "2026-05-07T10:00:00+08:00", "2 d", "2026-05-10T00:00:00+08:00", False),
    ("shop", "2026-05-08T10:00:00+08:00", "2 d", "2026-05-11T18:00:00+08:00", False),
    ("shop", "2026-06-29T10:00:00+08:00", "2 d", "2026-07-02T00:00:00+08:00", True),
    # months and years end on the corresponding date or the month's last day
    ("Berlin", "2025-01-31T10:00:00+01:00", "1 mo", "2025-03-01T00:00:00+01:00", False),
    ("Berlin", "2024-01-31T10:00:00+01:00", "1 mo", "2024-03-01T00:00:00+01:00", False),
    ("Berlin", "2025-03-31T10:00:00+02:00", "1 mo", "2025-05-01T00:00:00+02:00", False),
    ("Berlin", "2025-01-31T10:00:00+01:00", "2 mo", "2025-04-01T00:00:00+02:00", False),
    ("Berlin", "2025-11-30T10:00:00+01:00", "3 mo", "2026-03-03T00:00:00+01:00", False),
    ("Berlin", "2024-02-29T10:00:00+01:00", "1 y", "2025-03-01T00:00:00+01:00", False),
    ("Berlin", "2023-02-28T10:00:00+01:00", "1 y", "2024-02-29T00:00:00+01:00", False),
    ("Berlin", "2026-01-05T10:00:00+01:00", "1 y", "2027-01-06T00:00:00+01:00", True),
    # working hours: inside the windows, over lunch, night, holiday, weekend and make-up day
    ("shop", "2026-04-29T11:00:00+08:00", "1 wh", "2026-04-29T12:00:00+08:00", False),
    ("shop", "2026-04-29T11:00:00+08:00", "2 wh", "2026-04-29T14:30:00+08:00", False),
    ("shop", "2026-04-29T12:15:00+08:00", "1 wh", "2026-04-29T14:30:00+08:00", False),
    ("shop", "2026-04-30T17:00:00+08:00", "2 wh", "2026-05-04T10:00:00+08:00", False),
    ("shop", "2026-05-08T17:30:00+08:00", "1 wh", "2026-05-09T10:30:00+08:00", False),
    ("shop", "2026-06-30T17:00:00+08:00", "1 wh", "2026-06-30T18:00:00+08:00", False),
    ("shop", "2026-06-30T17:00:00+08:00", "2 wh", "2026-07-01T10:00:00+08:00", True),
    ("Santiago mornings", "2025-09-06T20:00:00-04:00", "10 wh", "2025-09-07T11:00:00-03:00", False),
    ("Santiago mornings", "2025-09-06T20:00:00-04:00", "11 wh", "2025-09-07T12:00:00-03:00", False),
    ("Santiago mornings", "2025-09-06T20:00:00-04:00", "12 wh", "2025-09-08T01:00:00-03:00", False),
    # working days end at their close
    ("shop", "2026-04-30T08:00:00+08:00", "1 wd", "2026-05-04T18:00:00+08:00", False),
    ("shop", "2026-05-07T10:00:00+08:00", "2 wd", "2026-05-09T16:00:00+08:00", False),
    ("shop", "2026-06-29T10:00:00+08:00", "1 wd", "2026-06-30T18:00:00+08:00", False),
    ("shop", "2026-06-29T10:00:00+08:00", "2 wd", "2026-07-01T18:00:00+08:00", True),
    ("Santiago mornings", "2025-09-06T20:00:00-04:00", "1 wd", "2025-09-07T12:00:00-03:00", False),
]


@both_add
@pytest.mark.parametrize(("name", "start", "limit", "due", "provisional"), TABLE)
def test_limits(root: Path, add: Add, name: str, start: str, limit: str, due: str, provisional: bool) -> None:
    days = (
        yamltext.read((root / "policy/calendars/CN.yml").read_bytes(), "CN.yml").data
        if name == "CN"
        else CALENDARS[name]
    )
    assert add(days, datetime.fromisoformat(start), limit, []) == (datetime.fromisoformat(due), provisional)


def may(text: str) -> datetime:
    """An instant in May 2026 in Shanghai, such as "12 18:00"; the 11th is a Monday."""
    return datetime.fromisoformat(f"2026-05-{text.replace(' ', 'T')}:00+08:00")


@both_add
@pytest.mark.parametrize(
    ("start", "limit", "pauses", "due"),
    [
        ("11 10:00", "2 h", ["11 10:30-11 11:00"], "11 12:30"),
        ("11 10:00", "2 h", ["11 09:00-11 10:30"], "11 12:30"),
        ("11 10:00", "2 h", ["11 09:00-11 09:30"], "11 12:00"),
        ("11 10:00", "2 h", ["11 12:30-11 13:00"], "11 12:00"),
        ("11 10:00", "2 h", ["11 10:30-11 11:00", "11 11:15-11 11:30"], "11 12:45"),
        ("11 10:00", "2 h", ["11 10:30"], None),
        ("11 10:00", "2 h", ["11 12:30"], "11 12:00"),
        ("11 10:00", "2 h", ["11 12:00"], "11 12:00"),
        ("11 11:00", "2 wh", ["11 11:30-11 14:00"], "11 15:30"),
        ("11 17:00", "2 wh", ["11 18:00-12 09:00"], "12 10:00"),
        ("11 17:00", "2 wh", ["11 18:00"], None),
        ("11 17:00", "1 wh", ["11 18:00"], "11 18:00"),
        ("11 10:00", "2 wd", ["12 17:00-13 08:00"], "14 18:00"),
        ("11 10:00", "2 wd", ["12 09:00-12 17:59"], "13 18:00"),
        ("11 10:00", "2 wd", ["12 18:00-13 10:00"], "14 18:00"),
        ("11 10:00", "2 wd", ["12 10:00-12 18:00"], "13 18:00"),
        ("11 10:00", "2 wd", ["13 18:00"], None),
        ("11 10:00", "2 wd", ["13 18:01"], "13 18:00"),
        ("11 10:00", "1 wd", ["10 10:00-15 10:00"], "15 18:00"),
    ],
)
def test_pauses(add: Add, start: str, limit: str, pauses: list[str], due: str | None) -> None:
    waits = [(may(pause[:8]), may(pause[9:]) if pause[8:] else None) for pause in pauses]
    assert add(CALENDARS["shop"], may(start), limit, waits) == (due and may(due), False)
