"""What the other cases of a repository need to know of one: when, which goods, which problem; and which are alike.

Two cases have the same problem where they share a SKU, a batch or a supplier, and the nature that the investigation
found; while one of them has not been investigated, the category decides. A batch is its supplier's: numbers repeat.
A case that was declined or found unfounded is no occurrence of any problem.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
        return self._counts(self.nature(at), at)

    def is_of(self, nature: str | None, category: str, at: datetime) -> bool:
        """Whether it is an occurrence of that nature, or of that category while one of the two natures is not known."""
        found = self.nature(at)
        return self._counts(found, at) and (found == nature if found and nature else self.category == category)

    def _counts(self, nature: str | None, at: datetime) -> bool:
        return nature != "unfounded" and (self.declined is None or self.declined > at)


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
        self._received = {key: [one.received for one in sharing] for key, sharing in self.by_key.items()}

    def similar(self, one: Occurrence, window: timedelta, at: datetime, enough: int | None = None) -> Similar | None:
        """The most cases, itself included, that share a key and the problem with this one as known at `at`.

        They were received by then, at most `window` before or after it. No more than `enough` are looked for, and none
        where there cannot be as many.
        """
        found, nature = [], one.nature(at)
        for key in one.keys:
            near = self._near(key, one, window, at)
            if len(near) >= (enough or 0):
                alike = (other for other in near if other.is_of(nature, one.category, at))
                found.append(Similar(key, list(islice(alike, enough))))
                if len(found[-1].cases) == enough:
                    break
        return max(found, key=lambda similar: len(similar.cases), default=None)

    def _near(self, key: Key, one: Occurrence, window: timedelta, at: datetime) -> Sequence[Occurrence]:
        """The cases that share a key and were received about when this one was."""
        sharing, received = self.by_key.get(key, ()), self._received.get(key, ())
        begin = bisect_left(received, one.received - window)
        return sharing[begin : bisect_right(received, min(one.received + window, at))]


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
