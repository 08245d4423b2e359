"""What a clock says, and the steps that led to it."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from caseledger.calendar import Due
from caseledger.clock import Clock
from caseledger.duration import Duration
from caseledger.model import Event
from caseledger.pauses import Pause


class Status(StrEnum):
    """Where a clock stands (clocks.md 8)."""

    PENDING = "pending"
    RUNNING = "running"
    DUE_SOON = "due-soon"
    PAUSED = "paused"
    OVERDUE = "overdue"
    MET = "met"
    EARLY = "early"
    LATE = "late"
    CANCELLED = "cancelled"


BREACHED = frozenset({Status.OVERDUE, Status.LATE, Status.EARLY})
OPEN = frozenset({Status.PENDING, Status.RUNNING, Status.DUE_SOON, Status.PAUSED, Status.OVERDUE})


class Reckoning(NamedTuple):
    """A due time, and the instant and limit that it was counted from."""

    since: datetime
    limit: Duration
    due: Due


class Step(NamedTuple):
    """Something that made, moved or ended a due time.

    `kind`: "started", "regraded" (counted from the start), "tightened" (counted from the regrade), "breached" (regraded
    too late), "extended", "refused" (an extension without effect, `reason` says why), "cancelled" (the grade
    left the limits), "stopped", "ended", "kept" and "kept-extended" (a regrade that leaves the due time as it was, or
    as it was extended). `reckoning` is the due time in force after the step, `limit` that of the new grade.
    """

    kind: str
    event: Event
    reckoning: Reckoning | None = None
    reason: str = ""
    limit: Duration | None = None


class Verdict(NamedTuple):
    """What one clock of one cycle says at `now`; moments are in the calendar's zone, None where there is none."""

    clock: Clock
    cycle: int
    owner: str
    status: Status
    start: datetime | None = None
    due: datetime | None = None
    stop: datetime | None = None
    provisional: bool = False
    opens: datetime | None = None
    steps: tuple[Step, ...] = ()
    pauses: tuple[Pause, ...] = ()

    @property
    def breached(self) -> bool:
        """Whether the deadline was broken; a breach never un-happens."""
        return self.status in BREACHED
