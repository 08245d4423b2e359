"""What a policy asks of an event beyond who may record it and after what, where the facts of the case say so."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

ANY, NONE = "any", "none"
"""Wanted of a value: that there is one, that there is none."""


class Value(NamedTuple):
    """A value of the case's head, or of the last `event` of a type in the cycle, and what it is wanted to be."""

    path: str
    event: str | None
    wanted: tuple[Any, ...]

    def fits(self, found: Collection[Any]) -> bool:
        """Whether the values found at the path are as wanted: of several, one is enough."""
        if self.wanted == (NONE,):
            return not found
        return bool(found) if self.wanted == (ANY,) else any(value in self.wanted for value in found)

    def __str__(self) -> str:
        """As it is written in a case: `closed.outcome: resolved / partly-resolved`."""
        if self.wanted == (ANY,):
            return self.path
        return f"{self.path}: {' / '.join(str(w).lower() if isinstance(w, bool) else str(w) for w in self.wanted)}"


class Came(NamedTuple):
    """That one of these event types came in the cycle, or one came several times."""

    types: tuple[str, ...]
    times: int = 1

    def __str__(self) -> str:
        """`followed-up / escalation-resolved`, `disagreed × 2`."""
        return " / ".join(self.types) + (f" × {self.times}" if self.times > 1 else "")


Fact = Value | Came


class Condition(NamedTuple):
    """Where all facts of `when` hold, each of the `events` needs all facts of `needs`, and one of the roles in `by`."""

    id: str
    events: tuple[str, ...]
    when: tuple[Fact, ...]
    needs: tuple[Fact, ...]
    by: tuple[str, ...]
    clause: str


def load(data: Mapping[str, Any], types: Collection[str]) -> Condition:
    """The condition that an entry of `conditions` describes, in a policy with these event types."""
    return Condition(
        id=data["id"],
        events=tuple(data["for"]),
        when=_facts(data.get("when", {}), types),
        needs=_facts(data.get("needs", {}), types),
        by=tuple(data.get("by", ())),
        clause=data["clause"],
    )


def _facts(data: Mapping[str, Any], types: Collection[str]) -> tuple[Fact, ...]:
    found: list[Fact] = []
    for path, wanted in data.items():
        if path == "events":
            found += [Came((choice,) if isinstance(choice, str) else tuple(choice)) for choice in wanted]
        elif path == "times":
            found += [Came((event,), times) for event, times in wanted.items()]
        else:
            event = path.partition(".")[0]
            values = tuple(wanted) if isinstance(wanted, list) else (wanted,)
            found.append(Value(path, event if event in types else None, values))
    return tuple(found)
