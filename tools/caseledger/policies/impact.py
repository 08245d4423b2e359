"""What a change of policies or calendars does to cases: deadlines moved, newly broken, no longer broken.

A case is judged by the version that it names. So a new version touches no case that there is; what does is a changed
calendar, and a version that was edited although it is in force. Each case is judged twice as it stands at the head of
the change, once by the law of the base and once by that of the head: only the law makes a difference.
"""

from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from caseledger import files, findings, yamltext
from caseledger.calendar import Calendar
from caseledger.casefile import Entry
from caseledger.clocks import Verdict
from caseledger.errors import Refused
from caseledger.findings import Judged
from caseledger.history import changes, span
from caseledger.history.checkout import Checkout
from caseledger.history.repository import Repository
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook

KINDS = ("breached", "unbreached", "moved", "settled", "unsettled", "appeared", "gone")
"""What can become of a clock; "settled" is one whose deadline stays and is no longer provisional."""


@dataclass(frozen=True)
class Effect:
    """One clock of one case that comes to something else; `before` or `after` is None where it does not run."""

    kind: str
    case: Judged
    verdict: Verdict
    before: Verdict | None
    after: Verdict | None

    @property
    def id(self) -> str:
        """The case's number, as its file bears it."""
        return PurePosixPath(self.case.path).stem


@dataclass(frozen=True)
class NewVersion:
    """A version that the head adds, and the cases received since its first day, which come under it."""

    name: str
    received_since: tuple[str, ...]


@dataclass(frozen=True)
class Impact:
    """What the head of a change does to the cases; `edited` versions are `in_force` if their first day has come."""

    added: tuple[NewVersion, ...]
    removed: tuple[str, ...]
    edited: tuple[str, ...]
    in_force: tuple[str, ...]
    calendars: tuple[str, ...]
    unread: tuple[str, ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True)
class _Law:
    """Policies and calendars at one commit."""

    checkout: Checkout

    @property
    def rulebook(self) -> Rulebook:
        """What reads them."""
        return self.checkout.rulebook

    def judge(self, entry: Entry, now: datetime) -> Judged | None:
        """The case by this law, None where it does not know the version that the case names."""
        with self._saying_when():
            return next(findings.judge(self.rulebook, [entry], now), None)

    def calendar(self, name: str) -> Calendar | None:
        """The calendar of a version, None where there is no such version."""
        with self._saying_when():
            policy = self.rulebook.policy(name)
            return self.rulebook.calendar(policy.calendar) if policy else None

    def in_force(self, name: str, now: datetime) -> bool:
        """Whether the first day of a version has come."""
        calendar = self.calendar(name)
        return calendar is not None and name.partition("@")[2] <= calendar.day_of(now).isoformat()

    @contextmanager
    def _saying_when(self) -> Iterator[None]:
        try:
            yield
        except Refused as refused:
            message = Text(N_("At {commit}: {text}"), commit=self.checkout.commit[:10], text=refused.text)
            raise Refused(message, refused.problems) from None


def impact(root: Path, commits: str, now: datetime) -> Impact:
    """What the commits of BASE..HEAD do to the cases of the head, judged at `now`."""
    with Repository(root) as repository, TemporaryDirectory() as folder:
        found = span.parse(repository, commits)
        base, head = (_Law(Checkout(repository, c, Path(folder) / c)) for c in (found.base, found.head))
        changed = {path for path, _ in base.checkout.law.items() ^ head.checkout.law.items()} - {files.SETTINGS}
        old, new = set(base.rulebook.policy_names), set(head.rulebook.policy_names)
        edited = sorted(name for name in old & new if _touched(changed, name))
        entries, unread = _cases(head.checkout) if changed else ([], [])
        return Impact(
            added=tuple(NewVersion(name, _received_since(entries, name, head, now)) for name in sorted(new - old)),
            removed=tuple(sorted(old - new)),
            edited=tuple(edited),
            in_force=tuple(name for name in edited if head.in_force(name, now)),
            calendars=tuple(sorted(PurePosixPath(p).stem for p in changed if p.startswith("policy/calendars/"))),
            unread=tuple(unread),
            effects=tuple(sorted(_effects(entries, changed, (base, head), now), key=_order)),
        )


def _touched(changed: Set[str], name: str) -> bool:
    folder = _file(name).removesuffix("policy.yml")
    return any(path.startswith(folder) for path in changed)


def _file(name: str) -> str:
    return f"policy/{name.replace('@', '/')}/policy.yml"


def _cases(checkout: Checkout) -> tuple[list[Entry], list[str]]:
    """The cases at a commit, and the files that cannot be read."""
    found, unread = [], []
    repository = checkout.repository
    blobs = changes.files(repository, checkout.commit, ["cases"])
    wanted = {path: blob.id for path, blob in blobs.items() if blob.plain and _is_case(PurePosixPath(path))}
    for path, raw in zip(wanted, repository.read(wanted.values()), strict=True):
        try:
            found.append(Entry(path, yamltext.read(raw, path).data, ()))
        except Refused:
            unread.append(path)
    return found, unread


def _is_case(path: PurePosixPath) -> bool:
    return path.parts[0] == "cases" and path.suffix == ".yml" and files.CASE_NAME.fullmatch(path.stem) is not None


def _received_since(entries: Sequence[Entry], name: str, head: _Law, now: datetime) -> tuple[str, ...]:
    """The cases of a version's profile that were received on its first day or later."""
    profile, _, first = name.partition("@")
    calendar = head.calendar(name)
    return tuple(
        PurePosixPath(entry.path).stem
        for entry in entries
        if calendar and entry.case.policy[0] == profile
        for event in entry.case.events[:1]
        if event.at <= now and calendar.day_of(event.at).isoformat() >= first
    )


def _effects(entries: Sequence[Entry], changed: Set[str], laws: tuple[_Law, _Law], now: datetime) -> Iterator[Effect]:
    """Every clock that the two laws judge differently; what nothing changed for is not judged."""
    for entry in entries:
        name = "@".join(entry.case.policy)
        calendar = laws[0].calendar(name)
        if calendar is None or changed.isdisjoint((_file(name), f"policy/calendars/{calendar.name}.yml")):
            continue
        old, new = (law.judge(entry, now) for law in laws)
        if old is None:
            continue
        before, after = _by_key(old), _by_key(new)
        for key in dict.fromkeys([*before, *after]):
            kind = _kind(before.get(key), after.get(key))
            verdict = after.get(key) or before.get(key)
            if kind and verdict:
                yield Effect(kind, new or old, verdict, before.get(key), after.get(key))


def _by_key(judged: Judged | None) -> dict[tuple[int, str], Verdict]:
    return {(verdict.cycle, verdict.clock.id): verdict for verdict in judged.verdicts} if judged else {}


def _kind(before: Verdict | None, after: Verdict | None) -> str:
    """What became of a clock, "" if nothing."""
    if before is None or after is None:
        return "appeared" if before is None else "gone"
    if before.breached is not after.breached:
        return "breached" if after.breached else "unbreached"
    if before.due != after.due:
        return "moved"
    if before.provisional is not after.provisional:
        return "settled" if before.provisional else "unsettled"
    return ""


def _order(effect: Effect) -> tuple[bool, int, str, int, str]:
    ended = effect.case.state.ended is not None
    return ended, KINDS.index(effect.kind), effect.case.path, effect.verdict.cycle, effect.verdict.clock.id
