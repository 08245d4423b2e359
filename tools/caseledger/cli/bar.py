"""A bar on the terminal, so that people see how far files were read."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseledger.evidence.reading import Told

LONG = 16 << 20
"""Bytes from which on reading takes long enough to be watched."""


@contextmanager
def reading(size: int, *, least: int = 0) -> "Iterator[Told]":
    """A bar that is told of bytes; nothing where nobody looks, or where there are fewer than `least` to read."""
    if size < least or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    columns = BarColumn(), DownloadColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=size)
        yield lambda size: bar.advance(task, size)
