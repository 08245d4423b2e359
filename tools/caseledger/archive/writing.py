"""Entries put at the end of a year's archive file: text is added, nothing that stands there is touched."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from caseledger import files, seal, seals
from caseledger.errors import Refused
from caseledger.language import N_, Text
from caseledger.seal import Seal

_HEAD = """\
# yaml-language-server: $schema=../../schema/archive.schema.json
# Written by caseledger archive run alone; every line is a case, sealed as it was.
schema: 1
sealed:
"""


def add(root: Path, year: int, entries: Iterable[Mapping[str, Any]]) -> Sequence[Seal]:
    """Give the entries the next numbers of the year and write them, all or none; Refused if the file is wrong."""
    path = root / seal.FOLDER / f"{year}.yml"
    shown = files.shown(path, root)
    old = path.read_bytes() if path.exists() else b""
    known, problems = seals.parsed(old, shown) if old else ([], [])
    if problems:
        raise Refused(Text(N_("{path} cannot be used."), path=shown), problems)
    numbered = [
        {"number": seal.number(year, place), **entry} for place, entry in enumerate(entries, start=len(known) + 1)
    ]
    lines = "".join(f"  - {json.dumps(entry, ensure_ascii=False)}\n" for entry in numbered)
    gap = b"" if not old or old.endswith(b"\n") else b"\n"
    new = (old or _HEAD.encode()) + gap + lines.encode()
    result, problems = seals.parsed(new, shown)
    if problems or result[: len(known)] != known:
        raise Refused(Text(N_("Nothing is written: {path} would then be wrong."), path=shown), problems)
    if old:
        files.replace(path, new)
    else:
        files.create(path, new)
    return result[len(known) :]
