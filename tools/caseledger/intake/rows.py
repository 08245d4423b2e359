"""Reading a CSV export: wholly before anything is done, so that a file that breaks off changes nothing."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

_LONGEST_CELL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number (the header is not counted), the line of the file where it begins, its cells."""

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Export:
    """A CSV file that was read; `count` is the number of its rows. Empty lines are no rows."""

    path: Path
    text: str
    delimiter: str
    header: tuple[str, ...]
    count: int

    def rows(self) -> Iterator[Row]:
        """The rows in the order of the file."""
        for number, (line, cells) in enumerate(_lines(self.path, self.text, self.delimiter)):
            if number:
                yield Row(number, line, cells)


def read(path: Path, delimiter: str) -> Export:
    """The export in a file; CannotGoOn if it is not UTF-8, or not CSV to its end."""
    text = _decode(path)
    header: tuple[str, ...] = ()
    count = -1
    for _, cells in _lines(path, text, delimiter):
        header = header or cells
        count += 1
    if count < 0:
        raise CannotGoOn(Text(N_("{path} is empty: not even a line with the names of columns."), path=path))
    return Export(path, text, delimiter, header, count)


def _decode(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError:
        raise CannotGoOn(Text(N_("{path} is missing or cannot be read."), path=path)) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = N_("{path} is not UTF-8 (line {line}). Save it as UTF-8, in Excel as “CSV UTF-8”.")
        raise CannotGoOn(Text(message, path=path, line=line)) from None


def _lines(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begin = 1
    try:
        for cells in reader:
            if cells:
                yield begin, tuple(cells)
            begin = reader.line_num + 1
    except csv.Error:
        message = N_("{path} is not CSV: the quotes of the row that begins in line {line} do not match.")
        raise CannotGoOn(Text(message, path=path, line=begin)) from None
