"""What was told already: the one thing about notices that no file of the repository knows.

It is a file that a CI keeps from run to run. Losing it does no harm but one digest too many on each channel, so a file
that cannot be understood is put aside, and never a reason to stop.
"""

import itertools
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec

from caseledger import files
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

VERSION = 1
KEPT = timedelta(days=400)
"""How long what is no finding any more is remembered: a case that is opened again soon tells nothing twice."""

Told = dict[str, dict[str, dict[str, Annotated[datetime, msgspec.Meta(tz=True)]]]]
"""When it was told, by department, channel and key."""


class _Versioned(msgspec.Struct):
    version: int


class _Kept(_Versioned):
    told: Told


class _Newer(ValueError):
    """The file is of a later version of the program."""


class Memory:
    """The keys of what every department was told on every channel, in a file."""

    def __init__(self, path: Path) -> None:
        """Read the file, if there is one; `unread` says why it cannot be understood."""
        self.path = path
        self.unread: Text | None = None
        self._told: Told = {}
        try:
            self._told = _understood(path.read_bytes())
        except FileNotFoundError:
            pass
        except (OSError, ValueError) as error:
            self.unread = _why(path, error)

    def told(self, department: str, channel: str) -> Collection[str]:
        """The keys that a department was told on a channel."""
        return self._told.get(department, {}).get(channel, {}).keys()

    def open(self, current: Collection[str], now: datetime) -> Path | None:
        """Make sure that there is room to remember; where a file that cannot be understood was put, None otherwise.

        What was told long ago and is not among the `current` keys is forgotten. CannotGoOn where it cannot be written.
        """
        aside = _put_aside(self.path) if self.unread else None
        for channels in self._told.values():
            for channel, keys in channels.items():
                fresh = {key: at for key, at in keys.items() if key in current or at >= now - KEPT}
                channels[channel] = fresh
        self._keep()
        return aside

    def tell(self, department: str, channel: str, keys: Collection[str], now: datetime) -> None:
        """Remember what was told just now; CannotGoOn where that cannot be written."""
        known = self._told.setdefault(department, {}).setdefault(channel, {})
        known |= dict.fromkeys(keys, now)
        self._keep()

    def _keep(self) -> None:
        raw = msgspec.json.encode(_Kept(VERSION, self._told), order="deterministic")
        try:
            files.put(self.path, msgspec.json.format(raw, indent=1) + b"\n")
        except OSError as error:
            message = N_("{path} cannot be written: {reason}. Name another file with --state.")
            raise CannotGoOn(Text(message, path=self.path, reason=error.strerror)) from None


def _understood(raw: bytes) -> Told:
    """What the file says; ValueError where that is not what this version writes."""
    try:
        if msgspec.json.decode(raw, type=_Versioned).version > VERSION:
            raise _Newer
        found = msgspec.json.decode(raw, type=_Kept)
    except RecursionError as error:
        raise ValueError from error
    if found.version != VERSION:
        raise ValueError
    return found.told


def _why(path: Path, error: Exception) -> Text:
    if isinstance(error, _Newer):
        return Text(N_("{path} was written by a later version of caseledger."), path=path)
    if isinstance(error, OSError):
        return Text(N_("{path} cannot be read: {reason}."), path=path, reason=error.strerror)
    return Text(N_("{path} is damaged."), path=path)


def _put_aside(path: Path) -> Path:
    free = (path.with_name(f"{path.name}.unread-{number}") for number in itertools.count(1))
    aside = next(place for place in free if not place.exists())
    try:
        path.rename(aside)
    except OSError as error:
        message = N_("{path} cannot be put aside: {reason}. Name another file with --state.")
        raise CannotGoOn(Text(message, path=path, reason=error.strerror)) from None
    return aside
