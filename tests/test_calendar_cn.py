"""China's calendar day by day against independent sources, and the drafts that a next year starts from."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from caseledger.calendar import load
from caseledger.calendars.draft import draft
from caseledger.errors import CannotGoOn
from caseledger.yamltext import read

ROOT = Path(__file__).parents[1]
CN = ROOT / "policy/calendars/CN.yml"
SCHEMA = json.loads((ROOT / "schema/calendar.schema.json").read_text(encoding="utf-8"))
YEARS = (2023, 2024, 2025, 2026)


def days_of(*years: int) -> list[date]:
    return [day for year in years for day in (date(year, 1, 1) + timedelta(n) for n in range(366)) if day.year == year]


def working_days(calendar: dict[str, Any], days: list[date]) -> set[date]:
    windows = load(calendar).windows
    return {day for day in days if windows(day)}


def calendar_from(text: bytes) -> dict[str, Any]:
    calendar: dict[str, Any] = read(text, "calendar.yml").data
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(calendar)
    dates = [entry["date"] for entry in calendar["exceptions"]]
    assert dates == sorted(set(dates))
    return calendar


@pytest.fixture(scope="module")
def cn() -> dict[str, Any]:
    return calendar_from(CN.read_bytes())


def test_cn_names_its_notices_and_its_end(cn: dict[str, Any]) -> None:
    assert cn["timezone"] == "Asia/Shanghai"
    assert cn["valid_through"] == "2026-12-31"
    assert cn["sources"] == [
        "国务院办公厅关于2023年部分节假日安排的通知（国办发明电〔2022〕16号，2022年12月8日）",
        "国务院办公厅关于2024年部分节假日安排的通知（国办发明电〔2023〕7号，2023年10月25日）",
        "国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号，2024年11月12日）",
        "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号，2025年11月4日）",
    ]
    assert "provisional" not in cn


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_cn_agrees_with_holiday_cn(cn: dict[str, Any], year: int, shared: Path) -> None:
    listed = json.loads((shared / f"data/holiday-cn/{year}.json").read_text(encoding="utf-8"))["days"]
    assert {entry["date"]: entry["open"] for entry in cn["exceptions"]}.items() >= {
        (entry["date"], not entry["isOffDay"]) for entry in listed
    }
    exceptions = {entry["date"]: not entry["isOffDay"] for entry in listed}
    days = days_of(year)
    assert working_days(cn, days) == {day for day in days if exceptions.get(str(day), day.weekday() < 5)}


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_cn_agrees_with_chinesecalendar(cn: dict[str, Any], year: int) -> None:
    days = days_of(year)
    assert working_days(cn, days) == {day for day in days if chinese_calendar.is_workday(day)}


@pytest.mark.parametrize("year", YEARS)
def test_a_draft_of_an_announced_year_has_the_same_working_days(cn: dict[str, Any], year: int) -> None:
    days = days_of(year)
    assert working_days(calendar_from(draft("CN", year).encode()), days) == working_days(cn, days)


def test_a_draft_of_a_year_to_come_is_a_provisional_calendar() -> None:
    calendar = calendar_from(draft("cn", 2027).encode())
    exceptions = calendar.pop("exceptions")
    assert calendar == {
        "schema": 1,
        "name": "CN-2027",
        "provisional": True,
        "timezone": "Asia/Shanghai",
        "week": {"mon": True, "tue": True, "wed": True, "thu": True, "fri": True, "sat": False, "sun": False},
        "valid_through": "2027-12-31",
        "sources": calendar["sources"],
    }
    assert exceptions[:3] == [
        {"date": "2027-01-01", "open": False, "name": "元旦"},
        {"date": "2027-02-05", "open": False, "name": "农历除夕"},
        {"date": "2027-02-06", "open": False, "name": "春节"},
    ]
    assert {entry["date"][:4] for entry in exceptions} == {"2027"}
    assert not any(entry["open"] for entry in exceptions), "make-up days are unknown until they are announced"


def test_a_draft_opens_the_days_that_are_known_to_be_moved() -> None:
    exceptions = calendar_from(draft("CN", 2026).encode())["exceptions"]
    assert [entry["date"] for entry in exceptions if entry["open"]] == [
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
    ]


def test_a_draft_keeps_the_week_and_the_words_of_its_country() -> None:
    iran = calendar_from(draft("IR", 2026).encode())
    assert [day for day, is_open in iran["week"].items() if not is_open] == ["fri"]
    norway = calendar_from(draft("NO", 2027).encode())
    assert {"date": "2027-05-01", "open": False, "name": "Arbeidernes dag"} in norway["exceptions"]
    assert norway["timezone"] == "Europe/Oslo"


def test_a_country_of_several_zones_needs_one_named() -> None:
    with pytest.raises(CannotGoOn) as refusal:
        draft("PS", 2026)
    assert refusal.value.text.to("en") == "Name the time zone, one of those of PS: Asia/Gaza, Asia/Hebron."
    with pytest.raises(CannotGoOn, match="Name the time zone"):
        draft("US", 2026, "Europe/Oslo")
    assert calendar_from(draft("US", 2026, "America/Chicago").encode())["timezone"] == "America/Chicago"


@pytest.mark.parametrize(
    ("country", "year", "text"),
    [
        ("ZZ", 2027, "No holidays are known for ZZ: name a country by its two letters, as in ISO 3166-1."),
        ("CHN", 2027, "No holidays are known for CHN: name a country by its two letters, as in ISO 3166-1."),
        ("BV", 2027, "No holidays are known for BV: name a country by its two letters, as in ISO 3166-1."),
        ("CN", 1900, "The holidays library knows no holidays of CN in 1900."),
        ("CN", 99999, "The holidays library knows no holidays of CN in 99999."),
    ],
)
def test_what_cannot_be_drafted_is_said(country: str, year: int, text: str) -> None:
    with pytest.raises(CannotGoOn) as refusal:
        draft(country, year)
    assert refusal.value.text.to("en") == text
