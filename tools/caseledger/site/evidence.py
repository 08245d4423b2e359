"""Evidence that a page may lead to: addresses on the web, and small files in Git, which are copied beside the pages.

Whatever a case says, only a file of its own folder is copied, only unchanged since it was recorded, and only of a kind
that a browser shows or saves without running anything in it.
"""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from caseledger.findings import Judged

FOLDER = "evidence"
INERT = frozenset({".csv", ".gif", ".jpeg", ".jpg", ".mp3", ".mp4", ".pdf", ".png", ".txt", ".wav", ".webp"})


def links(judged: Judged, case_file: Path, out: Path) -> dict[str, str]:
    """Where each uri of a case's evidence leads, from its page; those that lead nowhere are left out."""
    found = {}
    for file in files(judged):
        uri = file["uri"]
        if target := _web(uri) or _copy(file, case_file.with_suffix(""), out):
            found[uri] = target
    return found


def folder(case_path: str) -> str:
    """Where the files of a case ("cases/2026/11/C-20261103-7K3QD.yml") are copied to, from the top of the site."""
    return f"{FOLDER}/{case_path.removeprefix('cases/').removesuffix('.yml')}"


def files(judged: Judged) -> Iterator[Mapping[str, Any]]:
    """Every file of evidence of a case."""
    for event in judged.state.events:
        if event.type == "evidence":
            yield from event.data["files"]


def _web(uri: str) -> str:
    try:
        parts = urlsplit(uri)
    except ValueError:
        return ""
    return uri if parts.scheme == "https" and parts.netloc else ""


def _copy(file: Mapping[str, Any], folder: Path, out: Path) -> str:
    try:
        source = (folder / file["uri"]).resolve(strict=True)
    except (OSError, ValueError):
        return ""
    inside = source.is_file() and source.is_relative_to(folder.resolve())
    if not inside or source.suffix.lower() not in INERT:
        return ""
    if hashlib.sha256(source.read_bytes()).hexdigest() != file["sha256"]:
        return ""
    path = Path(FOLDER, *folder.parts[-3:], source.relative_to(folder.resolve()))
    target = out / path
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return f"../../../../{quote(path.as_posix())}"
