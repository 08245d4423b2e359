"""Whether people are at work: notices are sent then, and wait otherwise."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from caseledger import calendar
from caseledger.calendar import Calendar
from caseledger.rulebook import Rulebook


def at_work(hours: Calendar, settings: Mapping[str, Any], now: datetime) -> bool:
    """Whether `now` is in the calendar's working time, and in the hours that the settings name for notices."""
    day = hours.day_of(now)
    of_notices = [calendar.minutes(window) for window in settings.get("hours", ["00:00-24:00"])]
    return all(
        any(hours.moment(day, opening) <= now < hours.moment(day, closing) for opening, closing in windows)
        for windows in (hours.windows(day), of_notices)
    )


def calendar_of(rulebook: Rulebook, settings: Mapping[str, Any], now: datetime) -> Calendar:
    """The calendar that the settings name for notices, else that of the policy for new cases."""
    name = settings.get("calendar")
    if name is None:
        policy = rulebook.policy(rulebook.in_force(rulebook.settings["profile"], now.date().isoformat()) or "")
        name = policy.calendar if policy else ""
    return rulebook.calendar(name)
