"""Legal holds: while one stands on a case, nothing of the case is disposed of; cases/archive/holds.yml."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from caseledger import instant

FILE = "cases/archive/holds.yml"
"""The one file of holds, from the root of a repository."""
PLACED, RELEASED = "placed", "released"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: a hold placed on cases, or released for cases."""

    hold: str
    type: str
    cases: tuple[str, ...]
    at: datetime
    by: str
    role: str
    reason: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold on one case: as it was placed, and as it was released, None while it was not."""

    case: str
    placed: Line
    released: Line | None = None

    @property
    def number(self) -> str:
        """What the hold is called; on several cases it may be one and the same."""
        return self.placed.hold

    def stands(self, day: date) -> bool:
        """Whether nothing may be disposed of on that day: it was neither released nor has it ended by itself."""
        return self.released is None and (self.placed.until is None or day <= self.placed.until)


def load(data: Mapping[str, Any]) -> Iterator[Line]:
    """The lines that a file of the holds schema holds."""
    for line in data["holds"]:
        yield Line(
            hold=line["hold"],
            type=line["type"],
            cases=tuple(line["cases"]),
            at=instant.parse(line["at"]),
            by=line["by"],
            role=line["as"],
            reason=line["reason"],
            until=date.fromisoformat(line["until"]) if "until" in line else None,
        )


def by_case(lines: Iterable[Line]) -> dict[str, tuple[Hold, ...]]:
    """Every hold on each case, in the order of the file; a release of what was never held releases nothing."""
    found: dict[str, dict[str, Hold]] = defaultdict(dict)
    for line in lines:
        for case in line.cases:
            known = found[case].get(line.hold)
            if line.type == PLACED and known is None:
                found[case][line.hold] = Hold(case, line)
            elif line.type == RELEASED and known and known.released is None:
                found[case][line.hold] = Hold(case, known.placed, line)
    return {case: tuple(holds.values()) for case, holds in found.items() if holds}
