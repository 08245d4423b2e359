"""The rejected rows as a CSV file that can be mended and imported again with the same map.

The cells are those of the export, unchanged. What is ours stands before them, and never begins as a formula would.
"""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from caseledger import files
from caseledger.errors import CannotGoOn
from caseledger.intake.rows import Export
from caseledger.intake.run import Rejected
from caseledger.language import N_, Text

OURS = ("caseledger-row", "caseledger-line", "caseledger-reason")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(path: Path, export: Export, rejected: Sequence[Rejected]) -> bool:
    """Write the file, with a BOM for spreadsheets; False if there is neither a row to write nor an earlier file."""
    there = path.exists()
    if not rejected and not there:
        return False
    raw = _csv(export, rejected).encode("utf-8-sig")
    try:
        (files.replace if there else files.create)(path, raw)
    except OSError as error:
        message = N_("{path} cannot be written: {reason}. The import itself is done.")
        raise CannotGoOn(Text(message, path=path, reason=error.strerror)) from None
    return True


def reason(rejected: Rejected) -> str:
    """Every reason why a row was rejected, in words."""
    return " ".join(str(text) for text in rejected.reasons)


def _csv(export: Export, rejected: Sequence[Rejected]) -> str:
    old = len(OURS) if export.header[: len(OURS)] == OURS else 0
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=export.delimiter)
    writer.writerow([*OURS, *export.header[old:]])
    for each in rejected:
        row = each.row
        writer.writerow([row.number, row.line, _harmless(reason(each)), *row.cells[old:]])
    return stream.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
