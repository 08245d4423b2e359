"""One command that commits and pushes, from before its entry is written until it is told that the others have it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from caseledger import files, yamltext
from caseledger.clone import Clone
from caseledger.errors import CannotGoOn
from caseledger.outgoing import committing, pushing
from caseledger.outgoing.journal import Journal, Note
from caseledger.outgoing.pushing import Pushed
from caseledger.rulebook import Rulebook


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
        if not _holds(file, note.event):
            self._journal.clear()
            return
        committing.refuse_unfit(self._clone, file)
        if note.request == self._request:
            self.resumed = file
        else:
            self.finished = self.commit(file)
            self._journal.clear()


@contextmanager
def sending(rulebook: Rulebook, request: Sequence[str], *, push: bool) -> Iterator[Sending]:
    """The sending of one command; others of this clone wait for it."""
    with files.locked(rulebook.root / ".cache" / "caseledger" / "outgoing.lock"):
        yield Sending(rulebook, request, push=push)


def _holds(file: Path, event: Mapping[str, Any]) -> bool:
    try:
        return event in yamltext.read(file.read_bytes(), file.name).data["events"]
    except (OSError, CannotGoOn):
        return False
