"""Histories for the bench: a repository of many cases, and pushes to a server."""

import random
import subprocess
from datetime import timedelta
from pathlib import Path

from tests.ledgers import START, Commit, Content, Ledger, cases, changed, git, text

SPREAD = timedelta(minutes=20)
"""Time between the receipts of two cases: 50,000 of them fill two years."""
EARLIER = timedelta(days=60)
"""Time between the last of them and the beginning of other histories: room for what is pushed."""


def large(count: int) -> tuple[Ledger, Commit]:
    """A history whose first commit holds `count` cases."""
    ledger = Ledger.begun(1, cases=1)
    first = ledger.commits[-1]
    tree: dict[str, Content] = {path: text for path, text in first.tree.items() if not path.startswith("cases/")}
    law = len(tree)
    ledger.at = START - EARLIER - count * SPREAD
    while len(tree) < law + count:
        path, body = ledger.new_case()
        tree[path] = body + ledger.entry()
        ledger.at += SPREAD - timedelta(minutes=25)
    return ledger, ledger.commit("Many cases", [first], tree)


def appended(ledger: Ledger, head: Commit) -> Commit:
    """One commit that adds an entry to one case."""
    path = ledger.case(head)
    return ledger.commit("Append", [head], changed(head, {path: text(head, path) + ledger.entry()}))


def opened(ledger: Ledger, head: Commit, count: int) -> Commit:
    """One commit with new cases."""
    new = dict(ledger.new_case() for _ in range(count))
    return ledger.commit("New cases", [head], changed(head, new), later=1)


def extended(ledger: Ledger, head: Commit, count: int) -> Commit:
    """As many commits, each of which adds an entry to another case."""
    for path in random.Random(2).sample(cases(head), count):
        head = ledger.commit("Append", [head], changed(head, {path: text(head, path) + ledger.entry()}), later=1)
    return head


def server(folder: Path, ledger: Ledger, head: Commit, hook: str = "") -> Path:
    """A bare repository, packed as servers do, that has the history up to a commit; `hook` is its pre-receive hook."""
    ledger.write(folder, head)
    made = git(folder, "for-each-ref", "--format=delete %(refname)", "refs/made")
    subprocess.run(["git", "update-ref", "--stdin"], cwd=folder, input=f"{made}\n", text=True, check=True)
    git(folder, "gc", "--quiet", "--prune=now")
    if hook:
        path = folder / "hooks" / "pre-receive"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\nexec {hook}\n", "utf-8")
        path.chmod(0o755)
    return folder


def working_copy(folder: Path, ledger: Ledger, head: Commit) -> Path:
    """The history with the law, but no case, on the disk."""
    ledger.write(folder, head, bare=False)
    git(folder, "checkout", "-q", "main", "--", "caseledger.yml", "policy")
    return folder
