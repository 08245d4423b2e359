"""A calendar's time zone is one of the IANA database."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import tzdata  # type: ignore[import-untyped]

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "calendar-zone",
    N_("The time zone is none of the IANA database."),
    N_("Write it like Asia/Shanghai or Europe/Oslo."),
    "timezone: China Standard Time",
)


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """The time zone if nobody knows it."""
    zone = document.data["timezone"]
    if zone not in _zones():
        message = Text(N_("There is no time zone {zone}."), zone=zone)
        yield RULE.problem(document.path, document.place("timezone"), message)


@cache
def _zones() -> frozenset[str]:
    """The names of the database that is installed with the program; the system's own would differ by machine."""
    return frozenset((Path(tzdata.__path__[0]) / "zones").read_text("ascii").split())
