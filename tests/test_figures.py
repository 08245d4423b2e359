"""Figures worked by hand: kept deadlines, Pareto, ages, satisfaction, money, months."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger.figures import months
from caseledger.figures.age import Class, ages
from caseledger.figures.compensation import compensation
from caseledger.figures.facts import Deadline, Facts, Payment, Visit
from caseledger.figures.months import Span
from caseledger.figures.pareto import Share, pareto
from caseledger.figures.punctuality import Count, punctuality, total
from caseledger.figures.satisfaction import answers

SPAN = Span("", ("2026-09", "2026-10", "2026-11"))


def deadline(status: str, month: str, clock: str = "response", owner: str = "customer-service") -> Deadline:
    return Deadline(status, "quality", clock, owner, month)


def facts(received: str, *deadlines: Deadline, ended: str | None = None) -> Facts:
    last = date.fromisoformat(ended) if ended else None
    return Facts("quality", "packaging", date.fromisoformat(received), last, "", (), deadlines, (), ())


def test_deadlines_kept_are_counted_by_month() -> None:
    found = [
        deadline("met", "2026-10"),
        deadline("met", "2026-10"),
        deadline("late", "2026-10"),
        deadline("overdue", "2026-11"),
        deadline("early", "2026-11"),
        deadline("met", "2026-08"),
        deadline("running", ""),
        deadline("met", "2026-11", "verification", "quality-inspection"),
    ]
    by_clock = punctuality(Counter(found), SPAN, lambda one: one.clock)
    assert by_clock == {
        "response": {"2026-09": Count(0, 0), "2026-10": Count(2, 1), "2026-11": Count(0, 2)},
        "verification": {"2026-09": Count(0, 0), "2026-10": Count(0, 0), "2026-11": Count(1, 0)},
    }
    assert total(by_clock["response"].values()) == Count(2, 3)
    assert total(by_clock["response"].values()).rate == 0.4
    assert by_clock["response"]["2026-09"].rate is None
    by_owner = punctuality(Counter(found), SPAN, lambda one: one.owner)
    assert {owner: total(counts.values()) for owner, counts in by_owner.items()} == {
        "customer-service": Count(2, 3),
        "quality-inspection": Count(1, 0),
    }


@given(
    st.lists(
        st.builds(
            deadline,
            st.sampled_from(["met", "late", "early", "overdue", "running"]),
            st.sampled_from(["", *SPAN.months]),
        )
    )
)
def test_parts_add_up_to_the_whole(found: list[Deadline]) -> None:
    whole = punctuality(Counter(found), SPAN, lambda _: None)
    parts = punctuality(Counter(found), SPAN, lambda one: one.status)
    for month in SPAN.months:
        assert total(counts[month] for counts in parts.values()) == whole.get(None, {}).get(month, Count())


def test_the_most_frequent_come_first_and_add_up() -> None:
    assert pareto(["b", "a", "b", "c", "b", "a", "d", "b"]) == [
        Share("b", 4, 0.5, 0.5),
        Share("a", 2, 0.25, 0.75),
        Share("c", 1, 0.125, 0.875),
        Share("d", 1, 0.125, 1.0),
    ]
    assert pareto([]) == []


@given(st.lists(st.sampled_from("abcdef")))
def test_shares_fall_and_end_at_one(values: list[str]) -> None:
    found = pareto(values)
    assert sum(share.count for share in found) == len(values)
    assert [share.count for share in found] == sorted((share.count for share in found), reverse=True)
    assert not found or found[-1].cumulative == 1.0


def test_open_cases_are_counted_by_age_and_ended_ones_are_not() -> None:
    found = [
        facts("2026-11-22"),
        facts("2026-11-20", deadline("overdue", "2026-11"), deadline("overdue", "2026-11")),
        facts("2026-11-19", deadline("late", "2026-11")),
        facts("2026-10-22"),
        facts("2026-08-23", deadline("overdue", "2026-09")),
        facts("2026-11-01", ended="2026-11-02"),
    ]
    assert ages(found, date(2026, 11, 22)) == [
        Class("0-2", 2, 1),
        Class("3-7", 1, 0),
        Class("8-14", 0, 0),
        Class("15-30", 0, 0),
        Class("31-90", 1, 0),
        Class("91-", 1, 1),
    ]


def test_answers_are_counted_and_averaged() -> None:
    visits = [
        Visit("2026-10", 5, (4, None, None, None, None)),
        Visit("2026-10", 2, (1, 3, None, None, None)),
        Visit("2026-11", None, (None,) * 5),
        Visit("2026-08", 1, (None,) * 5),
    ]
    found = answers(visits, SPAN)
    assert (found.scores, found.answered, found.unreached) == ([0, 1, 0, 0, 1], 2, 1)
    assert found.mean == 3.5
    assert found.aspects == [2.5, 3.0, None, None, None]
    assert answers([], SPAN).mean is None


def test_money_is_added_as_decimals_and_each_currency_stays_its_own() -> None:
    payments = [
        Payment("2026-10", "NOK", "0.10"),
        Payment("2026-10", "NOK", "0.20"),
        Payment("2026-11", "CNY", "88.00"),
        Payment("2026-08", "CNY", "1.00"),
    ]
    assert compensation(payments, SPAN) == {
        "CNY": {"2026-09": Decimal(0), "2026-10": Decimal(0), "2026-11": Decimal("88.00")},
        "NOK": {"2026-09": Decimal(0), "2026-10": Decimal("0.30"), "2026-11": Decimal(0)},
    }


@pytest.mark.parametrize(
    ("today", "first", "last"), [(date(2026, 11, 22), "2025-12", "2026-11"), (date(2026, 12, 1), "2026-01", "2026-12")]
)
def test_twelve_months_end_with_the_present_one(today: date, first: str, last: str) -> None:
    span = months.last_twelve(today)
    assert (span.months[0], span.months[-1], len(span.months)) == (first, last, 12)
    assert span.holds(first)
    assert not span.holds("2025-11")


def test_each_year_in_which_something_happened_has_its_months() -> None:
    assert [span.name for span in months.years(["2024-05", "2026-01", "", "2024-06"])] == ["2026", "2024"]
    assert months.year(2024).months[-1] == "2024-12"
