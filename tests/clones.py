"""A bare repository that stands for the server, and clones of it in which people work."""

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

from tests import swift
from tests.console import ROOT
from tests.swift import PROGRAM

EMAILS = {
    "cs-01": "lin.xiaoqing@example.cn",
    "cs-02": "ingrid.solheim@example.com",
    "qi-01": "zhou.jianguo@example.cn",
    "le-01": "daniel.brandt@example.com",
    "aud-01": "martin.fjeld@example.com",
    "mgr-01": "shen.guohua@example.cn",
    "mgr-02": "katharina.vogel@example.com",
}


class Clone:
    """A clone of a case repository, and the person whose it is."""

    def __init__(self, folder: Path, person: str = "cs-01") -> None:
        self.folder = folder
        self.git("config", "user.name", person)
        self.git("config", "user.email", EMAILS[person])

    @property
    def environment(self) -> dict[str, str]:
        """No configuration but the clone's own."""
        return {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
            "LANGUAGE": "en",
            "LANG": "C.UTF-8",
        }

    def git(self, *words: str, code: int = 0) -> str:
        """What a git command prints."""
        ran = subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return self._printed(ran, code)

    def run(self, *words: str, code: int = 0, stdin: str = "") -> str:
        """What caseledger prints; its errors, too, where it fails."""
        return self._printed(swift.run(words, self.folder, self.environment, stdin), code)

    def answer(self, *words: str, answers: str, code: int = 0) -> str:
        """What caseledger prints to somebody at a terminal who answers so."""
        master, terminal = pty.openpty()
        os.write(master, answers.encode())
        try:
            ran = swift.run(words, self.folder, self.environment, terminal)
        finally:
            os.close(master)
            os.close(terminal)
        return self._printed(ran, code)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """caseledger, started and left alone."""
        return subprocess.Popen(
            [*PROGRAM, *words],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def write(self, path: str, text: str) -> Path:
        """Write a file of the clone."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return file

    def read(self, path: str) -> str:
        """A file of the clone."""
        return (self.folder / path).read_bytes().decode()

    def subjects(self, span: str = "HEAD") -> list[str]:
        """The subjects of commits, oldest first."""
        return self.git("log", "--reverse", "--topo-order", "--format=%s", span).splitlines()

    def status(self) -> str:
        """What is not as in the last commit."""
        return self.git("status", "--porcelain")

    def _printed(self, ran: "subprocess.CompletedProcess[str]", code: int) -> str:
        assert ran.returncode == code, ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr
        return ran.stdout if code == 0 else ran.stdout + ran.stderr


class Server:
    """A bare repository with the shipped policies, and cases as they are put in."""

    def __init__(self, folder: Path, files: dict[str, str] | None = None, within: str = "") -> None:
        self.home = folder
        self.folder = folder / "server.git"
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", self.folder], check=True)
        first = self.clone("first")
        root = first.folder / within
        shutil.copytree(ROOT / "policy", root / "policy")
        for name in ("caseledger.yml", ".gitattributes"):
            shutil.copy(ROOT / name, root)
        first.write(f"{within}/.gitignore" if within else ".gitignore", ".cache/\n.*.tmp\n")
        for path, text in (files or {}).items():
            first.write(f"{within}/{path}" if within else path, text)
        first.git("add", "--all")
        first.git("commit", "--quiet", "--message", "Begin")
        first.git("push", "--quiet", "--set-upstream", "origin", "HEAD:main")

    def clone(self, name: str, person: str = "cs-01") -> Clone:
        """A new clone."""
        subprocess.run(["git", "clone", "--quiet", self.folder, self.home / name], check=True, capture_output=True)
        return Clone(self.home / name, person)
