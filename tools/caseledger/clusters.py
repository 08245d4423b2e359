"""Groups of cases with the same problem, each received within a window after the one before it.

For every SKU, batch and supplier its cases are sorted and cut where the gap is too long: near-linear in all cases.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from caseledger.occurrence import KINDS, Key, Occurrence, Occurrences

WINDOW = timedelta(days=30)
"""The longest gap within a cluster where nobody asks for another."""

Problem = tuple[str, str]
"""("nature", what investigations found) or ("category", what nobody has investigated yet)."""

Run = tuple[Occurrence, ...]


@dataclass(frozen=True)
class Cluster:
    """Two or more cases with one problem, oldest first, and all that they share."""

    problem: Problem
    keys: tuple[Key, ...]
    cases: Run


def clusters(found: Iterable[Occurrence], window: timedelta, at: datetime) -> list[Cluster]:
    """The clusters as known at `at`, largest first, then newest first.

    A case that is not investigated yet belongs to each nature that investigations found in its category.
    """
    counted = Occurrences(one for one in found if one.received <= at and one.counts(at))
    keys: dict[tuple[Problem, Run], list[Key]] = defaultdict(list)
    for key, sharing in counted.by_key.items():
        for problem, run in _at_one_key(sharing, window, at):
            keys[problem, run].append(key)
    made = [Cluster(problem, tuple(sorted(shared, key=_rank)), run) for (problem, run), shared in keys.items()]
    return sorted(made, key=lambda c: (-len(c.cases), -c.cases[-1].received.timestamp(), c.problem, c.keys))


def _at_one_key(sharing: Sequence[Occurrence], window: timedelta, at: datetime) -> Iterator[tuple[Problem, Run]]:
    natures = {one.case: one.nature(at) for one in sharing}
    joined: set[str] = set()
    for nature in sorted({nature for nature in natures.values() if nature}):
        categories = {one.category for one in sharing if natures[one.case] == nature}
        fitting = [o for o in sharing if natures[o.case] in (nature, None) and o.category in categories]
        for run in _runs(fitting, window):
            if any(natures[one.case] for one in run):
                joined.update(one.case for one in run)
                yield ("nature", nature), run
    rest = [one for one in sharing if natures[one.case] is None and one.case not in joined]
    for category in sorted({one.category for one in rest}):
        for run in _runs([one for one in rest if one.category == category], window):
            yield ("category", category), run


def _rank(key: Key) -> int:
    return KINDS.index(key.kind)


def _runs(cases: Sequence[Occurrence], window: timedelta) -> Iterator[Run]:
    """The cases cut where one is received later than `window` after the one before; two at least."""
    begin = 0
    for end in range(1, len(cases) + 1):
        if end == len(cases) or cases[end].received - cases[end - 1].received > window:
            if end - begin > 1:
                yield tuple(cases[begin:end])
            begin = end
