"""A calendar file drafted from the `holidays` library, for a person to check against the official notice.

The library knows the statutory days and, once they are announced, the days that are moved; before that it can only
extrapolate. A draft is therefore marked provisional, and a verdict never depends on the library.
"""

import importlib.metadata
import importlib.resources
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from caseledger.calendar import WEEKDAYS
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

if TYPE_CHECKING:
    from holidays import HolidayBase

# The zone that stands for the whole country where a territory or two keeps another (the primary zones of Unicode CLDR).
MAIN_ZONES = {
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "MH": "Pacific/Majuro",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}

# In both languages at once: a file is read by people of either.
FILE = """\
# yaml-language-server: $schema=../../schema/calendar.schema.json
# 草稿：日期由 holidays {library} 推算，仅含全国性假日，尚无人审核。请逐日对照官方通知，
# 补上放假调休与上班的日期，再并入正式日历，并相应后移其 valid_through。
# A draft: days computed by holidays {library}, nationwide only, reviewed by nobody. Check each against the official
# notice, add the days off and working days that it moves, then put them into the reviewed calendar, whose
# valid_through moves with them.
schema: 1
name: {country}-{year}
provisional: true
timezone: {timezone}
week: {{{week}}}
valid_through: {year}-12-31
sources:
  - 软件推算，并非官方通知 / computed, not an official notice (holidays {library})
exceptions:
{exceptions}
"""
MOVED = "调休上班 / make-up working day"


def draft(country: str, year: int, timezone: str | None = None) -> str:
    """The text of a provisional calendar file for one year of an ISO 3166-1 country; CannotGoOn if none can be made."""
    country = country.upper()
    zones = _zones(country)
    days = _holidays(country, year)
    timezone = timezone or MAIN_ZONES.get(country) or (zones[0] if len(zones) == 1 else None)
    if timezone not in zones:
        raise CannotGoOn(
            Text(N_("Name the time zone, one of those of {country}: {zones}."), country=country, zones=", ".join(zones))
        )
    exceptions = [(day, False, name) for day, name in days.items()]
    exceptions += [(day, True, MOVED) for day in days.weekend_workdays if day.year == year]
    week = sorted((date(year, 1, 1) + timedelta(n) for n in range(7)), key=date.weekday)
    return FILE.format(
        library=importlib.metadata.version("holidays"),
        country=country,
        year=year,
        timezone=timezone,
        week=", ".join(f"{name}: {_yaml(not days.is_weekend(day))}" for name, day in zip(WEEKDAYS, week, strict=True)),
        exceptions="\n".join(
            f"  - {{date: {day}, open: {_yaml(is_open)}, name: {_yaml(name)}}}"
            for day, is_open, name in sorted(exceptions)
        ),
    )


def _holidays(country: str, year: int) -> "HolidayBase":
    """The days off of one year, named in the country's own language."""
    import holidays  # noqa: PLC0415 - takes longer to load than most commands to run

    if country not in holidays.list_supported_countries():
        raise _unknown(country)
    language = holidays.country_holidays(country).default_language
    days = holidays.country_holidays(country, years=year, language=language)
    if not days:
        raise CannotGoOn(
            Text(N_("The holidays library knows no holidays of {country} in {year}."), country=country, year=str(year))
        )
    return days


def _zones(country: str) -> list[str]:
    """The IANA zones of a country, from the table that comes with the time zone data."""
    table = importlib.resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    zones = [row[2] for row in rows if row[0] == country]
    if not zones:
        raise _unknown(country)
    return zones


def _unknown(country: str) -> CannotGoOn:
    return CannotGoOn(
        Text(
            N_("No holidays are known for {country}: name a country by its two letters, as in ISO 3166-1."),
            country=country,
        )
    )


def _yaml(value: bool | str) -> str:
    """A scalar that reads back as itself whatever it holds: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)
