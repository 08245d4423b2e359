"""One run: tells every department what it was not told yet, each finding once per status and channel."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from caseledger.calendar import Calendar
from caseledger.language import Text
from caseledger.notify import digest
from caseledger.notify.channels import Undelivered
from caseledger.notify.digest import Digest
from caseledger.notify.items import Item
from caseledger.notify.memory import Memory
from caseledger.rulebook import Rulebook

Send = Callable[[str, Digest], None]
"""Delivers a digest on a channel, or raises Undelivered."""


@dataclass(frozen=True, slots=True)
class Due:
    """A digest that is to go out, and what it tells."""

    department: str
    channel: str
    items: Sequence[Item]
    digest: Digest


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a digest: `failure` says why it did not arrive."""

    due: Due
    failure: Text | None


def plan(
    items: Sequence[Item],
    departments: Mapping[str, Mapping[str, Any]],
    memory: Memory,
    rulebook: Rulebook,
    calendar: Calendar,
    now: datetime,
) -> Iterator[Due]:
    """The digest of every department and channel that have something to be told, in the order of the settings."""
    for department, wanted in departments.items():
        language = wanted.get("language", rulebook.settings["languages"][0])
        own = [item for item in items if item.department == department]
        for channel in wanted["channels"]:
            told = memory.told(department, channel)
            new = [item for item in own if item.key not in told]
            if new:
                written = digest.write(new, department, language, rulebook, calendar, now)
                yield Due(department, channel, new, written)


def deliver(planned: Sequence[Due], memory: Memory, send: Send, now: datetime) -> Iterator[Sent]:
    """Send what is planned, and remember each digest before the next is sent.

    What does not arrive is not remembered, so that the next run tries it again. Where the memory cannot be written, the
    run ends (CannotGoOn) with one digest sent that will come again.
    """
    for due in planned:
        try:
            send(due.channel, due.digest)
        except Undelivered as failed:
            yield Sent(due, failed.text)
        else:
            memory.tell(due.department, due.channel, [item.key for item in due.items], now)
            yield Sent(due, None)
