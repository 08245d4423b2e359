"""What the other cases of a repository need to know of one: when, which goods, which problem; and which are alike.

Two cases have the same problem where they share a SKU, a batch or a supplier, and the nature that the investigation
found; while one of them has not been investigated, the category decides. A batch is its supplier's: numbers repeat.
A case that was declined or found unfounded is no occurrence of any problem.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from caseledger.lifecycle import CaseState

KINDS = ("sku", "batch", "supplier")


class Key(NamedTuple):
    """What cases may share: a "sku", a "batch" `of` a supplier ("" if none is named), or a "supplier"."""

    kind: str
    value: str
    of: str = ""


class Graded(NamedTuple):
    """The last grading of a case: when, which grade, despite which criteria, which of the file's events it is."""

    at: datetime
    grade: str
    despite: tuple[str, ...]
    event: int


class Occurrence(NamedTuple):
    """One case, as far as other cases and the advice on its grade go; what is not known of the goods is ""."""

    case: str
    policy: str
    received: datetime
    category: str
    sku: str
    batch: str
    supplier: str
    natures: tuple[tuple[datetime, str], ...]
    """What investigations found, and when, oldest first."""
    declined: datetime | None
    amount: tuple[str, str] | None
    """Value and currency of the order."""
    public_opinion: bool
    safety: bool
    graded: Graded | None

    @property
    def keys(self) -> list[Key]:
        """What it may share with other cases, the narrowest first."""
        keys = (Key("sku", self.sku), Key("batch", self.batch, self.supplier), Key("supplier", self.supplier))
        return [key for key in keys if key.value]

    def nature(self, at: datetime) -> str | None:
        """The nature that the last investigation by `at` found, None before the first."""
        for found, nature in reversed(self.natures):
            if found <= at:
                return nature
        return None

    def counts(self, at: datetime) -> bool:
        """Whether it is an occurrence of a problem, as known at `at`."""
        return (self.declined is None or self.declined > at) and self.nature(at) != "unfounded"

    def alike(self, other: "Occurrence", at: datetime) -> bool:
        """Whether both have the same nature, or the same category while one is not investigated."""
        mine, its = self.nature(at), other.nature(at)
        return mine == its if mine and its else self.category == other.category


class Similar(NamedTuple):
    """The cases with one problem that share a key, oldest first."""

    key: Key
    cases: Sequence[Occurrence]


class Occurrences:
    """All cases of a repository by what they share, each list in order of receipt."""

    def __init__(self, found: Iterable[Occurrence]) -> None:
        self.by_key: dict[Key, list[Occurrence]] = defaultdict(list)
        for one in sorted(found, key=lambda o: (o.received, o.case)):
            for key in one.keys:
                self.by_key[key].append(one)

    def similar(self, one: Occurrence, window: timedelta, at: datetime, enough: int | None = None) -> Similar | None:
        """The most cases, itself included, that share a key and the problem with this one as known at `at`.

        They were received by then, at most `window` before or after it. No more than `enough` are looked for.
        """
        found = []
        for key in one.keys:
            found.append(Similar(key, list(islice(self._near(key, one, window, at), enough))))
            if len(found[-1].cases) == enough:
                break
        return max(found, key=lambda similar: len(similar.cases), default=None)

    def _near(self, key: Key, one: Occurrence, window: timedelta, at: datetime) -> Iterator[Occurrence]:
        sharing = self.by_key[key]
        begin = bisect_left(sharing, one.received - window, key=_received)
        end = bisect_right(sharing, min(one.received + window, at), key=_received)
        return (other for other in sharing[begin:end] if other.counts(at) and one.alike(other, at))


def of(state: CaseState) -> Occurrence | None:
    """The occurrence that a case is, as far as it is known; None before it was received."""
    if not state.events:
        return None
    data = state.case.data
    found = state.last("graded")
    ended = state.ended
    product, amount = data.get("product", {}), data.get("order", {}).get("amount")
    return Occurrence(
        case=state.case.id,
        policy=data["policy"],
        received=state.events[0].at,
        category=data["category"],
        sku=product.get("sku", ""),
        batch=product.get("batch", ""),
        supplier=product.get("supplier", ""),
        natures=tuple((e.at, str(e.data.get("nature"))) for e in state.events if e.type == "investigated"),
        declined=ended.at if ended and ended.type == "declined" else None,
        amount=(amount["value"], amount["currency"]) if amount else None,
        public_opinion=data.get("public_opinion", False),
        safety=data.get("safety", False),
        graded=Graded(found.at, str(found.data.get("grade")), _list(found.data.get("despite")), found.index)
        if found
        else None,
    )


def _list(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _received(one: Occurrence) -> datetime:
    return one.received
