"""Where the repository is hosted, as the settings say: addresses of its files in the forge's web pages and editor."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

_FILE = {"github": "blob/{branch}", "gitlab": "-/blob/{branch}", "gitea": "src/branch/{branch}"}
_EDIT = {"github": "edit/{branch}", "gitlab": "-/edit/{branch}", "gitea": "_edit/{branch}"}
_NEW = {"github": "new/{branch}", "gitlab": "-/new/{branch}", "gitea": "_new/{branch}/"}
_HISTORY = {"github": "commits/{branch}", "gitlab": "-/commits/{branch}", "gitea": "commits/branch/{branch}"}
_NAME = {"github": "filename", "gitlab": "file_name", "gitea": "filename"}


@dataclass(frozen=True)
class Forge:
    """A repository on a forge: its kind, its address without a slash at the end, the branch that is true."""

    kind: str
    url: str
    branch: str

    def file(self, path: str) -> str:
        """The page of a file of the repository."""
        return f"{self._at(_FILE)}/{quote(path)}"

    def edit(self, path: str) -> str:
        """The web editor on a file of the repository."""
        return f"{self._at(_EDIT)}/{quote(path)}"

    def history(self, path: str) -> str:
        """The commits that touched a file or folder."""
        return f"{self._at(_HISTORY)}/{quote(path)}"

    def new(self, path: str, text: str) -> str:
        """The web editor on a file that there is not yet; GitLab's takes the name alone, the others the text, too."""
        given = {_NAME[self.kind]: path} | ({} if self.kind == "gitlab" else {"value": text})
        return f"{self._at(_NEW)}?{urlencode(given, quote_via=quote)}"

    def _at(self, places: Mapping[str, str]) -> str:
        return f"{self.url}/{places[self.kind].format(branch=quote(self.branch))}"


def of(settings: Mapping[str, Any]) -> Forge | None:
    """The forge that the settings name, None where they name none."""
    found = settings.get("forge")
    return Forge(found["kind"], found["url"].rstrip("/"), found.get("branch", "main")) if found else None
