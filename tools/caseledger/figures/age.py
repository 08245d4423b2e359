"""How long a case has been open, in classes."""

from bisect import bisect_left
from datetime import date

AGES = ("0-2", "3-7", "8-14", "15-30", "31-90", "91-")
"""Classes of days since receipt."""
_LAST = (2, 7, 14, 30, 90)


def age(received: date, today: date) -> str:
    """The class of a case that was received on a day and is open."""
    return AGES[bisect_left(_LAST, (today - received).days)]
