"""Builds the site again in copies of a process that has everything loaded: loading is most of a small build."""

import multiprocessing
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType

from caseledger import rulebook

Build = Callable[[bool], int]
"""Builds the site, or but for the search index where it shall not be searchable; the exit code."""

_CONTEXT = multiprocessing.get_context("fork" if sys.platform == "linux" else None)


class Builder:
    """A copy of this process as it is when it is entered, which is copied for every build.

    So no build sees what another one left in memory. Enter it before the first thread is started. Once it is left, a
    build under way is finished.
    """

    def __init__(self, build: Build) -> None:
        self._ours, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_wait, args=(build, theirs, self._ours))

    def __enter__(self) -> "Builder":
        self._process.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ours.close()
        self._process.join()

    def build(self, *, searchable: bool) -> bool:
        """Build the site; whether that went well. What is wrong is said by the build."""
        self._ours.send(searchable)
        done: bool = self._ours.recv()
        return done


def _wait(build: Build, orders: Connection, ours: Connection) -> None:
    """Build when asked, until nobody is there any more who could ask."""
    ours.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; whoever serves is the one to end
    rulebook.unchanged.cache_clear()
    with suppress(EOFError, OSError):
        while True:
            process = _CONTEXT.Process(target=_build, args=(build, orders.recv()))
            process.start()
            process.join()
            orders.send(process.exitcode == 0)


def _build(build: Build, searchable: bool) -> None:
    sys.exit(build(searchable))
