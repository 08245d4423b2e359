"""Work on many cases, handed out in parts to the processes of a pool."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Part = TypeVar("Part")
Done = TypeVar("Done")

PART = 250
"""Cases that one process takes at a time."""
AHEAD = 8
"""Parts that wait for a process: there is always one at hand, and never all of them in memory."""


def parts(items: Sequence[Item]) -> list[Sequence[Item]]:
    """A list in parts that one process takes at a time."""
    return [items[i : i + PART] for i in range(0, len(items), PART)]


def each(pool: Executor, work: Callable[[Part], Done], given: Iterable[Part]) -> Iterator[Done]:
    """What `work` makes of each part, in their order; the first are handed out at once, the rest as they are taken."""
    parts = iter(given)
    waiting = deque(pool.submit(work, part) for part in islice(parts, AHEAD))
    return _rest(waiting, (pool.submit(work, part) for part in parts))


def _rest(waiting: deque[Future[Done]], coming: Iterator[Future[Done]]) -> Iterator[Done]:
    while waiting:
        waiting.extend(islice(coming, 1))
        yield waiting.popleft().result()
