"""What durations are called where a person reads them."""

from functools import lru_cache

from caseledger.duration import Duration
from caseledger.language import N_, Text

_ONE = {
    "s": N_("1 second"),
    "min": N_("1 minute"),
    "h": N_("1 hour"),
    "wh": N_("1 working hour"),
    "wd": N_("1 working day"),
    "d": N_("1 day"),
    "mo": N_("1 month"),
    "y": N_("1 year"),
}
_MANY = {
    "s": N_("{n} seconds"),
    "min": N_("{n} minutes"),
    "h": N_("{n} hours"),
    "wh": N_("{n} working hours"),
    "wd": N_("{n} working days"),
    "d": N_("{n} days"),
    "mo": N_("{n} months"),
    "y": N_("{n} years"),
}


@lru_cache(1024)
def label(limit: Duration) -> Text:
    """A duration in words: "3 working days"."""
    return Text(_ONE[limit.unit]) if limit.number == 1 else Text(_MANY[limit.unit], n=limit.number)
