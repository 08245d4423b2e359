"""A Git repository, asked so that nothing in its configuration is executed and no object stands in for another."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Self

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

_PLAIN = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}
_NOTHING_RUN = (
    "core.fsmonitor=false",
    "core.commitGraph=false",
    f"core.hooksPath={os.devnull}",
    "protocol.allow=never",
)
_AT_ONCE = 100
"""Objects asked for before the first is read: their names fit into a pipe whoever waits for whom."""


class Repository:
    """The Git repository around a case repository; `within` leads from its root to the case repository's, "" or "a/b/".

    To be closed, or used with `with`: bulk reads keep a process.
    """

    def __init__(self, root: Path, within: str | None = None) -> None:
        self._folder = root
        status, printed, said = self._run("rev-parse", "--show-cdup", "--show-prefix", "--is-shallow-repository")
        if status:
            raise CannotGoOn(_why_not(root, said))
        *places, shallow = printed.decode("utf-8", "surrogateescape").splitlines()
        up, prefix = places if len(places) == 2 else ("", "")  # a bare repository has no place up
        self._folder = root / up
        self.within = prefix if within is None else within
        self.shallow = shallow == "true"
        self._reader: subprocess.Popen[bytes] | None = None

    def ask(self, *words: str, given: bytes = b"") -> bytes:
        """What a git command prints; CannotGoOn with git's own words if it fails."""
        return _printed(words, self._run(*words, given=given))

    def lines(self, *words: str) -> list[str]:
        """What a git command prints, line by line."""
        return self.ask(*words).decode("utf-8", "surrogateescape").splitlines()

    def answer(self, *words: str) -> bytes:
        """What a git command prints that ends with exit code 1 where the answer is none."""
        return _printed(words, self._run(*words), fine=(0, 1))

    def commit(self, name: str) -> str:
        """The id of the commit that a name stands for."""
        status, printed, _ = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if status:
            message = N_("There is no commit {name} here; where not all commits were fetched, git fetch --unshallow.")
            raise CannotGoOn(Text(message, name=name))
        return printed.decode().splitlines()[-1]

    def read(self, ids: Iterable[str], largest: int | None = None) -> Iterator[bytes]:
        """The contents of objects, in order, through one `git cat-file --batch`; of those larger, the first bytes."""
        rest = iter(ids)
        while chunk := list(islice(rest, _AT_ONCE)):
            asked, answered = self._pipes
            asked.write("".join(f"{one}\n" for one in chunk).encode("ascii"))
            asked.flush()
            yield from [_object(answered, one, largest) for one in chunk]

    @cached_property
    def boundary(self) -> frozenset[str]:
        """The commits whose parents were not fetched."""
        if not self.shallow:
            return frozenset()
        path = self._folder / os.fsdecode(self.ask("rev-parse", "--git-path", "shallow")).strip()
        return frozenset(path.read_text("ascii").split())

    @cached_property
    def empty_tree(self) -> str:
        """The id of the tree without files."""
        return self.lines("hash-object", "-t", "tree", "--stdin")[0]

    def close(self) -> None:
        """End the process that is held open for bulk reads."""
        if self._reader:
            self._reader.communicate()
            self._reader = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._reader is None:
            self._reader = subprocess.Popen(
                self._words("cat-file", "--batch"),
                cwd=self._folder,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        assert self._reader.stdin  # noqa: S101 - asked for as a pipe
        assert self._reader.stdout  # noqa: S101 - asked for as a pipe
        return self._reader.stdin, self._reader.stdout

    def _run(self, *words: str, given: bytes = b"") -> tuple[int, bytes, str]:
        from git import Git  # noqa: PLC0415 - slow to load

        with TemporaryFile() as stdin:
            stdin.write(given)
            stdin.seek(0)
            status, printed, said = Git(self._folder).execute(
                self._words(*words),
                istream=stdin,
                env=_PLAIN,
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
            )
        assert isinstance(printed, bytes)  # noqa: S101 - asked for
        return status, printed, str(said)

    def _words(self, *words: str) -> list[str]:
        return ["git", *(word for setting in _NOTHING_RUN for word in ("-c", setting)), *words]


def _printed(words: Sequence[str], ran: tuple[int, bytes, str], fine: Sequence[int] = (0,)) -> bytes:
    status, printed, said = ran
    if status not in fine:
        reason = said.strip().removeprefix("fatal: ")
        raise CannotGoOn(Text(N_("git {command} failed: {said}"), command=words[0], said=reason))
    return printed


def _environment() -> dict[str, str]:
    return {**os.environ, **_PLAIN}


def _object(answered: IO[bytes], name: str, largest: int | None) -> bytes:
    """The next object that is answered with; what is beyond `largest` is read past."""
    head = answered.readline().split()
    if len(head) != 3:
        message = N_(
            "The object {id} is missing here; where not everything was fetched, git fetch --unshallow --refetch."
        )
        raise CannotGoOn(Text(message, id=name))
    size = int(head[2])
    kept = size if largest is None else min(size, largest)
    content = answered.read(kept)
    rest = size - kept + 1
    while rest:
        rest -= len(answered.read(min(rest, 1 << 20)))
    return content


def _why_not(root: Path, said: str) -> Text:
    if "dubious ownership" in said:
        message = N_(
            "{folder} belongs to another user, and Git does not read it. If you trust it:"
            " git config --global --add safe.directory {folder}"
        )
        return Text(message, folder=root)
    return Text(N_("{folder} is not under Git."), folder=root)
