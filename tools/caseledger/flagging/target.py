"""Which forge, and which repository there: from the settings, else from what the CI says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from caseledger import forge
from caseledger.errors import CannotGoOn
from caseledger.flagging.gitea import Gitea
from caseledger.flagging.github import HEADERS, GitHub
from caseledger.flagging.gitlab import GitLab
from caseledger.flagging.rest import TOKEN_VARIABLE, Rest
from caseledger.forge import Forge
from caseledger.language import N_, Text

GITHUB = "https://api.github.com"
PACE = 1.0
"""Seconds between two writes on github.com, which blocks who is faster."""


@dataclass(frozen=True)
class Target:
    """A repository on a forge, and the address of the forge's interface."""

    forge: Forge
    api: str

    def tracker(self, token: str) -> GitHub | GitLab | Gitea:
        """Its issues, and the comments of its pull requests."""
        steps = [unquote(step) for step in urlsplit(self.forge.url).path.strip("/").split("/")]
        if self.forge.kind == "gitlab":
            return GitLab(Rest(self.api, token), self._project())
        owner, name = steps[-2:] if len(steps) > 1 else ("", "")
        if not owner or not name:
            message = N_("{url} names no repository; as forge, write https://git.example.com/owner/name.")
            raise CannotGoOn(Text(message, url=self.forge.url))
        if self.forge.kind == "gitea":
            return Gitea(Rest(self.api, token), (owner, name))
        return GitHub(Rest(self.api, token, HEADERS, PACE if self.api == GITHUB else 0.0), (owner, name))

    def _project(self) -> str:
        """The path of a project, which on GitLab begins behind the address of the installation."""
        return unquote(self.forge.url.removeprefix(self.api.removesuffix("/api/v4")).strip("/"))


def of(settings: Mapping[str, Any], environment: Mapping[str, str]) -> Target:
    """The repository that the settings name, else that of the CI at work; CannotGoOn where neither names one."""
    named, here = forge.of(settings), _of_ci(environment)
    if here and (named is None or (named.kind, named.url) == (here.forge.kind, here.forge.url)):
        return Target(named or here.forge, here.api)
    if named is None:
        raise CannotGoOn(
            Text(N_("Which forge? Set forge in caseledger.yml: its kind and the address of the repository."))
        )
    if here and here.forge.kind == "github" and _host(here.forge) != _host(named):
        message = N_("caseledger.yml names {named} as forge, but this is {here}, whose token is for nobody else.")
        raise CannotGoOn(Text(message, named=named.url, here=here.forge.url))
    return Target(named, _api(named))


def token(environment: Mapping[str, str]) -> str:
    """The token of the environment, empty where there is none."""
    found = environment.get(TOKEN_VARIABLE, "").strip()
    if not found.isascii() or not found.isprintable() or " " in found:
        raise CannotGoOn(Text(N_("What is in {variable} is no token."), variable=TOKEN_VARIABLE))
    return found


def _of_ci(environment: Mapping[str, str]) -> Target | None:
    def told(name: str) -> str:
        return environment.get(name, "").rstrip("/")

    if told("GITLAB_CI") == "true":
        return Target(Forge("gitlab", told("CI_PROJECT_URL"), told("CI_DEFAULT_BRANCH")), told("CI_API_V4_URL"))
    if told("GITHUB_ACTIONS") != "true":
        return None
    kind = "gitea" if told("GITHUB_API_URL").endswith("/api/v1") else "github"  # Gitea's CI speaks GitHub's language
    url = f"{told('GITHUB_SERVER_URL')}/{told('GITHUB_REPOSITORY')}"
    return Target(Forge(kind, url, "main"), told("GITHUB_API_URL"))


def _host(found: Forge) -> str | None:
    return urlsplit(found.url).hostname


def _api(named: Forge) -> str:
    parts = urlsplit(named.url)
    origin = f"{parts.scheme}://{parts.netloc}"
    match named.kind:
        case "github":
            return GITHUB if parts.hostname in ("github.com", "www.github.com") else f"{origin}/api/v3"
        case "gitlab":
            return f"{origin}/api/v4"
        case _:
            return f"{named.url.rsplit('/', 2)[0]}/api/v1"
