"""What pages say: lengths of time, due times, sizes, pages of lists, texts translated when a template compiles."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger.figures import months
from caseledger.figures.facts import Facts
from caseledger.site import html, paging
from caseledger.site.rows import Row
from caseledger.site.templating import _environment
from caseledger.site.words import Words

CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(minutes=61), "1 h 1 min"),
        (timedelta(days=2, minutes=5), "2 d"),
        (timedelta(days=2, hours=3, minutes=5), "2 d 3 h"),
        (-timedelta(hours=5), "5 h"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(length: timedelta, said: str) -> None:
    assert Words("en").span(length) == said


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2026, 11, 5, 0, 0, 0, tzinfo=CHINA), "2026-11-04 24:00"),
        (datetime(2026, 11, 5, 9, 30, 0, tzinfo=CHINA), "2026-11-05 09:30"),
        (datetime(2026, 11, 5, 9, 30, 12, tzinfo=CHINA), "2026-11-05 09:30:12"),
    ],
)
def test_a_due_time_at_midnight_is_the_end_of_the_day_before(at: datetime, shown: str) -> None:
    assert html.due(at) == f'<time datetime="{at.isoformat()}">{shown}</time>'


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (2_418_833, "2.4 MB"), (5_100_000_000, "5.1 GB")]
)
def test_sizes_have_the_unit_that_fits(number: int, said: str) -> None:
    assert Words("en").size(number) == said


def row(day: date, number: int) -> Row:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=CHINA)
    return Row(
        id=f"C-{day:%Y%m%d}-{number:05}", policy="quality@2023-01-01", summary="", language="en", market="NO",
        channel="web", category="packaging", grade="general", state="open", outcome=None, received=at, ended=None,
        kept_until=None, watched=(), breaches=0, demand="refund", sku="", supplier="", related=(),
        facts=Facts("quality", "packaging", day, None, "", (), (), (), ()), opened=(), timed="[]",
    )  # fmt: skip


def names(rows: list[Row]) -> list[tuple[str, int]]:
    return [(s.name, len(s.rows)) for s in paging.sheets(rows, lambda row: row.received.date(), months.of)]


def test_a_list_has_a_page_for_each_year() -> None:
    rows = [row(date(2024, 5, 1), 1), row(date(2026, 1, 2), 2), row(date(2026, 11, 3), 3)]
    assert names(rows) == [("2026", 2), ("2024", 1)]


def test_a_crowded_year_has_pages_for_its_parts_and_a_crowded_part_numbered_ones() -> None:
    rows = [row(date(2026, 3, 1 + n % 28), n) for n in range(150)] + [
        row(date(2026, 1, 5), 1),
        row(date(2025, 1, 5), 1),
    ]
    assert names(rows) == [
        ("2026-03", 40), ("2026-03-2", 40), ("2026-03-3", 40), ("2026-03-4", 30), ("2026-01", 1), ("2025", 1),
    ]  # fmt: skip
    first, second, *_ = paging.sheets(rows, lambda row: row.received.date(), months.of)
    assert first.rows[-1].id > second.rows[0].id


def test_a_page_leads_to_all_parts_of_years_nearby_and_to_each_other_year() -> None:
    rows = [row(date(year, 1 + n // 50, 5), n) for year in range(2020, 2027) for n in range(100)]
    sheets = list(paging.sheets(rows, lambda row: row.received.date(), months.of))
    contents = paging.Contents(sheets)
    first = dict(contents.around(None))
    assert first[2026] == [("2026-02", "2026-02"), ("2026-01", "2026-01")]
    assert [year for year, found in first.items() if len(found) == 2] == [2026, 2025, 2024]
    assert first[2020] == [("2020", "2020-02")]
    [current] = [sheet for sheet in sheets if sheet.name == "2021-01-2"]
    near = dict(contents.around(current))
    assert near[2021] == [("2021-02", "2021-02"), ("2021-01", "2021-01"), ("2021-01-2", "2021-01-2")]
    assert [year for year, found in near.items() if len(found) == 1] == [2026, 2025, 2024]
    assert paging.Contents([]).around(None) == []


def test_a_numbered_page_leads_to_all_of_few_and_to_some_of_many() -> None:
    assert paging.near(1, 1) == [1]
    assert paging.near(7, 20) == list(range(1, 21))
    assert paging.near(57, 1408) == [
        1, 10, 20, 30, 40, 50, 54, 55, 56, 57, 58, 59, 60, 70, 80, 90, 100, 200, 300, 400, 500, 1000, 1408,
    ]  # fmt: skip


@given(st.integers(1, 20_000), st.data())
def test_any_numbered_page_is_reached_in_a_few_steps(last: int, data: st.DataObject) -> None:
    here, there = (data.draw(st.integers(1, last)) for _ in range(2))
    for _ in range(8):
        found = paging.near(here, last)
        assert len(found) <= 60
        here = min(found, key=lambda page: abs(page - there))
    assert here == there


def test_quarters() -> None:
    assert [paging.quarter(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026-Q1", "2026-Q1", "2026-Q2", "2026-Q4",
    ]  # fmt: skip


def test_templates_are_translated_when_they_compile_and_values_are_escaped_when_they_run() -> None:
    render = _environment("zh").from_string('{{ t("Cases") }} {{ t("Cycle {n}", n=n) }}').render
    assert render(n="<b>") == "案件 第 &lt;b&gt; 轮"
    assert _environment("en").from_string('{{ t("Cases") }}').render() == "Cases"
