"""Small invented policies, valid by the schema, with clocks of every kind that clocks.md knows."""

from typing import Any

from hypothesis import strategies as st

GRADES = ["mild", "usual", "grave", "dire"]
CHANNELS = ["chat", "email", "phone"]
CATEGORIES = ["goods", "parcel"]
DEMANDS = ["refund", "repair"]
ROLES = ["intake", "lab", "management"]
ELAPSED = ["1 h", "1 s", "90 s", "1 min", "45 min", "2 h", "24 h", "60 h"]
WORKING_HOURS = ["1 wh", "2 wh", "5 wh", "8 wh", "30 wh"]
WORKING_DAYS = ["1 wd", "2 wd", "3 wd", "5 wd", "6 wd"]
DAYS = ["1 d", "2 d", "7 d", "1 mo", "2 mo", "1 y"]
FROM = [
    ["opened"],
    ["opened"],
    ["received"],
    ["graded"],
    ["graded", "executed"],
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
OTHER_FACTS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        *[{}] * 12,
        {"channel": "chat"},
        {"channel": ["chat", "phone"]},
        {"category": "goods"},
        {"demand": ["refund", "repair"]},
        {"demand": "repair", "public_opinion": False},
        {"public_opinion": True},
    ]
)
TITLE = {"zh": "示例", "en": "Example"}


def durations(*, pausable: bool, hours: bool) -> list[str]:
    """Limits that a clock may have; only time that passes inside or outside windows can be paused."""
    return WORKING_DAYS + ELAPSED + (WORKING_HOURS if hours else []) + ([] if pausable else DAYS)


def _some(values: list[str]) -> list[Any]:
    """What a `when` may say of a fact."""
    return [*values, values[:2], values[-2:]]


@st.composite
def _limits(draw: st.DrawFn, grades: list[str], allowed: list[str]) -> list[dict[str, Any]]:
    entries = []
    for _ in range(draw(st.sampled_from([1, 2, 2, 3]))):
        entry: dict[str, Any] = {"within": draw(st.sampled_from(allowed))}
        grade = draw(st.sampled_from([*_some(grades), None]))
        when = ({"grade": grade} if grade else {}) | draw(OTHER_FACTS)
        entries.append(entry | ({"when": when} if when else {"company_set": True}))
    return entries


@st.composite
def _clocks(draw: st.DrawFn, name: str, grades: list[str], *, hours: bool) -> dict[str, Any]:
    pausable = draw(st.booleans())
    allowed = durations(pausable=pausable, hours=hours)
    if draw(st.booleans()):
        allowed = [text for text in allowed if text in WORKING_DAYS or text in DAYS[:3]]
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
        terms: dict[str, Any] = {"max": draw(st.sampled_from(allowed))}
        terms |= draw(st.sampled_from([{}, {"approver": "management"}, {"company_set": True}]))
        clock["extendable"] = terms | draw(st.sampled_from([{}, {"consumer_told": True}, {"consumer_told": False}]))
    if draw(st.booleans()):
        clock["warn"] = draw(st.sampled_from(ELAPSED))
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
