"""The commands that show each fact of a proof, with what they print if it is so.

They need Git, sha256sum and a POSIX shell, and nothing of caseledger. What they print is plain ASCII: nothing that was
written into a commit reaches a terminal by them.
"""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from caseledger.history.commits import Commit
from caseledger.history.signatures import Signature, State
from caseledger.language import N_, Text
from caseledger.proof.gathering import COUNTING, Proof, Revision, Source

_WHEN = "%Y-%m-%d %H:%M:%S %z"


@dataclass(frozen=True)
class Check:
    """A command, what it shows, and what it prints then, without the end of the last line."""

    shows: Text
    command: str
    prints: str


def preparation(proof: Proof) -> list[str]:
    """What is done once in a shell before the commands, in the Git repository; it prints nothing."""
    lines = [
        'cd "$(git rev-parse --show-toplevel)"',
        "export LC_ALL=C GIT_NO_REPLACE_OBJECTS=1 GIT_GRAFT_FILE=/dev/null/none",
    ]
    if signers := proof.source("signers"):
        lines.append(f'signers=$(mktemp) && git cat-file blob {signers.blob} > "$signers"')
    return lines


def of_history(proof: Proof) -> Iterator[Check]:
    """That the history is all there, unbroken, and contains the commit."""
    yield Check(Text(N_("The clone has the whole history.")), "git rev-parse --is-shallow-repository", "false")
    yield Check(
        Text(N_("Every object has the content that its name stands for; nothing is missing.")),
        'git fsck --strict --no-dangling --no-progress 2>&1 && echo "no errors"',
        "no errors",
    )
    yield Check(
        Text(N_("The commit that is proved belongs to the history that you have.")),
        f'git merge-base --is-ancestor {proof.commit.id} HEAD && echo "it does"',
        "it does",
    )


def of_source(proof: Proof, source: Source) -> Iterator[Check]:
    """That a file at the commit is this one, and which commits changed it."""
    path = shlex.quote(source.path)
    yield Check(
        Text(N_("This is the file at the commit.")),
        f"git ls-tree {proof.commit.id} {path} | cut -c8- | cut -f1",
        f"blob {source.blob}",
    )
    yield Check(
        Text(N_("Its SHA-256; sha256sum of a copy that you were given prints the same.")),
        f"git cat-file blob {source.blob} | sha256sum",
        f"{source.sha256}  -",
    )
    yield Check(
        Text(N_("No other commits than these changed it, newest first.")),
        f"git rev-list --full-history --topo-order {proof.commit.id} -- {path}",
        "\n".join(source.commits),
    )


def of_revision(proof: Proof, revision: Revision) -> Iterator[Check]:
    """Who committed a change of the case's file and when, what the file was then, and that all of it still stands."""
    path, commit = shlex.quote(proof.case.path), revision.commit
    yield of_commit(commit)
    yield Check(
        Text(N_("The file was this.")),
        f"git ls-tree {commit.id} {path} | cut -c8- | cut -f1",
        f"blob {revision.blob}" if revision.blob else "",
    )
    if commit.id != proof.case.commits[0]:
        added, removed = revision.later
        yield Check(
            Text(N_("Lines added and removed since; where none was removed, all that stood there still stands.")),
            f"git diff-tree {' '.join(COUNTING)} {commit.id} {proof.commit.id} -- {path} | cut -f1,2",
            f"{added}\t{removed}" if added or removed else "",
        )
    yield from of_signature(commit, revision.signature)


def of_commit(commit: Commit) -> Check:
    """Who wrote and committed it, and when, by what it says itself."""
    authored, committed = f"{commit.authored:{_WHEN}}", f"{commit.committed:{_WHEN}}"
    said = f"{authored} {commit.author.email}, {committed} {commit.committer.email}"
    return Check(
        Text(N_("When and by whom it was written, and committed, by its own words.")),
        f"git log -1 --no-show-signature --date='format:{_WHEN}' --format='%ad %ae, %cd %ce' {commit.id}"
        " | tr -c '[:print:]\\n' '?'",
        "".join(chr(byte) if 32 <= byte < 127 else "?" for byte in said.encode()),
    )


def of_signature(commit: Commit, signature: Signature) -> Iterator[Check]:
    """What an SSH signature is worth by the allowed signers; nothing for a commit that has none."""
    if signature.state in (State.NONE, State.OTHER):
        return
    letter = {State.GOOD: "G", State.UNKNOWN: "U"}.get(signature.state, "B")
    yield Check(
        Text(N_("Its signature: G is good, U good but by a key that is not allowed, B bad.")),
        'git -c gpg.ssh.allowedSignersFile="${signers:-/dev/null}" log -1 --no-show-signature'
        f" --format='%G?% GF% GS' {commit.id}",
        " ".join(filter(None, [letter, signature.key, signature.signer])),
    )
