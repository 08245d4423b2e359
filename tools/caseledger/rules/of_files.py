"""The rules about the files that judge cases: policies, calendars, people, rates, settings."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from caseledger.problem import Problem, Rule
from caseledger.rules import (
    calendar_closed,
    calendar_dates,
    calendar_hours,
    calendar_hours_idle,
    calendar_name,
    calendar_zone,
    people_dates,
    people_email,
    policy_advice,
    policy_calendar,
    policy_fact,
    policy_folder,
    policy_names,
    policy_pausable,
    policy_repeated,
    rates_dates,
    settings_notices,
    settings_profile,
    settings_stores,
    settings_vault,
)
from caseledger.yamltext import Document


class FileRule(Protocol):
    """A rule about one policy, calendar, people or settings file."""

    RULE: Rule

    def check(self, document: Document, root: Path) -> Iterator[Problem]:
        """The findings in one file of the repository at `root`."""


FILE_RULES: Mapping[str, Sequence[FileRule]] = {
    "settings": (settings_profile, settings_notices, settings_stores, settings_vault),
    "people": (people_dates, people_email),
    "rates": (rates_dates,),
    "allowed": (),
    "calendar": (
        calendar_name,
        calendar_zone,
        calendar_closed,
        calendar_hours,
        calendar_hours_idle,
        calendar_dates,
    ),
    "policy": (
        policy_folder,
        policy_names,
        policy_fact,
        policy_repeated,
        policy_pausable,
        policy_calendar,
        policy_advice,
    ),
}
