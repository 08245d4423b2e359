"""Durations as policies write them: "30 min", "3 wd", "3 y"."""

import re
from dataclasses import dataclass
from datetime import timedelta

_WRITTEN = re.compile(r"([1-9][0-9]{0,3}) (s|min|h|wh|wd|d|mo|y)", re.ASCII)
_SECONDS = {"s": 1, "min": 60, "h": 3600, "wh": 3600}


@dataclass(frozen=True)
class Duration:
    """A number of seconds, minutes, hours, working hours, working days, days, months or years."""

    number: int
    unit: str

    @property
    def elapsed(self) -> timedelta:
        """The length of a duration in s, min, h or wh."""
        return timedelta(seconds=self.number * _SECONDS[self.unit])

    def __str__(self) -> str:
        return f"{self.number} {self.unit}"


def parse(text: str) -> Duration:
    """The duration that `text` names; ValueError if it names none."""
    match = _WRITTEN.fullmatch(text)
    if not match:
        raise ValueError(text)
    return Duration(int(match[1]), match[2])
