"""Tables for the terminal; Chinese characters take two columns, and nothing in a cell is markup."""

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text


def show(headings: Sequence[str], rows: Iterable[Sequence[str]], console: Console | None = None) -> None:
    """Print a table, by default to stdout; on a terminal the last column takes the width that is left."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in headings[:-1]:
        table.add_column(Text(heading), no_wrap=True)
    table.add_column(Text(headings[-1]), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console = console or Console()
    if not console.is_terminal:
        console.width = 200
    console.print(table)
