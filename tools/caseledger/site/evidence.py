"""Evidence that a page may lead to: addresses on the web, pictures, and small files in Git, copied beside the pages.

Of pictures there are copies with nothing but their points. Whatever else a case says, only a file of its own folder is
copied, only unchanged since it was recorded, and only of a kind that a browser shows or saves without running anything.
"""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from caseledger.findings import Judged
from caseledger.site.thumbnails import KINDS, Picture, Thumbnails

FOLDER = "evidence"
INERT = frozenset({".csv", ".mp3", ".mp4", ".pdf", ".txt", ".wav"})


class Shown(NamedTuple):
    """How a page shows a file: where a click on it leads ("" for nowhere), and a small picture of it, if any."""

    href: str
    picture: str = ""
    width: int = 0
    height: int = 0


NOT = Shown("")
"""How a file is shown that leads nowhere."""


def shown(judged: Judged, case_file: str, thumbnails: Thumbnails, root: Path, out: Path) -> dict[str, Shown]:
    """How each uri of a case's evidence is shown on its page; those that lead nowhere are left out."""
    found = {}
    for file in files(judged):
        uri = file["uri"]
        if target := _web(uri):
            found[uri] = Shown(target)
        elif file["media_type"] in KINDS:
            if copies := thumbnails.of(case_file, file):
                small, large = (
                    _put(path, f"{folder(case_file)}/{path.name}", out) for path in (copies.small, copies.large)
                )
                found[uri] = Shown(large, small, copies.width, copies.height)
        elif target := _copy(file, (root / case_file).with_suffix(""), case_file, out):
            found[uri] = Shown(target)
    return found


def pictures(judged: Judged) -> tuple[Picture, ...]:
    """The pictures that the page of a case may show, if they are at hand."""
    return tuple(Picture(file["sha256"], file["uri"]) for file in files(judged) if file["media_type"] in KINDS)


def folder(case_path: str) -> str:
    """Where the files of a case ("cases/2026/11/C-20261103-7K3QD.yml") are copied to, from the top of the site."""
    return f"{FOLDER}/{case_path.removeprefix('cases/').removesuffix('.yml')}"


def files(judged: Judged) -> Iterator[Mapping[str, Any]]:
    """Every file of evidence of a case."""
    for event in judged.state.events:
        if event.type == "evidence":
            yield from event.data.get("files", ())


def _web(uri: str) -> str:
    try:
        parts = urlsplit(uri)
    except ValueError:
        return ""
    return uri if parts.scheme == "https" and parts.netloc else ""


def _copy(file: Mapping[str, Any], folder_of_case: Path, case_file: str, out: Path) -> str:
    try:
        source = (folder_of_case / file["uri"]).resolve(strict=True)
    except (OSError, ValueError):
        return ""
    inside = source.is_file() and source.is_relative_to(folder_of_case.resolve())
    if not inside or source.suffix.lower() not in INERT:
        return ""
    if hashlib.sha256(source.read_bytes()).hexdigest() != file["sha256"]:
        return ""
    return _put(source, f"{folder(case_file)}/{source.relative_to(folder_of_case.resolve()).as_posix()}", out)


def _put(source: Path, name: str, out: Path) -> str:
    """Copy a file into the site; how a page of a case leads there."""
    target = out / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return f"../../../../{quote(name)}"
