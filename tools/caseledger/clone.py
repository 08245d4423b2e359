"""The clone at hand, asked and changed through the git program, by argument lists and without a shell."""

import os
import subprocess
import time
from pathlib import Path, PurePosixPath

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

_UNDER_WAY = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}
_ENVIRONMENT = {"GIT_LITERAL_PATHSPECS": "1"}
_PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 0.0)
"""Seconds after which a locked index is tried again; a command that was killed may have left a git command running."""


class Clone:
    """The clone around a case repository.

    `folder` is the top of its work tree, `git_folder` that of its own files; paths of Git lead from `folder`.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root
        asked = self.run("rev-parse", "--show-toplevel", "--absolute-git-dir", "--show-prefix")
        places = asked.stdout.splitlines()
        if asked.returncode or len(places) < 2:
            raise CannotGoOn(Text(N_("{folder} is not in a clone with a work tree."), folder=root))
        self.folder, self.git_folder = Path(places[0]), Path(places[1])
        self.within = PurePosixPath(*places[2:])
        """Where the case repository is in the clone."""

    def run(self, *words: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """A git command with what it printed, however it ended; `environment` is added to that of this process.

        Where another git command is about to end, that is waited for.
        """
        for pause in _PAUSES:
            ran = self._run(*words, given=given.encode("utf-8", "surrogateescape"), **environment)
            if not ran.returncode or b"index.lock" not in ran.stderr:
                break
            time.sleep(pause)
        said = (stream.decode("utf-8", "surrogateescape") for stream in (ran.stdout, ran.stderr))
        return subprocess.CompletedProcess(ran.args, ran.returncode, *said)

    def ask(self, *words: str, given: str = "", **environment: str) -> str:
        """What a git command prints, without the last line break; CannotGoOn with git's own words if it fails."""
        ran = self.run(*words, given=given, **environment)
        if ran.returncode:
            raise failed(ran, words[0])
        return ran.stdout.removesuffix("\n")

    def holds(self, *words: str) -> bool:
        """Whether a git command that answers by its exit code says yes (0) or no (1)."""
        ran = self.run(*words)
        if ran.returncode not in (0, 1):
            raise failed(ran, words[0])
        return ran.returncode == 0

    def commit(self, name: str) -> str | None:
        """The id of the commit that a name stands for, None if there is none."""
        return self.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").stdout.strip() or None

    def blob(self, name: str) -> bytes:
        """The contents of a blob, by its id or as commit:path; CannotGoOn if there is none."""
        ran = self._run("cat-file", "blob", name)
        if ran.returncode:
            raise CannotGoOn(Text(N_("There is no file {name} in Git."), name=name))
        return ran.stdout

    def store(self, raw: bytes) -> str:
        """The id of a blob with these contents, which is made."""
        return self._run("hash-object", "-w", "--stdin", given=raw).stdout.decode().strip()

    def under_way(self) -> str | None:
        """What of Git's is not finished here: "merge", "rebase", "cherry-pick", "revert"."""
        return next((name for mark, name in _UNDER_WAY.items() if (self.git_folder / mark).exists()), None)

    def path(self, file: Path) -> str:
        """The path of a file as Git names it; CannotGoOn for one outside the clone."""
        real = file.parent.resolve() / file.name
        if not real.is_relative_to(self.folder.resolve()):
            raise CannotGoOn(Text(N_("{path} is not in this clone."), path=file))
        return real.relative_to(self.folder.resolve()).as_posix()

    def _run(self, *words: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env={**os.environ, **_ENVIRONMENT, **environment},
            input=given,
            capture_output=True,
            check=False,
        )


def failed(ran: subprocess.CompletedProcess[str], command: str) -> CannotGoOn:
    """That a git command failed, in its own words."""
    said = (ran.stderr.strip() or ran.stdout.strip()).removeprefix("fatal: ")
    return CannotGoOn(Text(N_("git {command} failed: {said}"), command=command, said=said))
