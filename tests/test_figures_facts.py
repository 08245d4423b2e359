"""What figures know of a case: for which month a deadline counts, who was responsible, what was paid."""

from pathlib import Path

import pytest

from caseledger import instant
from caseledger.figures.age import AGES, age
from caseledger.figures.facts import Deadline, Facts, Payment, Visit
from tests import casework
from tests.casework import JSON, case, event

NOK = {"value": "499.00", "currency": "NOK"}


def facts(root: Path, *events: JSON, now: str = "2026-11-22T12:00:00+08:00") -> Facts:
    [row] = casework.stamp(root, case(*events), now=instant.parse(now))
    return row.facts


def deadline(found: Facts, clock: str) -> tuple[str, str]:
    [one] = [deadline for deadline in found.deadlines if deadline.clock == clock]
    return one.status, one.month


@pytest.mark.parametrize(
    ("stopped", "now", "expected"),
    [
        ("2026-11-02 23:59", "2026-12-05", ("met", "2026-11")),  # due at 24:00 of 2 November, the Monday after Saturday
        ("2026-12-01 09:00", "2026-12-05", ("late", "2026-11")),  # the month of the deadline, not of the late act
        (None, "2026-12-05", ("overdue", "2026-11")),
        (None, "2026-11-01", ("running", "")),
    ],
)
def test_a_deadline_counts_for_the_month_in_which_it_was_decided(
    repository: Path, stopped: str | None, now: str, expected: tuple[str, str]
) -> None:
    events = [event("2026-10-31 10:00", "received")]
    if stopped:
        events.append(event(stopped, "verified", in_scope=True, complete=True))
    data = case(*events, case_id="C-20261031-7K3QD")
    [row] = casework.stamp(repository, data, now=instant.parse(f"{now}T12:00:00+08:00"))
    assert deadline(row.facts, "verification") == expected


def test_the_end_of_the_last_day_of_a_month_belongs_to_that_month(repository: Path) -> None:
    data = case(event("2026-06-29 10:00", "received"), case_id="C-20260629-7K3QD")
    [row] = casework.stamp(repository, data)
    assert row.watched[0].due.isoformat() == "2026-07-01T00:00:00+08:00"
    assert deadline(row.facts, "verification") == ("overdue", "2026-06")


def test_clocks_that_wait_or_were_cancelled_do_not_count(repository: Path) -> None:
    found = facts(repository, event("2026-11-03 09:20", "withdrawn"))
    assert found.deadlines == ()
    assert Deadline("overdue", "quality", "response", "customer-service", "2026-11") in facts(repository).deadlines
    assert {one.clock for one in facts(repository).deadlines} == {"verification", "response", "investigation-start"}


def test_what_was_found_paid_and_answered_is_told(repository: Path) -> None:
    found = facts(
        repository,
        event("2026-11-03 12:00", "investigated", conclusion="Weak seam.", nature="product-defect", basis="Test",
              responsible=[{"party": "supplier", "name": "S-017", "share": 70}, {"party": "company", "share": 30}]),
        event("2026-11-03 15:00", "executed", dispositions=[
            {"kind": "full-refund", "amount": NOK}, {"kind": "apology"},
        ]),
        event("2026-11-04 15:00", "followed-up", satisfaction=None, goods=4),
        event("2026-11-05 15:00", "closed", outcome="resolved"),
    )  # fmt: skip
    assert (found.profile, found.category, found.nature) == ("quality", "product-quality", "product-defect")
    assert (str(found.received), str(found.ended)) == ("2026-11-03", "2026-11-05")
    assert found.parties == (("supplier", "S-017"), ("company", ""))
    assert found.payments == (Payment("2026-11", "NOK", "499.00"),)
    assert found.visits == (Visit("2026-11", None, (4, None, None, None, None)),)


def test_a_day_more_makes_an_open_case_older() -> None:
    today = instant.parse("2026-11-22T12:00:00+08:00").date()
    classes = [age(today.replace(day=22 - days), today) for days in (0, 2, 3, 7, 8, 14, 15, 20)]
    assert classes == ["0-2", "0-2", "3-7", "3-7", "8-14", "8-14", "15-30", "15-30"]
    assert [age(today.replace(month=month), today) for month in (10, 9, 8)] == ["31-90", "31-90", "91-"]
    assert AGES[-1] == "91-"
