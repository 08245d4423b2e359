"""A case repository under Git, in which several people commit."""

import json
import os
import subprocess
from pathlib import Path

from caseledger import yamltext
from tests.casework import CASE, JSON, case, put
from tests.test_cli import Shell

CLEAN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
PATH = f"cases/2026/11/{CASE}.yml"
LIN = "Lin Xiaoqing <lin.xiaoqing@example.cn>"


class Ledger:
    """Cases in a folder under Git; its first commit holds what was there."""

    def __init__(self, root: Path, top: Path | None = None) -> None:
        self.root, self.top, self.shell = root, top or root, Shell(root)
        self.git("init", "-q", "-b", "main", str(self.top))
        self.commit(LIN, "2026-11-01T09:00:00+08:00")

    def git(self, *words: str, fine: bool = True, **more: str) -> str:
        environment = {**os.environ, **CLEAN, **more}
        identity = ["-c", "user.name=A committer", "-c", "user.email=committer@example.com"]
        ran = subprocess.run(
            ["git", *identity, *words], cwd=self.root, env=environment, check=False, capture_output=True, text=True
        )
        assert not fine or ran.returncode == 0, ran.stderr
        return ran.stdout.strip()

    def commit(self, author: str, at: str, *options: str) -> str:
        self.git("add", "-A")
        self.git(
            "commit", "-q", "--allow-empty", f"--author={author}", f"--date={at}", "-m", "A change", *options,
            GIT_COMMITTER_DATE=at,
        )  # fmt: skip
        return self.git("rev-parse", "HEAD")

    def record(self, *events: JSON, at: str = "2026-11-05T18:00:00+08:00", **facts: str) -> str:
        """A commit after which the case has these events behind `received`."""
        self.write(*events, **facts)
        return self.commit(LIN, at)

    def write(self, *events: JSON, **facts: str) -> Path:
        """The case with these events behind `received`, as caseledger would write it."""
        data = case(*events, case_id=CASE, **facts)
        path = put(self.root, data)
        path.write_text(yamltext.write(json.loads(json.dumps(data))), "utf-8")
        return path
