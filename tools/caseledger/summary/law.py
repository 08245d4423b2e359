"""What a change does to that by which cases are judged: policies, calendars, people, settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from caseledger.errors import Refused
from caseledger.history.changes import Change
from caseledger.people import People
from caseledger.rulebook import Rulebook

PEOPLE = "policy/people.yml"


@dataclass(frozen=True)
class FileChange:
    """A policy version, a calendar or another file of the law, by name; `what` is "added", "removed" or "changed"."""

    kind: str
    name: str
    what: str


@dataclass(frozen=True)
class PersonChange:
    """Somebody who was "added", "removed" or "changed", with the roles given and taken: role, first and last day.

    `key` says whether they have a key to the vault that they did not have.
    """

    id: str
    what: str
    given: tuple[tuple[str, date, date | None], ...]
    taken: tuple[tuple[str, date, date | None], ...]
    key: bool = False


def files(changes: list[Change]) -> list[FileChange]:
    """The files of the law that a change touches, a policy version as one."""
    found: dict[tuple[str, str], str] = {}
    for change in changes:
        if known := named(change.path):
            is_version = known[0] == "policy" and not change.path.endswith("/policy.yml")
            if not is_version or known not in found:
                found[known] = "changed" if is_version else what(change)
    return [FileChange(kind, name, what) for (kind, name), what in sorted(found.items())]


def what(change: Change) -> str:
    """What became of a file: "added", "removed" or "changed"."""
    return "added" if change.before is None else "removed" if change.after is None else "changed"


def named(path: str) -> tuple[str, str] | None:
    """What a file of the law is and what it is called, None if it is none."""
    parts = PurePosixPath(path).parts
    if parts[0] == "caseledger.yml":
        return "settings", path
    if parts[0] != "policy" or len(parts) < 2:
        return None
    if path == PEOPLE:
        return "people", path
    if parts[1] == "calendars":
        return "calendar", PurePosixPath(path).stem
    return ("policy", f"{parts[1]}@{parts[2]}") if len(parts) > 3 else ("other", path)


def people(before: Rulebook, after: Rulebook) -> Iterator[PersonChange]:
    """Everyone whose entry is new, gone or another one."""
    old, new = _people(before).persons, _people(after).persons
    for name in sorted({*old, *new}):
        was, is_ = old.get(name), new.get(name)
        if was != is_:
            had, has = set(was.roles if was else ()), set(is_.roles if is_ else ())
            what = "added" if was is None else "removed" if is_ is None else "changed"
            key = bool(is_ and is_.vault_key and (was is None or was.vault_key != is_.vault_key))
            yield PersonChange(name, what, _in_order(has - had), _in_order(had - has), key)


def _in_order(roles: set[tuple[str, date, date | None]]) -> tuple[tuple[str, date, date | None], ...]:
    return tuple(sorted(roles, key=lambda role: (role[0], role[1], role[2] or date.max)))


def _people(rulebook: Rulebook) -> People:
    try:
        return rulebook.people
    except Refused:  # `check` says why
        return People({})
