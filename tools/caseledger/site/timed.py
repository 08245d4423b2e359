"""Clocks as feeds need them: those that run, and those that stopped shortly before the last that is known of the case.

Every case has some and few are read, so they are kept packed.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from caseledger.clocks import OPEN, Status
from caseledger.findings import Judged

RECENT = timedelta(days=14)
"""How long a feed still tells of a clock that has stopped."""


class Timed(NamedTuple):
    """A clock of a case; `sequence` is how many entries the case has, `changed` when the last of them was.

    Nobody takes an entry back, so that both only ever grow.
    """

    cycle: int
    clock: str
    owner: str
    status: Status
    due: datetime | None
    stop: datetime | None
    sequence: int
    changed: datetime


NOTHING = "[]"
"""No clocks, packed."""
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(tuple[Timed, ...])


def packed(judged: Judged) -> str:
    """The clocks of a case of which at least one event is known."""
    return _ENCODER.encode(tuple(_timed(judged))).decode()


def unpacked(text: str) -> tuple[Timed, ...]:
    """What was packed."""
    return _DECODER.decode(text)


def without_owners(text: str) -> str:
    """What was packed, without for whom to act the clocks are."""
    return _ENCODER.encode([clock._replace(owner="") for clock in unpacked(text)]).decode()


def _timed(judged: Judged) -> Iterator[Timed]:
    events = judged.state.events
    last = max(event.at for event in events)
    for verdict in judged.verdicts:
        if verdict.start and (verdict.status in OPEN or (verdict.stop and verdict.stop >= last - RECENT)):
            named = verdict.cycle, verdict.clock.id, verdict.owner, verdict.status
            yield Timed(*named, verdict.due, verdict.stop, len(events), last.astimezone(UTC))
