"""Personal data in texts: what it is, where, and how it may be named without saying it again."""

from caseledger.leaks.allowed import NOTHING, Allowed
from caseledger.leaks.finding import addresses, leaks, plainly, suspicious
from caseledger.leaks.leak import Kind, Leak, masked
from caseledger.leaks.texts import Free, joined, numbers, texts

__all__ = [
    "NOTHING",
    "Allowed",
    "Free",
    "Kind",
    "Leak",
    "addresses",
    "joined",
    "leaks",
    "masked",
    "numbers",
    "plainly",
    "suspicious",
    "texts",
]
