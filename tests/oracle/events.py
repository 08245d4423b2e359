"""The events of a case as known at an instant: corrected, in order, by cycle; and when they pause it."""

from datetime import datetime
from typing import Any

from tests.oracle.calendar import Pauses

Data = dict[str, Any]
ENDS = ("closed", "declined", "withdrawn")


def known(case: Data, now: datetime) -> list[Data]:
    """The events known at `now`, corrected, in order, with their instant and cycle (sections 1 and 4)."""
    mended = [_mended(case["events"], place, now) for place in range(len(case["events"]))]
    events = [event | {"instant": datetime.fromisoformat(event["at"])} for event in mended]
    events = sorted((event for event in events if event["instant"] <= now), key=lambda event: event["instant"])
    cycle, received = 1, False  # what comes before `received`, as only a correction can make it, is of cycle 1
    for event in events:
        received = received or event["type"] == "received"
        if received and event["type"] == "reopened":
            cycle += 1
        event["cycle"] = cycle
    return events if received else []


def _mended(events: list[Data], place: int, now: datetime) -> Data:
    """An event with all its corrections that are known at `now` (section 1); they may be corrected themselves."""
    event = dict(events[place])
    for later in range(place + 1, len(events)):
        if events[later]["type"] == "corrected":
            correction = _mended(events, later, now)
            if datetime.fromisoformat(correction["at"]) <= now and _target(events, correction) == place:
                changed = event | correction["set"]
                event = {key: value for key, value in changed.items() if value is not None}
    return event


def _target(events: list[Data], correction: Data) -> int | None:
    """The place of the event that a correction names, by `at` and `type` as they stand in the file."""
    named = correction["event"]
    for place, event in enumerate(events):
        same = datetime.fromisoformat(event["at"]) == datetime.fromisoformat(named["at"])
        if same and event["type"] == named["type"]:
            return place
    return None


def paused_after(event: Data, before: bool) -> bool:
    """Whether the case waits for the complainant after an event (section 5)."""
    if event["type"] == "information-requested":
        return True
    return before and event["type"] not in ("information-received", *ENDS)


def pauses_of(events: list[Data]) -> Pauses:
    """When the case waited for the complainant (section 5)."""
    pauses: Pauses = []
    begun: datetime | None = None
    for event in events:
        paused = paused_after(event, begun is not None)
        if paused and begun is None:
            begun = event["instant"]
        elif not paused and begun is not None:
            pauses.append((begun, event["instant"]))
            begun = None
    return pauses if begun is None else [*pauses, (begun, None)]
