"""What a server lets in: a push to a protected branch is audited, and the files that it brings are checked.

For a plain Git server, as its pre-receive hook: there is no working copy, and what was pushed lies in quarantine. What
is judged by is the law as it was before the push; what is checked is laid out in a folder of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from caseledger import auditing, disposal, files, register, reviews, seal
from caseledger.auditing import Audit, places
from caseledger.errors import Refused
from caseledger.history import span
from caseledger.history.checkout import LAW, Checkout
from caseledger.history.repository import Repository
from caseledger.history.span import Span
from caseledger.language import N_, Text
from caseledger.problem import Problem, Severity

BRANCHES = ("main", "master")
_HEADS = "refs/heads/"


@dataclass(frozen=True)
class Update:
    """What a push does to one reference: the commits before and after, "" where there is none, and its name."""

    old: str
    new: str
    ref: str


@dataclass(frozen=True)
class Refusal:
    """Why an update is not let in: a reason by itself, or what is wrong with the files."""

    ref: str
    reason: Text | None
    problems: tuple[Problem, ...]


def updates(lines: Iterable[str]) -> list[Update]:
    """What Git tells a pre-receive hook, line by line (githooks(5))."""
    found = []
    for line in lines:
        old, new, ref = line.rstrip("\n").split(" ", 2)
        found.append(Update(old if old.strip("0") else "", new if new.strip("0") else "", ref))
    return found


def refusals(repository: Repository, pushed: Iterable[Update], now: datetime) -> Iterator[Refusal]:
    """Every update of a protected branch that is not let in."""
    own = repository.answer("symbolic-ref", "--quiet", "HEAD").decode().strip()
    for update in pushed:
        if not update.ref.startswith(_HEADS):
            continue
        base = update.old or _tip(repository, own)
        if update.ref.removeprefix(_HEADS) in _protected(repository, base or update.new, own):
            if not update.new:
                yield Refusal(update.ref, Text(N_("A protected branch is not deleted.")), ())
            elif found := tuple(_problems(repository, update, base, now)):
                yield Refusal(update.ref, None, found)


def _tip(repository: Repository, ref: str) -> str:
    """The commit of a branch, "" if there is none yet."""
    return repository.answer("rev-parse", "--verify", "--quiet", ref).decode().strip()


def _protected(repository: Repository, commit: str, own: str) -> set[str]:
    """The names of the protected branches, by the settings at a commit."""
    with TemporaryDirectory(prefix="caseledger-hook-") as folder:
        try:
            settings = Checkout(repository, commit, Path(folder)).rulebook.settings
        except Refused:
            settings = {}
    return set(settings.get("audit", {}).get("branches", (*BRANCHES, own.removeprefix(_HEADS))))


def _problems(repository: Repository, update: Update, base: str, now: datetime) -> list[Problem]:
    """The errors that an update brings."""
    commits = span.between(repository, base, update.new) if base else Span("", update.new, ())
    with Audit(repository, commits, pushed=bool(update.old), landing=now) as audit:
        found = auditing.find(audit)
        found += _check(audit, now)
    return [problem for problem in dict.fromkeys(found) if problem.severity is Severity.ERROR]


def _check(audit: Audit, now: datetime) -> list[Problem]:
    """What is wrong with the files that an update adds or alters, as `caseledger check` finds it."""
    blobs = {path: change.after for path, change in audit.steps.whole.items() if change.after and change.after.plain}
    kept = [path for path in blobs if path.startswith(f"{seal.FOLDER}/")]
    cases = [path for path in blobs if path.startswith("cases/") and path not in kept and not places.folder_of(path)]
    records = [path for path in blobs if path.startswith("reviews/")]
    head = audit.law.head
    head.write({path: blobs[path] for path in (*cases, *records)})
    head.write_paths([*_related(head, cases), disposal.CERTIFICATES])
    there = [place for place in (head.folder / path for path in (*cases, *records)) if place.is_file()]
    wanted = [place for place in there if place.is_relative_to(head.folder / "cases")]
    found = [p for entry in register.read_all(head.folder, now, wanted, whole=False) for p in entry.problems]
    found += [p for record in reviews.read_all(head.rulebook, there) for p in record.problems] if records else []
    if kept:
        found += [problem for problem in audit.law.archive(head).problems if problem.path in kept]
    law = any(path == LAW[0] or path.startswith(f"{LAW[1]}/") for path in audit.steps.whole)
    return [*found, *(head.rulebook.problems(now) if law else ())]


def _related(head: Checkout, cases: Iterable[str]) -> set[str]:
    """The paths of the cases that these name."""
    named: set[str] = set()
    for path in cases:
        place = head.folder / path
        if place.is_file():
            named.update(match[0] for match in files.CASE_NAME.finditer(place.read_text("utf-8", "replace")))
    return {files.case_path(Path(), name).as_posix() for name in named}.difference(cases)
