"""Why a clock is due when it is, in the words that people read."""

from pathlib import Path
from typing import Any

import pytest

from caseledger import clocks, explanation, instant, model
from caseledger.rulebook import Rulebook


def told(
    root: Path,
    profile: str,
    clock: str,
    as_of: str,
    *events: tuple[str, str, dict[str, Any]],
    cycle: int = 1,
    language: str = "en",
) -> list[str]:
    """The explanation of one clock of a case with these events: (at, type, fields)."""
    rulebook = Rulebook(root)
    policy = rulebook.policy(f"{profile}@2023-01-01")
    assert policy is not None
    calendar = rulebook.calendar("CN")
    case = model.case(
        {
            "policy": policy.name,
            "events": [{"at": at, "type": kind, "by": "p", "as": "r", **fields} for at, kind, fields in events],
        }
    )
    now = instant.parse(as_of)
    found = [v for v in clocks.verdicts(case, policy, calendar, now) if (v.clock.id, v.cycle) == (clock, cycle)]
    return [line.to(language) for verdict in found for line in explanation.explain(verdict, calendar, now)]


RECEIVED: tuple[str, str, dict[str, Any]] = ("2026-09-29T09:00:00+08:00", "received", {})


def test_days_and_holidays_are_named(root: Path) -> None:
    assert told(root, "quality", "response", "2026-10-01T00:00:00+08:00", RECEIVED) == [
        "2026-09-29 09:00:00: “Received” starts the clock; the limit is 2 working days, due 2026-10-08 24:00.",
        "2026-09-29 Tue: the day of the start is not counted",
        "2026-09-30 Wed: working day 1",
        "2026-10-01 Thu 国庆节: not a working day",
        "2026-10-02 Fri 国庆节: not a working day",
        "2026-10-03 Sat 国庆节: not a working day",
        "2026-10-04 Sun 国庆节: not a working day",
        "2026-10-05 Mon 国庆节: not a working day",
        "2026-10-06 Tue 国庆节: not a working day",
        "2026-10-07 Wed 国庆节: not a working day",
        "2026-10-08 Thu: working day 2",
        "Result as of 2026-10-01 00:00:00: Running.",
    ]


def test_pauses_regrades_and_refused_extensions_are_told(root: Path) -> None:
    lines = told(
        root,
        "platform-quality",
        "investigation",
        "2026-03-20T00:00:00+08:00",
        ("2026-03-02T09:00:00+08:00", "received", {}),
        ("2026-03-02T10:00:00+08:00", "assigned", {"to": "investigation-team"}),
        ("2026-03-03T10:00:00+08:00", "information-requested", {"what": "A photo"}),
        ("2026-03-05T10:00:00+08:00", "information-received", {}),
        ("2026-03-06T09:00:00+08:00", "graded", {"grade": "serious", "reason": "Fire"}),
        ("2026-03-06T10:00:00+08:00", "extended", {"clock": "investigation", "to": "11 wd", "consumer_told": None}),
        (
            "2026-03-06T11:00:00+08:00",
            "extended",
            {"clock": "investigation", "to": "10 wd", "consumer_told": "2026-03-06T10:30:00+08:00"},
        ),
        ("2026-03-17T11:00:00+08:00", "investigated", {}),
    )
    assert lines == [
        "2026-03-02 10:00:00: “Assigned” starts the clock; the limit is 3 working days, due 2026-03-09 24:00.",
        "2026-03-06 09:00:00: the grade changes; counted from the start, the limit 5 working days gives "
        "2026-03-11 24:00.",
        "2026-03-06 10:00:00: an extension has no effect: the consumer had not been told by then.",
        "2026-03-06 11:00:00: extended to 10 working days from the start, due 2026-03-18 24:00.",
        "The consumer was told at 2026-03-06 10:30:00.",
        "2026-03-17 11:00:00: “Investigation completed” stops the clock.",
        "Waited for the complainant from 2026-03-03 10:00:00 to 2026-03-05 10:00:00.",
        "2026-03-02 Mon: the day of the start is not counted",
        "2026-03-03 Tue: not counted, waiting for the complainant at the end of the day",
        "2026-03-04 Wed: not counted, waiting for the complainant at the end of the day",
        "2026-03-05 Thu: working day 1",
        "2026-03-06 Fri: working day 2",
        "2026-03-07 Sat: not a working day",
        "2026-03-08 Sun: not a working day",
        "2026-03-09 Mon: working day 3",
        "2026-03-10 Tue: working day 4",
        "2026-03-11 Wed: working day 5",
        "2026-03-12 Thu: working day 6",
        "2026-03-13 Fri: working day 7",
        "2026-03-14 Sat: not a working day",
        "2026-03-15 Sun: not a working day",
        "2026-03-16 Mon: working day 8",
        "2026-03-17 Tue: working day 9",
        "2026-03-18 Wed: working day 10",
        "Result as of 2026-03-20 00:00:00: Met.",
    ]


def test_elapsed_limits_run_through_everything(root: Path) -> None:
    assert told(root, "product", "review", "2026-03-02T10:00:00+08:00", RECEIVED) == []
    assert told(root, "product", "review", "2026-09-29T10:00:00+08:00", RECEIVED, language="zh") == [
        "2026-09-29 09:00:00：“收到投诉”起算；时限 24 小时，到期 2026-09-30 09:00:00。",
        "24 小时自 2026-09-29 09:00:00 起连续计算，夜间和节假日照计。",
        "截至 2026-09-29 10:00:00 的结果：进行中。",
    ]


def test_a_visit_that_comes_too_early(root: Path) -> None:
    lines = told(
        root,
        "trade",
        "return-visit",
        "2026-04-10T00:00:00+08:00",
        ("2026-03-27T09:00:00+08:00", "received", {}),
        ("2026-03-30T09:00:00+08:00", "executed", {}),
        ("2026-03-31T09:00:00+08:00", "followed-up", {}),
    )
    assert lines[-2] == "It may not stop before 2026-04-02 00:00:00."
    assert lines[-1] == "Result as of 2026-04-10 00:00:00: Too early."


def test_past_the_reviewed_calendar_it_says_provisional(root: Path) -> None:
    lines = told(
        root, "quality", "verification", "2027-01-02T00:00:00+08:00", ("2026-12-31T10:00:00+08:00", "received", {})
    )
    assert lines[-1] == "Result: Due soon, provisional: the calendar CN is reviewed only through 2026-12-31."


def test_a_clock_that_waits(root: Path) -> None:
    lines = told(root, "quality", "return-visit", "2026-09-29T10:00:00+08:00", RECEIVED)
    assert lines == ["Not started: it waits for Solution carried out."]


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"to": "10 wd"}, "it was not approved by the role that the policy names"),
        ({"to": "10 wd", "approved_by": {"by": "p", "as": "management"}}, "whoever asked for it approved it"),
        ({"to": "soon", "approved_by": {"by": "m", "as": "management"}, "consumer_told": "2026-03-03T08:00:00+08:00"},
         "the new limit is not a duration"),
        ({"to": "31 wd", "approved_by": {"by": "m", "as": "management"}, "consumer_told": "2026-03-03T08:00:00+08:00"},
         "the new limit is longer than the policy allows"),
        ({"to": "3 wd", "approved_by": {"by": "m", "as": "management"}, "consumer_told": "2026-03-03T08:00:00+08:00"},
         "the new limit is not later than the deadline in force"),
    ],
)  # fmt: skip
def test_why_an_extension_has_no_effect(root: Path, event: dict[str, object], reason: str) -> None:
    lines = told(
        root,
        "quality",
        "disposition",
        "2026-03-03T12:00:00+08:00",
        ("2026-03-02T09:00:00+08:00", "received", {}),
        ("2026-03-02T10:00:00+08:00", "investigated", {}),
        ("2026-03-03T09:00:00+08:00", "extended", {"clock": "disposition", **event}),
    )
    assert lines[1] == f"2026-03-03 09:00:00: an extension has no effect: {reason}."


@pytest.mark.parametrize(
    ("grade", "at", "line"),
    [
        ("major", "2026-03-03T09:00:00+08:00",
         "2026-03-03 09:00:00: the grade changes, and 30 minutes from the start has passed; due 2026-03-03 09:30:00."),
        ("important", "2026-03-04T09:00:00+08:00",
         "2026-03-04 09:00:00: the grade changes, and 1 working day from the start has passed; "
         "the deadline stays 2026-03-04 24:00."),
        ("important", "2026-03-05T09:00:00+08:00",
         "2026-03-05 09:00:00: the grade changes, but the deadline 2026-03-04 24:00 was broken before; that stands."),
    ],
)  # fmt: skip
def test_what_a_regrade_does(root: Path, grade: str, at: str, line: str) -> None:
    lines = told(
        root,
        "quality",
        "response",
        "2026-03-10T00:00:00+08:00",
        ("2026-03-02T09:00:00+08:00", "received", {}),
        (at, "graded", {"grade": grade, "reason": "r"}),
    )
    assert lines[1] == line
