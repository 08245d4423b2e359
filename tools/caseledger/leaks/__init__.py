"""Personal data in texts: what it is, where, and how it may be named without saying it again."""

from caseledger.leaks.allowed import NOTHING, Allowed
from caseledger.leaks.finding import addresses, leaks, mails_and_links, numbers
from caseledger.leaks.leak import Kind, Leak, masked
from caseledger.leaks.plain import plainly
from caseledger.leaks.texts import Texts

__all__ = [
    "NOTHING",
    "Allowed",
    "Kind",
    "Leak",
    "Texts",
    "addresses",
    "leaks",
    "mails_and_links",
    "masked",
    "numbers",
    "plainly",
]
