"""Clocks as bars: every part is where its moments are on the scale of the cycle."""

from datetime import datetime, timedelta

from caseledger.clock import Clock, Limit
from caseledger.clocks import Status, Verdict
from caseledger.duration import parse
from caseledger.pauses import Pause
from caseledger.site.runs import Run, runs, waited
from tests.casework import NOW

CLOCK = Clock(
    "x", {}, "A1", "role", ("received",), ("verified",), (Limit({}, parse("1 d"), False),), None, True, None, None
)


def at(hours: float) -> datetime:
    return NOW - timedelta(hours=100 - hours)


def verdict(status: Status, start: float, due: float | None, stop: float | None = None) -> Verdict:
    return Verdict(
        CLOCK, 1, "role", status, at(start), None if due is None else at(due), None if stop is None else at(stop)
    )


def test_all_bars_of_a_cycle_have_one_scale() -> None:
    kept, late, overdue = runs(
        [verdict(Status.MET, 0, 50, 25), verdict(Status.LATE, 25, 50, 75), verdict(Status.OVERDUE, 50, 75)], NOW
    )
    assert kept == Run("M0 5H250", "", "", "M0 5H500M500 0V10", "")
    assert late == Run("M250 5H500", "M500 5H750", "", "M250 5H500M500 0V10", "")
    assert overdue == Run("M500 5H750", "M750 5H1000", "", "M500 5H750M750 0V10", "M1000 0V10")


def test_what_has_not_started_has_no_bar() -> None:
    pending = Verdict(CLOCK, 1, "role", Status.PENDING)
    assert list(runs([pending], NOW)) == [None]


def test_waits_are_drawn_and_counted_from_the_start_to_the_stop() -> None:
    pauses = (Pause(at(-10), at(10)), Pause(at(40), at(60)), Pause(at(90), None))
    paused = verdict(Status.PAUSED, 0, None)._replace(pauses=pauses)
    [run] = runs([paused], NOW)
    assert run == Run("M0 5H1000", "", "M0 5H100M400 5H600M900 5H1000", "", "M1000 0V10")
    assert waited(paused, NOW) == timedelta(hours=40)
    stopped = verdict(Status.MET, 0, 80, 50)._replace(pauses=pauses)
    assert waited(stopped, NOW) == timedelta(hours=20)


def test_a_moment_is_still_seen() -> None:
    [run, _] = runs([verdict(Status.MET, 0, 100, 0.01), verdict(Status.MET, 0, 100, 100)], NOW)
    assert run is not None
    assert run.used == "M0 5H2"
