"""The stores of a repository: which there are, and in which of them a file is that an entry names."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from caseledger.clone import Clone
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.stores import naming, urls
from caseledger.stores.beside import Beside
from caseledger.stores.folder import Folder
from caseledger.stores.lfs import Lfs
from caseledger.stores.store import Store
from caseledger.stores.urls import Kind

USUAL = "evidence"
"""The name of the store where the settings have none."""
QUARANTINE = "quarantine"
"""The name of the store of what was refused; nothing of it is evidence."""


COPIES = "evidence-copies"
"""The folder in a copy for an auditor that holds a folder for each store: there it stands for the store itself."""


class Stores:
    """The stores of a repository, by name."""

    def __init__(self, root: Path, settings: Mapping[str, Any]) -> None:
        self.root = root
        self._urls: dict[str, str] = dict(settings.get("stores", {}))
        self._made: dict[str, Store] = {}
        self.beside = Beside(root)
        """The files in the folders of cases."""

    @property
    def are_set(self) -> bool:
        """Whether the settings name a store of evidence."""
        return any(name != QUARANTINE for name in self._urls)

    @property
    def names(self) -> list[str]:
        """The stores of evidence, the one for new files first."""
        return [name for name in self._urls if name != QUARANTINE] or [USUAL]

    def named(self, name: str) -> Store:
        """The store of that name; CannotGoOn if there is none."""
        if name not in self.names and name != QUARANTINE:
            message = N_("There is no store {name} in caseledger.yml; there are: {names}.")
            raise CannotGoOn(Text(message, name=name, names=", ".join(self.names)))
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def holding(self, case_file: str, uri: str) -> tuple[Store, str] | None:
        """The store and the key of what an entry of a case calls so; None for what is kept elsewhere (https:, s3:).

        CannotGoOn if the entry names a store that the settings do not have.
        """
        if named := naming.parts(uri):
            return self.named(named[0]), named[1]
        return None if ":" in uri else (self.beside, self.beside.path_of(case_file, uri))

    def _make(self, name: str) -> Store:
        copied = self.root / COPIES / name
        if copied.is_dir():
            return Folder(name, copied)
        url = urls.parse(self._urls.get(name, f"file:{self.root.name}-{name}"))
        if url.kind is Kind.FILE:
            return Folder(name, self._outside / url.place)
        if url.kind is Kind.LFS:
            return Lfs(name, self.root)
        from caseledger.stores.objects import Objects  # noqa: PLC0415 - slow to load

        return Objects(name, url)

    @cached_property
    def _outside(self) -> Path:
        """The folder around the repository, outside Git."""
        try:
            return Clone(self.root).folder.parent
        except CannotGoOn:
            return self.root.parent
