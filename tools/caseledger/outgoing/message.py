"""What a commit of entries says: which, of which case, by whom; nothing that a consumer or a note said."""

from collections.abc import Mapping, Sequence
from typing import Any

_SHOWN = ("grade", "outcome", "to", "clock", "satisfaction")
"""Own fields of events that hold one of the policy's or the format's names, or a number."""


def message(case_id: str, events: Sequence[Mapping[str, Any]], committer: str | None) -> str:
    """The message of a commit that adds these events; who acted is named where it is not the `committer`."""
    types = ", ".join(dict.fromkeys(str(event["type"]) for event in events))
    roles = ", ".join(dict.fromkeys(str(event["as"]) for event in events))
    lines = [f"{case_id}: {types} ({roles})", ""]
    for event in events:
        shown = [f"{name} {event[name]}" for name in _SHOWN if name in event]
        lines.append(", ".join([f"{event['type']} at {event['at']} by {event['by']}", *shown]))
    others = dict.fromkeys(str(event["by"]) for event in events if event["by"] != committer)
    trailers = [f"Recorded-For: {person}" for person in others]
    return "\n".join([*lines, *([""] if trailers else []), *trailers, ""])
