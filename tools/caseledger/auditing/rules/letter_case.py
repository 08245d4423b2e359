"""Two names that differ only in letters are one file on many machines: one would hide the other."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

from caseledger import files
from caseledger.auditing import places
from caseledger.auditing.context import Audit, shown
from caseledger.history import changes
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-letter-case",
    N_("A name differs from another, or from what it must be, only in capital and small letters."),
    N_("Write the name as it is written elsewhere: cases, policy, C-20261103-7K3QD."),
    "cases/2026/11/c-20261103-7k3qd.yml",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every file that a commit adds under such a name and that the head still has."""
    added = [e for e in audit.edits if e.after and not e.before and not e.base and audit.steps.at_head(e.path)]
    others = _by_folded_name(audit, {_neighbourhood(edit.path) for edit in added})
    for edit in added:
        alike = (path for path in others[_folded(edit.path)] if path != edit.path)
        meant = _meant(edit.path) or next(alike, None)
        if meant:
            message = Text(N_("The name differs only in letters from {path}."), path=shown(meant))
            yield audit.problem(RULE, edit, message)


def _meant(path: str) -> str | None:
    """The name that the path should have: folders of a case repository are small, case numbers capital."""
    first, *rest = PurePosixPath(path).parts
    meant = PurePosixPath(first.casefold(), *(map(_spelt, rest) if first.casefold() == "cases" else rest)).as_posix()
    return meant if meant != path else None


def _spelt(part: str) -> str:
    stem = part.upper().removesuffix(".YML")
    if not files.CASE_NAME.fullmatch(stem):
        return part
    return f"{stem}.yml" if len(stem) < len(part) else stem


def _neighbourhood(path: str) -> str:
    """The folder in which a like name may stand; those of cases are right or wrong by themselves."""
    first, folder = path.partition("/")[0], places.folder_of(path)
    if first != "cases":
        return first
    return f"{path.partition(f'/{folder}/')[0]}/{folder}" if folder else ""


def _by_folded_name(audit: Audit, where: Collection[str]) -> Mapping[str, list[str]]:
    """The files of the head in these folders by what a machine without letter case takes for their name."""
    found = defaultdict(list)
    wanted = sorted(filter(None, where))
    for path in changes.files(audit.repository, audit.span.head, wanted) if wanted else ():
        found[_folded(path)].append(path)
    return found


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path.casefold())
