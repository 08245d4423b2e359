"""Whether the wall clock can be believed, by what Git says: nothing final is done by a clock that is wrong."""

from datetime import UTC, datetime, timedelta

from caseledger import instant
from caseledger.clone import Clone
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

LEEWAY = timedelta(minutes=5)
"""By how much clocks of several machines may differ."""


def refuse_before_commits(clone: Clone, now: datetime) -> None:
    """CannotGoOn where the clock is before the newest commit: one of the two clocks is wrong."""
    newest = _newest(clone)
    if newest and now < newest - LEEWAY:
        message = N_("The clock says {now}, but the newest commit is of {newest}. Set the clock right first.")
        raise CannotGoOn(Text(message, now=instant.read(now), newest=instant.read(newest)))


def _newest(clone: Clone) -> datetime | None:
    if not clone.commit("HEAD"):
        return None
    return datetime.fromtimestamp(int(clone.ask("log", "-1", "--format=%ct", "HEAD")), UTC)
