"""One piece of personal data that stands in a text."""

from enum import StrEnum
from typing import NamedTuple

from caseledger.language import N_

KEPT = 2
"""Signs at either end that a mask leaves."""


class Kind(StrEnum):
    """What was found."""

    EMAIL = N_("an e-mail address")
    PHONE = N_("a telephone number")
    CARD = N_("the number of a payment card")
    IBAN = N_("the number of a bank account")
    IDENTITY = N_("an identity number")
    LINK = N_("a link with a password or token")
    ADDRESS = N_("a street address")


class Leak(NamedTuple):
    """What stands in a text, and its kind."""

    kind: Kind
    value: str


def masked(value: str) -> str:
    """A value with its middle taken out: enough to find it, too little to pass it on."""
    if len(value) < 3 * KEPT:
        return "…"
    return f"{value[:KEPT]}…{value[-KEPT:]}"
