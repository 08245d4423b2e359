"""Who signed a commit: verified by Git and ssh-keygen against a list of allowed signers, and against nothing else.

The list is handed in as it stood before a change, so that no change brings the keys that it is verified by. Keyrings of
whoever runs this play no part: only SSH signatures are verified, others are named for what they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from caseledger.history.repository import Repository

ALLOWED_SIGNERS = "policy/allowed_signers"
"""Where a repository keeps its list, in the form of ssh-keygen(1), ALLOWED SIGNERS."""

_SIGNATURE = re.compile(rb"^gpgsig(?:-sha256)? -----BEGIN (\w+) ", re.MULTILINE)
_PROGRAMS = ("gpg.ssh.program=ssh-keygen", "gpg.program=false", "gpg.openpgp.program=false", "gpg.x509.program=false")


class State(StrEnum):
    """What is to be said of a commit's signature; OTHER is one that is not made with SSH."""

    NONE = "none"
    GOOD = "good"
    UNKNOWN = "unknown-key"
    BAD = "bad"
    OTHER = "other-kind"


@dataclass(frozen=True)
class Signature:
    """The signature of one commit; `signer` is a principal of the list, `key` a fingerprint, "" where not known."""

    state: State
    signer: str = ""
    key: str = ""


def verify(repository: Repository, commits: Sequence[str], allowed: bytes | None) -> dict[str, Signature]:
    """The signatures of commits (full ids) by a list of allowed signers; without a list, every key is unknown."""
    kinds = zip(commits, map(_kind, repository.read(commits)), strict=True)
    found = {commit: Signature(kind) for commit, kind in kinds}
    signed = [commit for commit, signature in found.items() if signature.state is State.UNKNOWN]
    if signed:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "allowed_signers"
            path.write_bytes(allowed or b"")
            found.update(_verified(repository, signed, path))
    return found


def _kind(raw: bytes) -> State:
    """Whether a commit is signed: NONE, UNKNOWN for an SSH signature that is yet to be verified, or OTHER."""
    signature = _SIGNATURE.search(raw.partition(b"\n\n")[0])
    if signature is None:
        return State.NONE
    return State.UNKNOWN if signature[1] == b"SSH" else State.OTHER


def _verified(repository: Repository, commits: Sequence[str], allowed: Path) -> Iterator[tuple[str, Signature]]:
    """What ssh-keygen says of SSH signatures."""
    settings = (f"gpg.ssh.allowedSignersFile={allowed}", *_PROGRAMS)
    options = [word for setting in settings for word in ("-c", setting)]
    walk = ("log", "--no-walk=unsorted", "--stdin", "--no-show-signature", "--format=%H %G? %GF %GS")
    given = "".join(f"{commit}\n" for commit in commits).encode("ascii")
    for line in repository.ask(*options, *walk, given=given).decode(errors="replace").splitlines():
        commit, said, key, signer = line.split(" ", 3)
        yield commit, Signature({"G": State.GOOD, "U": State.UNKNOWN}.get(said, State.BAD), signer, key)
