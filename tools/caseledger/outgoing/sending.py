"""One command that commits and pushes, from before its entry is written until it is told that the others have it."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from caseledger import files, yamltext
from caseledger.clone import Clone
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.outgoing import committing, pushing
from caseledger.outgoing.journal import Journal, Note
from caseledger.outgoing.pushing import Pushed
from caseledger.rulebook import Rulebook

_PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""Seconds after which a file is looked at again that a git command may be writing."""


class Sending:
    """The entry of one command on its way.

    `resumed` is the file of the entry where the same command was interrupted after writing it, `finished` the subject
    of a commit that another command, interrupted, had left undone.
    """

    def __init__(self, rulebook: Rulebook, request: Sequence[str], *, push: bool) -> None:
        self._rulebook = rulebook
        self._request = tuple(request)
        self._push = push
        self._clone = Clone(rulebook.root)
        self._journal = Journal(rulebook.root)
        self.resumed: Path | None = None
        self.finished: str | None = None
        self._take_up()
        if push and not self.resumed:
            pushing.catch_up(self._clone, rulebook)

    def announce(self, file: Path, event: Mapping[str, Any]) -> None:
        """Remember an entry that is about to be written; CannotGoOn where the file cannot be committed."""
        committing.refuse_unfit(self._clone, file)
        self._journal.write(Note(self._request, files.shown(file, self._rulebook.root), event))

    def commit(self, file: Path) -> str | None:
        """Commit the entries of the file; the subject, None if they are committed already."""
        return committing.commit(self._clone, self._rulebook.people, file)

    def push(self) -> Pushed:
        """Push all that is committed."""
        return pushing.push(self._clone, self._rulebook)

    def arrived(self) -> None:
        """Forget the entry: whoever gave the command has been told."""
        self._journal.clear()

    def _take_up(self) -> None:
        """Finish what was interrupted, if its entry was written."""
        note = self._journal.read()
        if note is None:
            return
        file = self._rulebook.root / note.path
        if not self._written(file, note.event):
            self._journal.clear()
            return
        committing.refuse_unfit(self._clone, file)
        if note.request == self._request:
            self.resumed = file
        else:
            self.finished = self.commit(file)
            self._journal.clear()

    def _written(self, file: Path, event: Mapping[str, Any]) -> bool:
        """Whether an entry is in its file; one that is committed comes back if a git command is just writing there.

        Such a command may have outlived the one that was interrupted. CannotGoOn where the entry does not come back.
        """
        path = self._clone.path(file)
        for pause in _PAUSES:
            if _holds(event, file.read_bytes, path):
                return True
            if not _holds(event, partial(self._clone.blob, f"HEAD:{path}"), path):
                return False
            time.sleep(pause)
        text = N_(
            "{path} lacks an entry that is committed. Bring it back, then give the command again: git restore {path}"
        )
        raise CannotGoOn(Text(text, path=path))


@contextmanager
def sending(rulebook: Rulebook, request: Sequence[str], *, push: bool) -> Iterator[Sending]:
    """The sending of one command; others of this clone wait for it."""
    with files.locked(rulebook.root / ".cache" / "caseledger" / "outgoing.lock"):
        yield Sending(rulebook, request, push=push)


def _holds(event: Mapping[str, Any], read: Callable[[], bytes], path: str) -> bool:
    try:
        return event in yamltext.read(read(), path).data["events"]
    except (OSError, CannotGoOn):
        return False
