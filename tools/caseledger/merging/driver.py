"""The merge driver: three files from Git, and the merged one back, or a conflict (gitattributes(5))."""

import subprocess
from functools import partial
from pathlib import Path

from caseledger import casefile, files, instant, yamltext
from caseledger.errors import CannotGoOn, Refused
from caseledger.language import N_, Text
from caseledger.merging import clash
from caseledger.merging.merge import merge
from caseledger.rulebook import Rulebook


def drive(base: Path, ours: Path, theirs: Path, place: Path, marker_size: int) -> None:
    """Merge by meaning into the file `ours`; Refused where that cannot be, with a conflict left in it as Git would.

    `place` is where the case file stands in the work tree.
    """
    try:
        ours.write_bytes(_merged(base.read_bytes(), ours.read_bytes(), theirs.read_bytes(), place.resolve()))
    except Exception as reason:
        _leave_conflict(base, ours, theirs, marker_size)
        if isinstance(reason, CannotGoOn):
            message = Text(N_("{text} The file is left with its conflict: caseledger resolve"), text=reason.text)
            raise Refused(message, getattr(reason, "problems", ())) from None
        raise


def _merged(base: bytes, ours: bytes, theirs: bytes, place: Path) -> bytes:
    rulebook = Rulebook(files.find_root(place.parent))
    shown = files.shown(place, rulebook.root)
    was = yamltext.read(base, shown) if base else None
    mine, other = yamltext.read(ours, shown), yamltext.read(theirs, shown)
    return merge(was, mine, other, partial(casefile.examine, rulebook, instant.now()), clash.refuse).raw


def _leave_conflict(base: Path, ours: Path, theirs: Path, size: int) -> None:
    """Conflict markers in `ours`: around the lines that differ, or around all where the lines alone would merge."""
    mine, other = ours.read_bytes(), theirs.read_bytes()
    labels = [argument for label in ("ours", "base", "theirs") for argument in ("-L", label)]
    texts = list(map(str, (ours, base, theirs)))
    done = subprocess.run(["git", "merge-file", "--quiet", f"--marker-size={size}", *labels, "--", *texts], check=False)
    if done.returncode == 0:
        begin, middle, end = (f"{mark * size} {label}".strip().encode() + b"\n" for mark, label in _MARKS)
        ours.write_bytes(begin + _ended(mine) + middle + _ended(other) + end)


_MARKS = (("<", "ours"), ("=", ""), (">", "theirs"))


def _ended(raw: bytes) -> bytes:
    return raw if raw.endswith(b"\n") else raw + b"\n"
