"""How many deadlines were kept, month by month: of a clock, of a department, of all."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from caseledger.clocks import Status
from caseledger.figures.facts import Deadline
from caseledger.figures.months import Span

Key = TypeVar("Key", bound=Hashable)


class Count(NamedTuple):
    """Decided deadlines."""

    kept: int = 0
    broken: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.kept + self.broken

    @property
    def rate(self) -> float | None:
        """The part that was kept, from 0 to 1; None where none was decided."""
        return self.kept / self.total if self.total else None


def punctuality(
    found: Mapping[Deadline, int], span: Span, key: Callable[[Deadline], Key]
) -> dict[Key, Mapping[str, Count]]:
    """The deadlines decided in each month of a span, for each key; `found` says how many there are of each kind.

    Too early counts as broken, as everywhere.
    """
    counts: dict[Key, dict[str, Count]] = defaultdict(lambda: dict.fromkeys(span.months, Count()))
    for deadline, number in found.items():
        if deadline.month and span.holds(deadline.month):
            of_key = counts[key(deadline)]
            kept, broken = of_key[deadline.month]
            in_time = deadline.status == Status.MET
            of_key[deadline.month] = Count(kept + number * in_time, broken + number * (not in_time))
    return dict(counts)


def total(counts: Iterable[Count]) -> Count:
    """Counts added up."""
    found = list(counts)
    return Count(sum(count.kept for count in found), sum(count.broken for count in found))
