"""One comment of a pull request that is kept up to date: found again by its first line, written where it differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from caseledger.flagging.rest import Rest
from caseledger.flagging.tracker import Refused, Unsure
from caseledger.language import N_, Text

MARKER = "<!-- caseledger comment -->"
LONGEST = 60_000
"""Characters of a comment; GitHub takes 65,536."""
ROUNDS = 5
_DENIED = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


@dataclass(frozen=True)
class Thread:
    """Where a forge keeps the comments of a pull request: all of them, one of them, and how one is changed."""

    rest: Rest
    all: tuple[str | int, ...]
    one: tuple[str | int, ...]
    """The number of the comment comes behind it."""
    change: str

    def marked(self) -> Iterator[tuple[int, str]]:
        """Number and text of the comments that say they are ours; anybody can write one that does."""
        for data in self.rest.all(*self.all, per_page=100, limit=50):
            if (data["body"] or "").startswith(MARKER):
                yield data["id"], data["body"]


def keep(thread: Thread, text: str) -> bool:
    """Make our comment say a text; whether anything was written. CannotGoOn where the forge does not let one."""
    wanted = f"{MARKER}\n{_cut(text)}"
    left = ROUNDS
    written = False
    while not _says(thread, wanted):
        written = True
        try:
            _write(thread, wanted)
        except Unsure as unsure:
            left -= 1
            if left == 0:
                raise unsure.error from None
        else:
            break
    return written


def _says(thread: Thread, wanted: str) -> bool:
    return any(body.splitlines() == wanted.splitlines() for _, body in thread.marked())


def _write(thread: Thread, wanted: str) -> None:
    """Change the first comment that is ours to change, or write a new one."""
    for number, _ in thread.marked():
        try:
            thread.rest.send(thread.change, *thread.one, number, data={"body": wanted})
        except Refused as refused:
            if refused.status not in _DENIED:
                raise
        else:
            return
    thread.rest.send("POST", *thread.all, data={"body": wanted})


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    rest = Text(N_("The rest is in the run of the pipeline.")).to()
    return "\n".join([text[:LONGEST].rpartition("\n")[0], "", rest, ""])
