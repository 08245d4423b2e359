"""Limits in days, months and years are not pausable (clocks.md 5)."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from caseledger import duration
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "policy-pausable",
    N_("A clock that can be paused has a limit in d, mo or y."),
    N_("Write the limit in wd, wh or h, or take pausable away."),
    "pausable: true\nlimits:\n  - within: 5 d",
)


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """Every limit and every longest extension of a pausable clock that is counted in calendar days or more."""
    for number, clock in enumerate(document.data["clocks"]):
        if clock.get("pausable"):
            for steps, text in _durations(clock):
                if duration.parse(text).unit in ("d", "mo", "y"):
                    message = Text(N_("{limit} cannot be paused, but the clock can."), limit=text)
                    yield RULE.problem(document.path, document.place("clocks", number, *steps), message)


def _durations(clock: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for number, limit in enumerate(clock["limits"]):
        yield ("limits", number, "within"), limit["within"]
    if "extendable" in clock:
        yield ("extendable", "max"), clock["extendable"]["max"]
