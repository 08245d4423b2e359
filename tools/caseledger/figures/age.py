"""How long cases have been open, in classes of days since receipt."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from caseledger.clocks import Status
from caseledger.figures.facts import Facts

AGES = ("0-2", "3-7", "8-14", "15-30", "31-90", "91-")
"""Classes of days since receipt."""
_LAST = (2, 7, 14, 30, 90)


class Class(NamedTuple):
    """Open cases of an age, and those of them with an overdue deadline."""

    age: str
    cases: int
    overdue: int


def age(received: date, today: date) -> str:
    """The class of a case that was received on a day and is open."""
    return AGES[bisect_left(_LAST, (today - received).days)]


def ages(found: Iterable[Facts], today: date) -> list[Class]:
    """Every class, the youngest first, with the cases that are open."""
    classes = {name: [0, 0] for name in AGES}
    for facts in found:
        if facts.ended is None:
            counts = classes[age(facts.received, today)]
            counts[0] += 1
            counts[1] += any(deadline.status == Status.OVERDUE.value for deadline in facts.deadlines)
    return [Class(name, cases, overdue) for name, (cases, overdue) in classes.items()]
