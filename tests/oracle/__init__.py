"""What clocks.md says of a case, worked out the slow way: the second opinion for tests of the product's verdicts.

Plain data in, plain data out, written from the text alone; each rule names its section.
"""

from datetime import datetime

from tests.oracle.calendar import Calendar
from tests.oracle.clock import Replay
from tests.oracle.events import Data, known

__all__ = ["judge"]


def judge(case: Data, policy: Data, calendar: Calendar, now: datetime) -> list[Data]:
    """The clocks of a case at `now`: every cycle, in it every clock that is listed (section 4)."""
    events = known(case, now)
    cycles = range(1, events[-1]["cycle"] + 1) if events else range(0)
    replays = [Replay(case, policy, calendar, events, clock, cycle) for cycle in cycles for clock in policy["clocks"]]
    return [verdict for replay in replays if (verdict := replay.verdict(now)) is not None]
