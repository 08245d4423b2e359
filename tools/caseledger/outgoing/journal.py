"""What remembers an entry until the others have it, so that a command that was interrupted can be given again.

The entry is noted before it is written; the note is gone once it was pushed, or committed where no more was asked for.
The same command, given while the note is there, means the entry of the note.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from caseledger import files


@dataclass(frozen=True)
class Note:
    """An entry on its way: the words of the command, the case file from the root, the event."""

    request: tuple[str, ...]
    path: str
    event: Mapping[str, Any]


class Journal:
    """The note of one clone."""

    def __init__(self, root: Path) -> None:
        self._path = root / ".cache" / "caseledger" / "outgoing.json"

    def read(self) -> Note | None:
        """The note, None if there is none, or none that can be read."""
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            return Note(tuple(data["request"]), data["path"], data["event"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, note: Note) -> None:
        """Remember an entry."""
        raw = json.dumps(asdict(note)).encode()
        if self._path.exists():
            files.replace(self._path, raw)
        else:
            files.create(self._path, raw)

    def clear(self) -> None:
        """Forget the entry: it was told to the others, or never written."""
        self._path.unlink(missing_ok=True)
