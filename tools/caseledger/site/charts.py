"""The geometry of charts: numbers in, places of bars, points and labels out; templates draw them as SVG.

Lengths are in the units of the drawing, which are pixels where it is shown in full size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Bar(NamedTuple):
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


class Column(NamedTuple):
    """A column of two parts, the lower and the upper one, and the middle of its foot and its head."""

    label: str
    lower: Bar
    upper: Bar
    middle: float
    head: float


@dataclass(frozen=True)
class Columns:
    """A chart of columns: its size, the line that they stand on, the lines behind them with their values."""

    width: float
    height: float
    ground: float
    columns: Sequence[Column]
    lines: Sequence[tuple[float, int]]


STEP, TALL, TOP, FOOT, LEFT = 64.0, 140.0, 22.0, 22.0, 36.0


def columns(values: Sequence[tuple[str, int, int]]) -> Columns:
    """Columns for (label, lower, upper), as high as the values say."""
    highest = max((lower + upper for _, lower, upper in values), default=0)
    step = _round_step(highest)
    most = max(step * -(-highest // step), step)
    scale, ground = TALL / most, TOP + TALL
    made = []
    for place, (label, lower, upper) in enumerate(values):
        x, low, up = LEFT + place * STEP + 12, lower * scale, upper * scale
        made.append(
            Column(
                label,
                Bar(x, round(ground - low, 1), STEP - 24, round(low, 1)),
                Bar(x, round(ground - low - up, 1), STEP - 24, round(up, 1)),
                LEFT + place * STEP + STEP / 2,
                round(ground - low - up - 6, 1),
            )
        )
    lines = [(round(ground - value * scale, 1), value) for value in range(0, most + 1, step)]
    return Columns(LEFT + STEP * len(values), ground + FOOT, ground, made, lines)


def trend(values: Sequence[float | None], width: float, height: float) -> str:
    """The path of a trend of values from 0 to 1; a value that is None parts it, and one alone is a dot."""
    step = width / max(len(values) - 1, 1)
    made: list[str] = []
    before = None
    for place, value in enumerate(values):
        if value is not None:
            alone = before is None and all(other is None for other in values[place + 1 : place + 2])
            made.append(f"{'M' if before is None else 'L'}{place * step:.0f} {height * (1 - value):.0f}{'h0' * alone}")
        before = value
    return "".join(made)


def _round_step(highest: int) -> int:
    """The distance of lines of which there are at most five: 1, 2 or 5 times a power of ten."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= factor * size * 5:
                return factor * size
        size *= 10
