"""Small invented policies, valid by the schema, with clocks of every kind that clocks.md knows."""

from typing import Any

from hypothesis import strategies as st

GRADES = ["mild", "usual", "grave", "dire"]
CHANNELS = ["chat", "email", "phone"]
CATEGORIES = ["goods", "parcel"]
DEMANDS = ["refund", "repair"]
ROLES = ["intake", "lab", "management"]
DAYS = {"d": 8, "mo": 2, "y": 1}
HOURS = {"s": 90, "min": 90, "h": 60}
FROM = [
    ["opened"],
    ["opened"],
    ["received"],
    ["graded"],
    ["assigned"],
    ["assigned", "verified"],
    ["executed"],
    ["executed", "closed"],
    ["closed", "declined", "withdrawn"],
    ["reopened"],
    ["reported", "information-requested"],
]
TO = [
    ["responded"],
    ["responded", "declined"],
    ["executed"],
    ["closed", "reopened"],
    ["reopened"],
    ["graded"],
    ["reported"],
    ["assigned", "withdrawn"],
    ["information-received"],
]
EVENTS = [
    "received",
    "declined",
    "information-requested",
    "information-received",
    "verified",
    "graded",
    "assigned",
    "responded",
    "extended",
    "executed",
    "reopened",
    "reported",
    "withdrawn",
    "closed",
    "corrected",
    "note",
]
TITLE = {"zh": "示例", "en": "Example"}


def units(*, pausable: bool, hours: bool) -> dict[str, int]:
    """Units and the most of each; only time that passes inside or outside windows can be paused."""
    working = {"wd": 6, "wh": 30} if hours else {"wd": 6}
    return HOURS | working if pausable else HOURS | working | DAYS


def durations(limits: dict[str, int]) -> st.SearchStrategy[str]:
    """A duration in one of the units."""
    return st.sampled_from(sorted(limits)).flatmap(
        lambda unit: st.integers(1, limits[unit]).map(lambda number: f"{number} {unit}")
    )


def _some(values: list[str]) -> st.SearchStrategy[Any]:
    return st.sampled_from(values) | st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


@st.composite
def _limits(draw: st.DrawFn, grades: list[str], limits: dict[str, int]) -> list[dict[str, Any]]:
    facts = {
        "channel": _some(CHANNELS),
        "category": _some(CATEGORIES),
        "demand": _some(DEMANDS),
        "public_opinion": st.booleans(),
    }
    entries = []
    for _ in range(draw(st.integers(1, 3))):
        entry: dict[str, Any] = {"within": draw(durations(limits)), "company_set": draw(st.booleans())}
        when = {"grade": draw(_some(grades))} if draw(st.integers(0, 4)) else {}
        if not draw(st.integers(0, 3)):
            fact = draw(st.sampled_from(sorted(facts)))
            when[fact] = draw(facts[fact])
        entries.append(entry | ({"when": when} if when else {}))
    return entries


@st.composite
def _clocks(draw: st.DrawFn, name: str, grades: list[str], *, hours: bool) -> dict[str, Any]:
    pausable = draw(st.booleans())
    allowed = units(pausable=pausable, hours=hours)
    if draw(st.booleans()):
        allowed = {unit: most for unit, most in allowed.items() if unit in ("wd", "d")}
    starts = draw(st.sampled_from(FROM))
    clock: dict[str, Any] = {
        "id": name,
        "title": TITLE,
        "clause": "A1",
        "owner": draw(st.sampled_from([*ROLES, "responsible-department"])),
        "from": starts,
        "to": draw(st.sampled_from(TO).filter(lambda to: to != starts)),
        "limits": draw(_limits(grades, allowed)),
    }
    if pausable or draw(st.booleans()):
        clock["pausable"] = pausable
    if draw(st.booleans()):
        terms: dict[str, Any] = {"max": draw(durations(allowed))}
        terms |= draw(st.sampled_from([{}, {"approver": "management"}, {"company_set": True}]))
        clock["extendable"] = terms | draw(st.sampled_from([{}, {"consumer_told": True}, {"consumer_told": False}]))
    if draw(st.booleans()):
        clock["warn"] = draw(durations(HOURS))
    within = [entry["within"].split() for entry in clock["limits"]]
    if len({unit for _, unit in within}) == 1 and draw(st.booleans()):
        number = draw(st.integers(1, min(int(number) for number, _ in within)))
        clock["not_before"] = f"{number} {within[0][1]}"
    return clock


@st.composite
def policies(draw: st.DrawFn, *, hours: bool) -> dict[str, Any]:
    """A policy file; working hours only where the calendar has hours."""
    grades = GRADES[: draw(st.integers(2, 4))]
    return {
        "schema": 1,
        "profile": "invented",
        "version": "2020-01-01",
        "title": TITLE,
        "calendar": "INVENTED",
        "roles": dict.fromkeys(ROLES, TITLE),
        "grades": dict.fromkeys(grades, TITLE),
        "default_grade": draw(st.sampled_from(grades)),
        "categories": dict.fromkeys(CATEGORIES, TITLE),
        "events": {kind: {"by": "any", "after": []} for kind in EVENTS},
        "clocks": [draw(_clocks(f"clock-{n}", grades, hours=hours)) for n in range(draw(st.integers(1, 4)))],
        "obligations": [],
        "retention": {"keep": "3 y", "clause": "A16"},
    }
