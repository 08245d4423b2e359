"""The few kinds that make up most of the cases (Pareto): counted, the most frequent first, and added up."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Share(Generic[Value]):
    """How often a value came; its share, and that of all up to it, from 0 to 1."""

    value: Value
    count: int
    share: float
    cumulative: float


def pareto(values: Iterable[Value]) -> list[Share[Value]]:
    """The values, the most frequent first; equally frequent ones in their own order."""
    counts = sorted(Counter(values).items(), key=lambda item: (-item[1], str(item[0])))
    whole = sum(count for _, count in counts)
    sums = accumulate(count for _, count in counts)
    return [
        Share(value, count, count / whole, up_to / whole) for (value, count), up_to in zip(counts, sums, strict=True)
    ]
