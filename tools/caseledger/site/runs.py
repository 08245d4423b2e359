"""How the clocks of one cycle ran, as bars on one scale: the time allowed, used, exceeded, and spent waiting."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from caseledger.clocks import OPEN, Verdict

WIDTH = 1000
"""Of the drawing; it is ten high."""


class Run(NamedTuple):
    """The parts of a clock's bar as SVG paths in the order in which they are drawn, "" where there is nothing."""

    used: str
    over: str
    waited: str
    allowed: str
    """To the due time, at which it has a tick."""
    now: str


def runs(verdicts: Sequence[Verdict], now: datetime) -> Iterator[Run | None]:
    """The bar of each clock of one cycle; None for one that has not started."""
    begin = min((verdict.start for verdict in verdicts if verdict.start), default=now)
    end = max(moment for verdict in verdicts for moment in _moments(verdict, now) or [begin])
    length = max(end - begin, timedelta(seconds=1))

    def place(at: datetime) -> int:
        return round(WIDTH * ((min(at, end) - begin) / length))

    return (_run(verdict, now, place) for verdict in verdicts)


def waited(verdict: Verdict, now: datetime) -> timedelta:
    """How long a clock has been paused so far."""
    return sum((end - begin for begin, end in _pauses(verdict, now)), timedelta())


def _run(verdict: Verdict, now: datetime, place: Callable[[datetime], int]) -> Run | None:
    if verdict.start is None:
        return None
    start, stop, due = verdict.start, verdict.stop or now, verdict.due

    def line(begin: datetime, end: datetime) -> str:
        return f"M{place(begin)} 5H{max(place(end), place(begin) + 2)}" if begin < end else ""

    return Run(
        used=line(start, min(stop, due) if due else stop),
        over=line(due, stop) if due else "",
        waited="".join(line(begin, end) for begin, end in _pauses(verdict, now)),
        allowed=f"M{place(start)} 5H{place(due)}M{place(due)} 0V10" if due else "",
        now=f"M{place(now)} 0V10" if verdict.status in OPEN else "",
    )


def _pauses(verdict: Verdict, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The times in which a clock that has started was paused."""
    until = verdict.stop or now
    for pause in verdict.pauses:
        begin, end = max(pause.begin, verdict.start or pause.begin), min(pause.end or until, until)
        if begin < end:
            yield begin, end


def _moments(verdict: Verdict, now: datetime) -> list[datetime]:
    if verdict.start is None:
        return []
    return [moment for moment in (verdict.start, verdict.due, verdict.stop or now) if moment]
