"""What slipped into Git is taken out of its history, as docs/privacy.md tells it, and what that does to the record."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clones import Clone, Server
from tests.test_archive import OLD, path, shipped, year

NAME, MARK = "Kari Nordmann", "[taken out].."
LETTER = f"{path(OLD[1]).removesuffix('.yml')}/letter.txt"


class Mirror:
    """A fresh clone of everything, in which a history is rewritten."""

    def __init__(self, server: Server) -> None:
        self.folder = server.home / "mirror.git"
        subprocess.run(["git", "clone", "--quiet", "--mirror", server.folder, self.folder], check=True)

    def rewrite(self, *words: str) -> None:
        """Call git filter-repo."""
        subprocess.run(
            [sys.executable, "-m", "git_filter_repo", "--quiet", "--force", *words], cwd=self.folder, check=True
        )

    def replace(self, old: str, new: str) -> None:
        """Put other words in the place of some, in every version of every file, and in messages."""
        rules = self.folder.parent / "replacements.txt"
        rules.write_text(f"{old}==>{new}\n", "utf-8")
        self.rewrite("--replace-text", str(rules), "--replace-message", str(rules))

    def digest(self, file: str) -> str:
        """The SHA-256 of a file as it now is."""
        shown = subprocess.run(["git", "show", f"main:{file}"], cwd=self.folder, capture_output=True, check=True)
        return hashlib.sha256(shown.stdout).hexdigest()

    def push(self, server: Server) -> None:
        """Put it in the place of what the server has, and let the server forget the rest."""
        words = ["git", "push", "--quiet", "--mirror", "--force", str(server.folder)]
        subprocess.run(words, cwd=self.folder, check=True)
        for tidy in (["reflog", "expire", "--expire=now", "--all"], ["gc", "--quiet", "--prune=now"]):
            subprocess.run(["git", *tidy], cwd=server.folder, check=True)


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """A server on which a name stands in a sealed case and in a message, and a letter lies beside another case."""
    found = Server(tmp_path, shipped(*OLD))
    clone = found.clone("one")
    clone.write(path(OLD[0]), clone.read(path(OLD[0])).replace("\nevents:", f"\n# {NAME}\nevents:"))
    clone.git("commit", "--quiet", "--all", "--message", f"Note what {NAME} said")
    clone.run("archive", "run")
    clone.write(LETTER, f"{NAME}, Storgata 1\n")
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "--message", "Add a letter")
    clone.git("push", "--quiet")
    return found


def history(clone: Clone) -> str:
    """Every version of every file, and every message, of all that a clone can reach."""
    return clone.git("log", "--all", "--patch", "--text", "--format=%B")


def test_words_and_files_are_gone_from_the_history(server: Server) -> None:
    one = server.clone("before")
    assert NAME in history(one)
    mirror = Mirror(server)
    mirror.replace(NAME, MARK)
    mirror.rewrite("--invert-paths", "--path", LETTER)
    mirror.push(server)
    two = server.clone("two")
    assert NAME not in history(two)
    assert "letter.txt" not in history(two)
    assert two.subjects()[1] == f"Note what {MARK} said"
    objects = two.git("rev-list", "--all").splitlines()
    assert set(objects).isdisjoint(one.git("rev-list", "main~2").splitlines()[:-1])  # all ids since then are new
    gone = one.git("rev-parse", "main").strip()
    asked = subprocess.run(["git", "cat-file", "-e", gone], cwd=server.folder, capture_output=True, check=False)
    assert asked.returncode != 0  # the server has forgotten it
    assert NAME in history(one)  # an old clone has not


def test_a_seal_tells_of_the_change_until_it_is_put_right_with_it(server: Server) -> None:
    one = server.clone("before")
    mirror = Mirror(server)
    old = mirror.digest(path(OLD[0]))
    mirror.replace(NAME, MARK)
    mirror.rewrite("--invert-paths", "--path", LETTER)
    mirror.push(server)
    two = server.clone("two")
    assert "is not as it was sealed as" in two.run("archive", "verify", code=1)

    mirror.replace(old, mirror.digest(path(OLD[0])))  # as many bytes as before, so that its size is right
    mirror.push(server)
    three = server.clone("three")
    assert three.run("archive", "verify") == "Sealed cases: 2. Archive numbers: 2. Problems: 0.\n"
    assert three.run("check") == "Cases checked: 2. Errors: 0. Warnings: 0.\n"
    assert old in one.read(year(one))
    assert old not in history(three)


def test_an_audit_tells_that_the_history_is_another(server: Server) -> None:
    one = server.clone("before")
    before = one.git("rev-parse", "main").strip()
    mirror = Mirror(server)
    mirror.replace(NAME, MARK)
    mirror.push(server)
    one.git("fetch", "--quiet", "origin")
    said = one.run("audit", "--push", f"{before}..origin/main", code=1)
    assert f"The commit {before[:10]}, which stood here, is not in the new history. [audit-rewritten]" in said


def test_an_old_clone_brings_it_back(server: Server) -> None:
    one = server.clone("before")
    mirror = Mirror(server)
    mirror.replace(NAME, MARK)
    mirror.push(server)
    one.git("config", "pull.rebase", "false")
    one.git("pull", "--quiet", "--no-edit", "--strategy-option=theirs")
    one.git("push", "--quiet")
    assert NAME in history(server.clone("two"))
