"""Where the vault is: records in one folder, their keys in another, both outside every repository."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text


class Places(NamedTuple):
    """The folder of the encrypted records, and that of their keys."""

    records: Path
    keys: Path


def places(root: Path, settings: Mapping[str, Any]) -> Places:
    """The folders that the settings name, by default beside the repository; CannotGoOn for places that would not do."""
    named = settings.get("vault", {})
    records = _place(root, named.get("records", f"../{root.resolve().name}-vault"))
    keys = _place(root, named.get("keys", f"../{root.resolve().name}-keys"))
    for folder in (records, keys):
        if is_in_git(folder):
            message = N_(
                "The vault may not lie in a Git repository, which never forgets: {folder}."
                " Name a folder elsewhere in caseledger.yml, under vault."
            )
            raise CannotGoOn(Text(message, folder=folder))
    if records.is_relative_to(keys) or keys.is_relative_to(records):
        message = N_(
            "Records and their keys may not lie in the same place: {records} and {keys}."
            " Name two folders in caseledger.yml, under vault, best on two disks."
        )
        raise CannotGoOn(Text(message, records=records, keys=keys))
    return Places(records, keys)


def is_in_git(folder: Path) -> bool:
    """Whether a folder lies in a Git repository, or would."""
    above = (folder, *folder.parents)
    return any(
        (place / ".git").exists() or ((place / "HEAD").exists() and (place / "objects").exists()) for place in above
    )


def _place(root: Path, named: str) -> Path:
    return (root / Path(named).expanduser()).resolve()
