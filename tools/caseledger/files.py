"""Where the files of a case repository are, and how one is written: wholly or not at all."""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


SETTINGS = "caseledger.yml"
RATES = "policy/rates.yml"
ALLOWED = "policy/allowed-personal-data.yml"
ARCHIVE = ("cases", "archive")
"""The folder of what was sealed; nothing in it is a case."""
PRIVATE = 0o600
"""The mode of a file that nobody but its owner may read."""
CASE_NAME = re.compile(r"C-(\d{4})(\d{2})\d{2}-[0-9A-HJKMNP-TV-Z]{5}", re.ASCII)


def find_root(start: Path) -> Path:
    """The case repository around a folder: the nearest one up that holds caseledger.yml."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise CannotGoOn(
        Text(
            N_("There is no case repository around {folder}: no {name} there or above. Name one with --repo."),
            folder=start,
            name=SETTINGS,
        )
    )


def case_path(root: Path, case_id: str) -> Path:
    """Where the case of that id is kept, however it was named: id or path; CannotGoOn if it is neither."""
    name = Path(case_id).name.removesuffix(".yml")
    case_id = name if CASE_NAME.fullmatch(name) else name.upper()
    match = CASE_NAME.fullmatch(case_id)
    if not match:
        raise CannotGoOn(Text(N_("{id} is not a case number; one looks like C-20261103-7K3QD."), id=name))
    return root / "cases" / match[1] / match[2] / f"{case_id}.yml"


def case_files(folder: Path) -> Iterator[Path]:
    """Every file below a folder that is taken for a case, in order; links are not followed, the archive is none."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):  # knows of each what it is
        path = Path(entry)
        if entry.is_dir(follow_symlinks=False):
            if not CASE_NAME.fullmatch(path.name) and path.parts[-2:] != ARCHIVE:
                yield from case_files(path)
        elif not path.name.startswith("."):
            yield path


def shown(path: Path, root: Path) -> str:
    """A path as people read it: from the root where it lies within, with slashes; a link is not followed."""
    text, prefix = path.as_posix(), f"{root.as_posix()}/"
    if not text.startswith(prefix) or "/../" in text:
        real = (path.parent.resolve() / path.name).as_posix()
        text = real if real.startswith(prefix) else text
    return text.removeprefix(prefix)


def create(path: Path, raw: bytes, mode: int = 0o666) -> None:
    """Write a new file wholly or not at all; FileExistsError if there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = _beside(path, raw, mode)
    try:
        os.link(written, path)
    finally:
        written.unlink()
    settle(path.parent)


def create_from(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a new file, however large, wholly or not at all; FileExistsError if there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with written.open("wb") as stream:
            for chunk in chunks:
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(written, path)
    finally:
        written.unlink(missing_ok=True)
    settle(path.parent)


def replace(path: Path, raw: bytes) -> None:
    """Put new bytes in the place of a file: whoever looks sees the old or the new, whole."""
    written = _beside(path, raw)
    try:
        written.chmod(path.stat().st_mode & 0o777)
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    settle(path.parent)


def put(path: Path, raw: bytes) -> None:
    """Write a file wholly or not at all, whether there is one or not; a link is followed to what it names."""
    path = path.resolve()
    if path.is_file():
        replace(path, raw)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    _beside(path, raw).replace(path)
    settle(path.parent)


def put_private(path: Path, raw: bytes) -> None:
    """Put bytes in the place of a file or of none, wholly or not at all; nobody but its owner may read them."""
    make_private(path.parent)
    written = _beside(path, raw, PRIVATE)
    try:
        written.replace(path)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
    settle(path.parent)


def make_private(folder: Path) -> None:
    """Make a folder that nobody but its owner may enter, where there is none."""
    if not folder.is_dir():
        folder.mkdir(0o700, parents=True, exist_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep every other process that asks for the same lock file waiting; a process that ends lets it go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as handle:
        _lock(handle.fileno())
        yield


def _beside(path: Path, raw: bytes, mode: int = 0o666) -> Path:
    written = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with open(written, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as stream:
        stream.write(raw)
        stream.flush()
        os.fsync(stream.fileno())
    return written


def settle(folder: Path) -> None:
    """Have the system write down what a folder holds."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
