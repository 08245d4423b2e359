"""The facts about one case at one commit: its file in every commit that changed it, what judges it, what follows.

Everything is taken from the commit, nothing from the working copy: what is proved is what others can fetch.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from caseledger import files
from caseledger.calendar import Calendar
from caseledger.casefile import load
from caseledger.errors import CannotGoOn, Refused
from caseledger.findings import Judged, judge
from caseledger.history import changes, commits
from caseledger.history.checkout import Checkout
from caseledger.history.commits import Commit
from caseledger.history.repository import Repository
from caseledger.history.signatures import ALLOWED_SIGNERS, Signature, verify
from caseledger.language import N_, Text
from caseledger.model import Event
from caseledger.people import Person

PEOPLE = "policy/people.yml"
COUNTING = ("-r", "--numstat", "--ignore-cr-at-eol")
"""How lines are counted: with their contents, whatever ends them, so that going on after an unended line adds only."""


@dataclass(frozen=True)
class Source:
    """A file at the commit: "case", "evidence", "policy", "text", "calendar", "people" or "signers".

    `path` is from the top of the Git repository, `commits` are those that changed the file, newest first.
    """

    kind: str
    path: str
    blob: str
    sha256: str
    size: int
    commits: tuple[str, ...]


@dataclass(frozen=True)
class Revision:
    """The case's file after a commit: `blob` is None if the commit took it away.

    `later` are the lines that were added and removed between then and the commit that is proved, as Git counts them.
    """

    commit: Commit
    signature: Signature
    blob: str | None
    later: tuple[int, int]


@dataclass(frozen=True)
class Acting:
    """A person of whom the case speaks: the events that they recorded or approved, each with their role in it."""

    id: str
    person: Person | None
    events: tuple[tuple[Event, str], ...]


@dataclass(frozen=True)
class Proof:
    """All there is to show about a case at a commit, judged at `now`; revisions are oldest first."""

    judged: Judged
    calendar: Calendar
    now: datetime
    commit: Commit
    signature: Signature
    sources: tuple[Source, ...]
    revisions: tuple[Revision, ...]
    people: tuple[Acting, ...]
    differs: bool
    """Whether the working copy has other bytes than the commit."""

    def source(self, kind: str) -> Source | None:
        """The file of that kind."""
        return next((source for source in self.sources if source.kind == kind), None)

    @property
    def case(self) -> Source:
        """The case's own file."""
        return self.sources[0]

    @property
    def grew(self) -> bool:
        """Whether the file only ever grew: nothing that a commit wrote into it is missing now."""
        return all(revision.blob and not revision.later[1] for revision in self.revisions)


def gather(root: Path, case_id: str, name: str, now: datetime) -> Proof:
    """The proof of a case at the commit of that name; CannotGoOn if it is not there, or cannot be judged."""
    path = files.shown(files.case_path(root, case_id), root)
    with Repository(root) as repository, TemporaryDirectory() as folder:
        if repository.shallow:
            message = N_("Not all commits were fetched, so not all can be shown. Fetch them: git fetch --unshallow")
            raise CannotGoOn(Text(message))
        commit = repository.commit(name)
        checkout = Checkout(repository, commit, Path(folder))
        checkout.write_paths([path])
        judged = _judged(checkout, path, now)
        sources = tuple(_sources(checkout, judged, path))
        signers = next((repository.read([s.blob]) for s in sources if s.kind == "signers"), None)
        allowed = next(signers) if signers else None
        signatures = verify(repository, list(dict.fromkeys([commit, *sources[0].commits])), allowed)
        [described] = commits.read(repository, [commit])
        return Proof(
            judged=judged,
            calendar=checkout.rulebook.calendar(judged.policy.calendar),
            now=now,
            commit=described,
            signature=signatures[commit],
            sources=sources,
            revisions=tuple(_revisions(repository, sources[0], commit, signatures)),
            people=tuple(_acting(checkout, judged.state.case.events)),
            differs=_differs(root / path, checkout.folder / path),
        )


def _judged(checkout: Checkout, path: str, now: datetime) -> Judged:
    """The case by the law of the commit."""
    if not (checkout.folder / path).is_file():
        message = N_("There is no {path} at {commit}; only what was committed can be proved.")
        raise CannotGoOn(Text(message, path=path, commit=checkout.commit[:10]))
    entry, _ = load(checkout.folder, checkout.folder / path)
    if entry.data is None:
        raise Refused(Text(N_("{path} cannot be read."), path=path), entry.problems)
    found = next(judge(checkout.rulebook, [entry], now), None)
    if found is None:
        message = N_("{id} cannot be judged: its policy is not in the repository, or it was received later.")
        raise CannotGoOn(Text(message, id=Path(path).stem))
    return found


def _sources(checkout: Checkout, judged: Judged, path: str) -> Iterator[Source]:
    """The case's file, its evidence that is kept in Git, then every file that it is judged by."""
    folder = f"policy/{judged.policy.profile}/{judged.policy.version}/"
    evidence = changes.files(checkout.repository, checkout.commit, [path.removesuffix(".yml")])
    wanted = [("case", path), *(("evidence", name) for name in evidence if name.isprintable())]
    wanted.append(("policy", f"{folder}policy.yml"))
    wanted += [("text", name) for name in checkout.law if name.startswith(f"{folder}text.")]
    wanted.append(("calendar", f"policy/calendars/{judged.policy.calendar}.yml"))
    wanted += [
        (kind, name) for kind, name in (("people", PEOPLE), ("signers", ALLOWED_SIGNERS)) if name in checkout.law
    ]
    for kind, name in wanted:
        yield _source(checkout, kind, name)


def _source(checkout: Checkout, kind: str, path: str) -> Source:
    repository = checkout.repository
    [blob] = changes.files(repository, checkout.commit, [path]).values()
    [raw] = repository.read([blob.id])
    full = repository.within + path
    touched = repository.lines("rev-list", "--full-history", "--topo-order", checkout.commit, "--", full)
    return Source(kind, full, blob.id, hashlib.sha256(raw).hexdigest(), len(raw), tuple(touched))


def _revisions(repository: Repository, case: Source, head: str, signatures: dict[str, Signature]) -> Iterator[Revision]:
    path = case.path.removeprefix(repository.within)
    for commit in commits.read(repository, reversed(case.commits)):
        blob = changes.files(repository, commit.id, [path]).get(path)
        counted = repository.lines("diff-tree", *COUNTING, commit.id, head, "--", case.path)
        added, removed, _ = counted[0].split("\t") if counted else ("0", "0", "")
        later = (int(added), int(removed)) if added != "-" else (0, case.size)
        yield Revision(commit, signatures[commit.id], blob.id if blob else None, later)


def _acting(checkout: Checkout, events: Sequence[Event]) -> Iterator[Acting]:
    found: dict[str, list[tuple[Event, str]]] = {}
    for event in events:
        found.setdefault(event.by, []).append((event, event.role))
        approval = event.data.get("approved_by")
        if isinstance(approval, dict):
            found.setdefault(str(approval.get("by")), []).append((event, str(approval.get("as"))))
    for name, acted in found.items():
        yield Acting(name, checkout.rulebook.people.get(name), tuple(acted))


def _differs(path: Path, committed: Path) -> bool:
    """Whether a file differs from what was committed in more than line endings, which Git may change on the way."""
    return path.is_file() and path.read_bytes().splitlines() != committed.read_bytes().splitlines()
