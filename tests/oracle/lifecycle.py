"""Which event may be recorded next, read from the data of a policy alone, looking back over the whole case each time.

Written from the documents, not from the program: nothing is remembered from one event to the next.
"""

from collections.abc import Iterable, Sequence
from typing import Any

Data = dict[str, Any]

ENDS = {"declined", "withdrawn", "closed"}
AFTER_END = {"reopened", "reported", "corrected", "evidence", "note"}


def allowed(policy: Data, case: Data, event: Data) -> bool:
    """Whether a case under a policy may take this event as its next one."""
    kind, events = event["type"], case["events"]
    if kind not in policy["events"] or kind == "received":
        return False
    if ended(events) and kind not in AFTER_END:
        return False
    if (kind == "information-requested" and waiting(events)) or (
        kind == "information-received" and not waiting(events)
    ):
        return False
    cycle = present_cycle(events)
    stands = {e["type"] for e in standing(policy, cycle)} | {"opened"}
    step = policy["events"][kind]
    if not all(stands.intersection(_choice(choice)) for choice in step["after"]):
        return False
    applying = [
        condition
        for condition in policy.get("conditions", [])
        if kind in condition["for"] and _hold(condition.get("when", {}), policy, case, event)
    ]
    if not all(_hold(condition.get("needs", {}), policy, case, event) for condition in applying):
        return False
    special = [role for condition in applying for role in condition.get("by", [])]
    return event["as"] in _roles(special or step["by"], policy, events)


def ended(events: Sequence[Data]) -> bool:
    """Whether the case has ended and was not reopened since."""
    kinds = [event["type"] for event in events]
    last = max((i for i, kind in enumerate(kinds) if kind == "reopened"), default=-1)
    return any(kind in ENDS for kind in kinds[last + 1 :])


def waiting(events: Sequence[Data]) -> bool:
    """Whether the complainant was asked and neither an answer nor the end came since."""
    kinds = [event["type"] for event in events]
    turns = [kind for kind in kinds if kind in ENDS | {"information-requested", "information-received"}]
    return turns[-1:] == ["information-requested"]


def present_cycle(events: Sequence[Data]) -> Sequence[Data]:
    """The events from the last `reopened` on."""
    begin = max((i for i, event in enumerate(events) if event["type"] == "reopened"), default=0)
    return events[begin:]


def standing(policy: Data, cycle: Sequence[Data]) -> list[Data]:
    """The events of a cycle that no later one of it voids."""
    return [
        event
        for i, event in enumerate(cycle)
        if not any(event["type"] in policy["events"][later["type"]].get("voids", []) for later in cycle[i + 1 :])
    ]


def _hold(facts: Data, policy: Data, case: Data, event: Data) -> bool:
    cycle = present_cycle(case["events"])
    stands = standing(policy, cycle)
    for name, wanted in facts.items():
        if name == "events":
            held = all({e["type"] for e in stands}.intersection(_choice(choice)) for choice in wanted)
        elif name == "times":
            held = all(sum(e["type"] == kind for e in cycle) >= times for kind, times in wanted.items())
        else:
            found = list(_values(name, policy, case, event, stands))
            if wanted in ("any", "none"):
                held = bool(found) == (wanted == "any")
            else:
                held = any(value in (wanted if isinstance(wanted, list) else [wanted]) for value in found)
        if not held:
            return False
    return True


def _values(name: str, policy: Data, case: Data, event: Data, stands: Sequence[Data]) -> Iterable[Any]:
    if name == "grade":
        return [([policy["default_grade"]] + [e["grade"] for e in case["events"] if e["type"] == "graded"])[-1]]
    first, *path = name.split(".")
    if first not in policy["events"]:
        return _below(case, [first, *path])
    of_the_type = [event] if event["type"] == first else [e for e in stands if e["type"] == first]
    return _below(of_the_type[-1], path) if of_the_type else []


def _below(value: Any, path: Sequence[str]) -> Iterable[Any]:
    if isinstance(value, list):
        return [found for entry in value for found in _below(entry, path)]
    if path:
        return _below(value.get(path[0]), path[1:]) if isinstance(value, dict) else []
    return [] if value is None else [value]


def _roles(by: str | list[str], policy: Data, events: Sequence[Data]) -> set[str]:
    if by == "any":
        return set(policy["roles"])
    assigned = [event["to"] for event in events if event["type"] == "assigned"]
    return {assigned[-1] if role == "responsible-department" and assigned else role for role in by}


def _choice(choice: str | list[str]) -> list[str]:
    return [choice] if isinstance(choice, str) else choice
