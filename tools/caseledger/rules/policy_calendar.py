"""A policy names a calendar that there is, and that has hours where the policy counts them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from caseledger import calendar, duration, schema, yamltext
from caseledger.errors import Refused
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "policy-calendar",
    N_("The calendar does not exist, or has no hours although a limit is in working hours."),
    N_("Write the name of a file of policy/calendars/, give it hours, or write the limit in h or wd."),
    "calendar: CN  # has no hours\nclocks:\n  - limits:\n      - within: 4 wh",
)


def check(document: Document, root: Path) -> Iterator[Problem]:
    """The calendar if there is no file of that name, and every limit in hours that it does not have."""
    name = document.data["calendar"]
    path = root / "policy" / "calendars" / f"{name}.yml"
    if not path.is_file():
        message = Text(N_("There is no policy/calendars/{name}.yml."), name=name)
        yield RULE.problem(document.path, document.place("calendar"), message)
        return
    hours = [(steps, text) for steps, text in _durations(document.data) if duration.parse(text).unit == "wh"]
    for steps, text in () if not hours or _may_have_hours(path) else hours:
        message = Text(N_("{limit} counts working hours, but the calendar {name} has none."), limit=text, name=name)
        yield RULE.problem(document.path, document.place(*steps), message)


def _may_have_hours(path: Path) -> bool:
    """Whether a calendar has hours, or is so wrong that its own problems come first."""
    try:
        data = yamltext.read(path.read_bytes(), path.name).data
    except Refused:
        return True
    return not schema.valid("calendar", data) or calendar.has_hours(data)


def _durations(policy: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for number, clock in enumerate(policy["clocks"]):
        steps = ("clocks", number)
        for place, limit in enumerate(clock["limits"]):
            yield (*steps, "limits", place, "within"), limit["within"]
        if "not_before" in clock:
            yield (*steps, "not_before"), clock["not_before"]
        if "extendable" in clock:
            yield (*steps, "extendable", "max"), clock["extendable"]["max"]
    for number, obligation in enumerate(policy["obligations"]):
        yield ("obligations", number, "within"), obligation["within"]
    if "recording" in policy:
        yield ("recording", "within"), policy["recording"]["within"]
