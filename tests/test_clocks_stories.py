"""Short stories of one clock, worked out by hand where clocks.md takes some thought, asked of product and oracle."""

from datetime import datetime
from typing import Any

import pytest

from tests.product import Data, Judge, both_judge

TITLE = {"zh": "答复", "en": "Reply"}
CALENDAR = {
    "schema": 1,
    "name": "INVENTED",
    "timezone": "Asia/Shanghai",
    "week": dict.fromkeys(["mon", "tue", "wed", "thu", "fri"], True),
    "exceptions": [],
    "valid_through": "2026-12-31",
}
FIELDS = {"graded": "grade", "assigned": "to", "extended": "to"}
PAUSABLE: Data = {"pausable": True}
GRADED: Data = {"from": ["graded"]}
DEPARTMENT: Data = {"owner": "responsible-department"}
NOT_BEFORE: Data = {"not_before": "3 wd"}
EXTENDABLE: Data = {"extendable": {"max": "3 wd"}}
REPORT: Data = {"from": ["closed"], "to": ["reported"]}


def may(text: str) -> datetime:
    """An instant in May 2026 in Shanghai, such as "12 18:00"; the 11th is a Monday."""
    return datetime.fromisoformat(f"2026-05-{text.replace(' ', 'T')}:00+08:00")


def rules(limits: str, more: Data) -> Data:
    """A policy of one clock from `opened` to `responded`; limits such as "dire 2 h, 3 wd" (the last for any grade)."""
    words = [text.split() for text in limits.split(", ")]
    entries = [{"within": " ".join(text[-2:])} | ({"when": {"grade": text[0]}} if text[2:] else {}) for text in words]
    clock = {"id": "reply", "title": TITLE, "clause": "A1", "owner": "intake", "from": ["opened"], "to": ["responded"]}
    return {
        "schema": 1,
        "profile": "invented",
        "version": "2020-01-01",
        "title": TITLE,
        "calendar": "INVENTED",
        "roles": {"intake": TITLE, "management": TITLE},
        "grades": {"mild": TITLE, "dire": TITLE},
        "default_grade": "mild",
        "categories": {"goods": TITLE},
        "events": {"received": {"by": "any", "after": []}},
        "clocks": [clock | {"limits": entries} | more],
        "obligations": [],
        "retention": {"keep": "3 y", "clause": "A16"},
    }


def story(text: str) -> Data:
    """A case from events such as "11 10:00 graded dire"; the value is a grade, role or new limit."""
    events: list[Data] = []
    for line in text.split(", "):
        kind, _, value = line[9:].partition(" ")
        event = {"at": may(line[:8]).isoformat(), "type": kind, "by": "cs-01", "as": "intake"}
        own = {FIELDS[kind]: value} if value else {}
        events.append(event | own | ({"clock": "reply"} if kind == "extended" else {}))
    return {"channel": "chat", "category": "goods", "demand": "refund", "events": events}


def shown(verdict: Data) -> str:
    """Status, start, due and stop as the stories write them, instants in the zone of the calendar."""
    moments = [verdict[name] and verdict[name].astimezone(may("11 00:00").tzinfo) for name in ("start", "due", "stop")]
    return " ".join([verdict["status"], *(format(moment, "%d %H:%M") if moment else "-" for moment in moments)])


def told(judge: Judge, limits: str, more: Data, events: str, now: str) -> list[Data]:
    return judge(story(events), rules(limits, more), CALENDAR, may(now))


ASKED = "11 10:00 received, 11 11:00 information-requested, "
LEFT = "11 10:00 received, 11 11:00 graded dire"


@both_judge
@pytest.mark.parametrize(
    ("limits", "more", "events", "now", "expected"),
    [
        # The grade leaves the limits and comes back: the clock starts again where it started, unless it was breached
        # or what it waited for has happened.
        ("mild 2 wd", {}, LEFT, "12 10:00", ["cancelled 11 10:00 14 00:00 11 11:00"]),
        ("mild 2 wd", {}, LEFT + ", 12 09:00 graded mild", "12 10:00", ["running 11 10:00 14 00:00 -"]),
        ("mild 2 h", {}, LEFT + ", 11 15:00 graded mild", "11 15:10", ["running 11 10:00 11 17:00 -"]),
        ("mild 30 min", {}, LEFT + ", 11 15:00 graded mild", "11 15:10", ["overdue 11 10:00 11 10:30 -"]),
        (
            "mild 2 wd",
            {},
            LEFT + ", 11 12:00 responded, 12 09:00 graded mild",
            "12 10:00",
            ["cancelled 11 10:00 14 00:00 11 11:00"],
        ),
        # The grade at an instant is that of the last grading at or before it.
        ("mild 2 wd", {}, "11 10:00 received, 11 10:00 graded dire", "12 10:00", []),
        # A stricter limit is never breached before it applied, and never gives more time.
        ("dire 30 min, 1 wd", {}, LEFT, "11 11:10", ["due-soon 11 10:00 11 11:30 -"]),
        (
            "dire 12 h, 1 wd",
            {},
            "11 06:00 received, 12 20:00 graded dire",
            "12 20:30",
            ["due-soon 11 06:00 13 00:00 -"],
        ),
        # A start on `graded` is the first of the latest unbroken run, and every cycle needs its own.
        (
            "dire 2 h",
            GRADED,
            LEFT + ", 11 12:00 graded mild, 11 13:00 graded dire, 11 14:00 graded dire",
            "11 14:15",
            ["running 11 13:00 11 15:00 -"],
        ),
        ("dire 2 h", GRADED, "11 10:00 received", "11 14:30", []),
        (
            "dire 2 h",
            GRADED,
            LEFT + ", 11 12:00 responded, 11 12:30 reopened",
            "11 13:00",
            ["met 11 11:00 11 13:00 11 12:00", "pending - - -"],
        ),
        # A pause that begins at due changes nothing but the status at that instant; at a close it uncounts the day.
        (
            "2 h",
            PAUSABLE,
            "11 10:00 received, 11 12:00 information-requested",
            "11 12:00",
            ["paused 11 10:00 - -"],
        ),
        (
            "2 h",
            PAUSABLE,
            "11 10:00 received, 11 12:00 information-requested",
            "11 12:01",
            ["overdue 11 10:00 11 12:00 -"],
        ),
        (
            "1 wd",
            PAUSABLE,
            "11 10:00 received, 13 00:00 information-requested",
            "13 12:00",
            ["paused 11 10:00 - -"],
        ),
        # Stopped while paused there is no due; the end of the case ends the pause first.
        (
            "2 h",
            PAUSABLE,
            ASKED + "11 15:00 responded, 11 16:00 information-received",
            "11 18:00",
            ["met 11 10:00 - 11 15:00"],
        ),
        (
            "2 h",
            PAUSABLE | {"to": ["responded", "declined"]},
            ASKED + "11 15:00 declined",
            "11 18:00",
            ["met 11 10:00 11 16:00 11 15:00"],
        ),
        ("2 h", PAUSABLE, ASKED + "11 15:00 withdrawn", "11 18:00", ["cancelled 11 10:00 11 16:00 11 15:00"]),
        # Not before the third working day is not before 00:00 of it.
        (
            "5 wd",
            NOT_BEFORE,
            "11 10:00 received, 13 23:59 responded",
            "15 10:00",
            ["early 11 10:00 19 00:00 13 23:59"],
        ),
        ("5 wd", NOT_BEFORE, "11 10:00 received, 14 00:00 responded", "15 10:00", ["met 11 10:00 19 00:00 14 00:00"]),
        # An extension counts from the start and has a maximum; a regrade keeps the later due.
        ("1 wd", EXTENDABLE, "11 10:00 received, 12 10:00 extended 3 wd", "13 10:00", ["running 11 10:00 15 00:00 -"]),
        ("1 wd", EXTENDABLE, "11 10:00 received, 12 10:00 extended 4 wd", "12 23:00", ["due-soon 11 10:00 13 00:00 -"]),
        (
            "dire 2 h, 1 wd",
            EXTENDABLE,
            "11 10:00 received, 12 10:00 extended 3 wd, 12 11:00 graded dire",
            "13 10:00",
            ["running 11 10:00 15 00:00 -"],
        ),
        # The end of a case ends what was open, not what it starts; reopening ends that too.
        ("5 wd", REPORT, "11 10:00 received, 11 12:00 closed", "12 10:00", ["running 11 12:00 19 00:00 -"]),
        (
            "5 wd",
            REPORT,
            "11 10:00 received, 11 12:00 closed, 12 09:00 reopened",
            "12 10:00",
            ["cancelled 11 12:00 19 00:00 12 09:00", "pending - - -"],
        ),
    ],
)
def test_what_a_clock_says(judge: Judge, limits: str, more: Data, events: str, now: str, expected: list[str]) -> None:
    assert [shown(verdict) for verdict in told(judge, limits, more, events, now)] == expected


@both_judge
def test_the_owner_is_the_department_last_assigned_before_the_stop(judge: Judge) -> None:
    handed = "11 10:00 received, 11 11:00 assigned lab, 11 12:00 responded, 11 13:00 assigned intake, 11 14:00 reopened"
    verdicts = told(judge, "2 wd", DEPARTMENT, handed, "11 15:00")
    assert [verdict["owner"] for verdict in verdicts] == ["lab", "intake"]
    unassigned: list[Any] = told(judge, "2 wd", DEPARTMENT, "11 10:00 received", "11 15:00")
    assert [verdict["owner"] for verdict in unassigned] == ["responsible-department"]


@both_judge
def test_received_opens_the_case_though_a_correction_puts_another_event_before_it(judge: Judge) -> None:
    case = story("11 10:00 received, 11 11:00 note, 11 12:00 corrected")
    noted, correction = case["events"][1:]
    correction["event"] = {"at": noted["at"], "type": "note"}
    correction["set"] = {"at": may("11 09:00").isoformat()}
    verdicts = judge(case, rules("2 wd", {}), CALENDAR, may("11 13:00"))
    assert [shown(verdict) for verdict in verdicts] == ["running 11 10:00 14 00:00 -"]
