"""Histories of case repositories, written by `git fast-import`: honest ones, and ones in which something was done.

A history is made of commits on branches, in memory; nothing of it touches a working copy. The same seed gives the same
history to the bit. What is put on record is right by the rules of `check`, too, so that the hook can be tried with it.
"""

import os
import random
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tests.conftest import ROOT

CHINA = timezone(timedelta(hours=8))
START = datetime(2026, 11, 2, 9, 0, tzinfo=CHINA)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LIN = "林晓晴 <lin.xiaoqing@example.cn>"
SOLHEIM = "Ingrid Solheim <ingrid.solheim@example.com>"
SHEN = "沈国华 <shen.guohua@example.cn>"
PEOPLE = {"cs-01": LIN, "cs-02": SOLHEIM}
ENVIRONMENT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

Text = str | bytes
Content = Text | tuple[str, str] | None
"""Of a path: its text; mode and text, or mode 160000 and a commit; None where it goes."""


@dataclass(frozen=True)
class Commit:
    """One commit: its mark, its parents' marks, and the whole tree after it."""

    mark: int
    parents: tuple[int, ...]
    tree: Mapping[str, Content]


@dataclass
class Ledger:
    """A history in the making; `at` is the time of the next commit."""

    chance: random.Random
    commits: list[Commit] = field(default_factory=list)
    at: datetime = START
    _stream: list[bytes] = field(default_factory=list)

    @classmethod
    def begun(cls, seed: int, cases: int = 3) -> "Ledger":
        """A history whose first commit holds the shipped policies and some cases, each with entries and evidence."""
        ledger = cls(random.Random(seed))
        tree: dict[str, Content] = {**_law(), **{f"site/pages/{n}.md": f"Page {n}\n" for n in range(21)}}
        for _ in range(cases):
            path, text = ledger.new_case()
            for _ in range(ledger.chance.randint(1, 3)):
                text += ledger.entry()
            tree[path] = text
            tree[f"{path.removesuffix('.yml')}/zip.txt"] = "A picture\n"
        ledger.commit("Begin", (), tree)
        return ledger

    def commit(
        self, subject: str, parents: Sequence[Commit], tree: Mapping[str, Content], author: str = LIN, later: int = 60
    ) -> Commit:
        """Add a commit with this tree; its time is `later` minutes after the one before."""
        self.at += timedelta(minutes=later)
        made = Commit(len(self.commits) + 1, tuple(parent.mark for parent in parents), dict(tree))
        stamp = f"{int(self.at.timestamp())} +0800"
        message = subject.encode()
        lines = [
            f"commit refs/made/{made.mark}",
            f"mark :{made.mark}",
            f"author {author} {stamp}",
            f"committer {author} {stamp}",
        ]
        self._stream.append("\n".join(lines).encode() + b"\ndata %d\n%s\n" % (len(message), message))
        for number, parent in enumerate(made.parents):
            self._stream.append(f"{'merge' if number else 'from'} :{parent}\n".encode())
        before = parents[0].tree if parents else {}
        for path in sorted(before.keys() | made.tree.keys()):
            if before.get(path) != made.tree.get(path) or (path in before) is not (path in made.tree):
                self._stream.append(_file(path, made.tree.get(path)))
        self._stream.append(b"\n")
        self.commits.append(made)
        return made

    def write(self, folder: Path, head: Commit, *, bare: bool = True) -> Path:
        """The history as a Git repository whose branch main is at `head`."""
        git(folder.parent, "init", "-q", *(["--bare"] if bare else []), "-b", "main", str(folder))
        stream = b"".join(self._stream)
        subprocess.run(
            ["git", "fast-import", "--quiet"],
            cwd=folder,
            input=stream,
            env=ENVIRONMENT,
            check=True,
            capture_output=True,
        )
        git(folder, "update-ref", "refs/heads/main", f"refs/made/{head.mark}")
        return folder

    # what people write

    def new_case(self) -> tuple[str, str]:
        """The path and text of a new case, received an hour before now."""
        at = self.at - timedelta(hours=1)
        number = f"C-{at:%Y%m%d}-{''.join(self.chance.choices(LETTERS, k=5))}"
        text = CASE.format(number=number, at=at.isoformat(), order=self.chance.randint(100000, 999999))
        return f"cases/{at:%Y/%m}/{number}.yml", text

    def entry(self, by: str = "cs-01", more: str = "") -> str:
        """The text of one more entry, written now."""
        self.at += timedelta(minutes=self.chance.randint(1, 50))
        words = " ".join(self.chance.choices(WORDS, k=4))
        return ENTRY.format(at=self.at.isoformat(), by=by, note=f"{words} {self.chance.randint(0, 10**6)}") + more

    def case(self, commit: Commit) -> str:
        """The path of one of the cases of a commit."""
        return self.chance.choice(cases(commit))


def git(folder: Path, *words: str) -> str:
    """What a git command prints."""
    ran = subprocess.run(["git", *words], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def cases(commit: Commit) -> list[str]:
    """The paths of all cases of a commit."""
    return sorted(path for path in commit.tree if path.startswith("cases/") and path.count("/") == 3)


def text(commit: Commit, path: str) -> str:
    """The text of a file of a commit."""
    found = commit.tree[path]
    assert isinstance(found, str)
    return found


def changed(commit: Commit, changes: Mapping[str, Content]) -> dict[str, Content]:
    """The tree of a commit with some files put otherwise, or taken out."""
    tree = {**commit.tree, **changes}
    return {path: content for path, content in tree.items() if content is not None}


def _law() -> dict[str, Content]:
    found: dict[str, Content] = {"caseledger.yml": (ROOT / "caseledger.yml").read_text("utf-8")}
    for path in (ROOT / "policy").rglob("*"):
        if path.is_file():
            found[path.relative_to(ROOT).as_posix()] = path.read_text("utf-8")
    return found


def _file(path: str, content: Content) -> bytes:
    name = f'"{path}"' if any(c in path for c in ' "\n') else path
    if content is None:
        return f"D {name}\n".encode()
    mode, given = content if isinstance(content, tuple) else ("100644", content)
    raw = given.encode() if isinstance(given, str) else given
    if mode == "160000":
        return b"M 160000 %s %s\n" % (raw, name.encode())
    return b"M %s inline %s\ndata %d\n%s\n" % (mode.encode(), name.encode(), len(raw), raw)


WORDS = ["zip", "strap", "seam", "parcel", "refund", "picture", "order", "supplier", "客户", "退款", "照片", "包裹"]
CASE = """\
# yaml-language-server: $schema=../../../schema/case.schema.json
schema: 1
id: {number}
policy: quality@2023-01-01
channel: email
market: NO
language: nb
category: product-quality
demand: refund
order: {{platform: amazon.no, number: "{order}", quantity: 1, amount: {{value: "499.00", currency: NOK}}}}
product: {{sku: BP-22-GR, name: Day backpack}}
summary: Zip tears after two days
description: |
  Glidelåsen røk etter to dager.
consumer: {{ref: U-5J2M8Q1TZX}}
events:
  - at: "{at}"
    type: received
    by: cs-01
    as: customer-service
"""
ENTRY = """\
  - at: "{at}"
    type: note
    by: {by}
    as: customer-service
    note: {note}
"""

Deed = Callable[[Ledger, Commit], Commit]
"""Something done on top of a commit; the new head."""
