"""Working calendars in zones whose clocks jump at different hours, with and without opening hours."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

ZONES = {
    "Asia/Shanghai": ["2026-02-12"],
    "Europe/Berlin": ["2025-03-28", "2025-10-24"],
    "America/New_York": ["2025-03-07", "2025-10-31"],
    "America/Santiago": ["2025-04-03", "2025-09-04"],  # the clocks jump at midnight
    "Pacific/Apia": ["2020-09-25", "2021-04-02"],
    "UTC": ["2026-06-30"],
}
ANYWHERE = ["2024-02-28", "2025-01-30", "2025-12-29"]  # a leap day, the 31st, the turn of a year

# No edge falls where a jump could swallow or repeat it, save at 00:00 and 24:00: clocks.md leaves those open.
WINDOWS = [
    ["09:00-17:00"],
    ["09:00-12:00", "13:30-18:00"],
    ["00:00-12:00", "20:00-24:00"],
    ["08:30-24:00"],
    ["04:00-05:00", "10:00-10:01", "22:00-24:00"],
]
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@st.composite
def calendars(draw: st.DrawFn, around: date, zone: str) -> dict[str, Any]:
    """A calendar file whose exceptions and last valid day lie around a date."""
    with_hours = draw(st.booleans())
    opening: st.SearchStrategy[Any] = st.sampled_from([*WINDOWS, True]) if with_hours else st.just(True)
    usual = draw(opening)
    week: dict[str, Any] = dict.fromkeys(WEEK[:5], usual)
    if draw(st.booleans()):
        week |= draw(st.dictionaries(st.sampled_from(WEEK[1:]), opening | st.just(False), max_size=4))
    days = draw(st.lists(st.integers(-2, 30), max_size=8, unique=True))
    return {
        "schema": 1,
        "name": "INVENTED",
        "timezone": zone,
        "week": week,
        "exceptions": [draw(_exceptions(around + timedelta(days=day), opening)) for day in sorted(days)],
        "valid_through": (around + timedelta(days=draw(st.integers(-1, 60)))).isoformat(),
    }


@st.composite
def _exceptions(draw: st.DrawFn, day: date, opening: st.SearchStrategy[Any]) -> dict[str, Any]:
    exception: dict[str, Any] = {"date": day.isoformat(), "open": draw(st.booleans()), "name": "Exception"}
    hours = draw(opening)
    if hours is not True:
        exception["hours"] = hours
    return exception


def anchors() -> st.SearchStrategy[tuple[str, date]]:
    """A zone and a date at which something is about to happen in it."""
    return st.sampled_from(sorted(ZONES)).flatmap(
        lambda zone: st.tuples(st.just(zone), st.sampled_from(ZONES[zone] + ANYWHERE).map(date.fromisoformat))
    )
