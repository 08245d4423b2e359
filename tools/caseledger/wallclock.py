"""Whether the wall clock can be believed, by what Git says: nothing final is done by a clock that is wrong."""

from datetime import UTC, date, datetime, timedelta

from caseledger import instant
from caseledger.clone import Clone
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

LEEWAY = timedelta(minutes=5)
"""By how much clocks of several machines may differ."""
IDLE = timedelta(days=31)
"""For how long nothing may have been committed; after that, somebody has to say what day it is."""


def refuse_before_commits(clone: Clone, now: datetime) -> None:
    """CannotGoOn where the clock is before the newest commit: one of the two clocks is wrong."""
    newest = _newest(clone, "HEAD")
    if newest and now < newest - LEEWAY:
        message = N_("The clock says {now}, but the newest commit is of {newest}. Set the clock right first.")
        raise CannotGoOn(Text(message, now=instant.read(now), newest=instant.read(newest)))


def refuse_unwitnessed(clone: Clone, commit: str, now: datetime, said: date | None) -> None:
    """CannotGoOn where the clock may be ahead: nothing at `commit` is as new, and nobody has said what day it is."""
    if said and abs(said - now.date()) > timedelta(days=1):
        raise CannotGoOn(Text(N_("The clock says {now}, not {said}. Set it right first."), now=now.date(), said=said))
    newest = _newest(clone, commit)
    if said is None and (newest is None or now > newest + IDLE):
        message = N_(
            "The clock says {now}, but the newest commit is of {newest}. Fetch what the others have committed; if there"
            " is nothing, look at another clock and say what day it is: --today YYYY-MM-DD."
        )
        raise CannotGoOn(Text(message, now=instant.read(now), newest=instant.read(newest) if newest else "-"))


def _newest(clone: Clone, name: str) -> datetime | None:
    if not clone.commit(name):
        return None
    return datetime.fromtimestamp(int(clone.ask("log", "-1", "--format=%ct", name)), UTC)
