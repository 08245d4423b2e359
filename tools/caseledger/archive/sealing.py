"""Which cases are sealed now, and what their entries say; what cannot be sealed is named with the reason."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from caseledger import duration, files, findings, instant, keeping, labels, register
from caseledger.casefile import Entry
from caseledger.clocks import OPEN
from caseledger.findings import Judged
from caseledger.history import changes
from caseledger.history.repository import Repository
from caseledger.language import N_, Text
from caseledger.problem import Severity
from caseledger.rulebook import Rulebook
from caseledger.rules import archive_sealed
from caseledger.seals import Archive
from caseledger.stores import beside

GRACE = "30 d"
"""How long after its end a case is sealed, where the settings do not say."""


@dataclass(frozen=True)
class LeftOut:
    """A case that is due to be sealed and is not, and why."""

    path: str
    reason: Text


@dataclass(frozen=True)
class Plan:
    """What is sealed now: entries without numbers, in the order in which the cases ended; and what is left out."""

    entries: tuple[Mapping[str, Any], ...]
    left_out: tuple[LeftOut, ...]


def plan(rulebook: Rulebook, archive: Archive, now: datetime) -> Plan:
    """What an archive run seals at `now`; only what is committed, byte for byte, is sealed."""
    with Repository(rulebook.root) as repository:
        committed = {path: blob.id for path, blob in changes.files(repository, "HEAD", ["cases"]).items()}
    paths = list(_unsealed(rulebook.root, archive))
    known = {path.stem: archive.by_case[path.stem] for path in paths if path.stem in archive.by_case}
    some = partial(_some, rulebook.root, now, committed, Archive(rulebook.root, known, ()))
    if len(paths) < register.ENOUGH:
        found = some(paths)
    else:
        chunks = [paths[i : i + register.MOST] for i in range(0, len(paths), register.MOST)]
        with ProcessPoolExecutor() as pool:
            found = [one for part in pool.map(some, chunks) for one in part]
    ready = sorted((one for one in found if not isinstance(one, LeftOut)), key=lambda one: (one[0], one[1]["case"]))
    return Plan(tuple(entry for _, entry in ready), tuple(one for one in found if isinstance(one, LeftOut)))


def _some(
    root: Path, now: datetime, committed: Mapping[str, str], archive: Archive, paths: Sequence[Path]
) -> list[LeftOut | tuple[datetime, Mapping[str, Any]]]:
    """Of these case files, in this process, those that are due: when each ended with its entry, or why not."""
    rulebook = Rulebook(root)
    read = register.read_some(root, now, True, paths)
    by_path = {entry.path: entry for entry in read}
    due: list[LeftOut | tuple[datetime, Mapping[str, Any]]] = []
    for judged in findings.judge(rulebook, read, now):
        if ended := _ended(rulebook, judged, now):
            found = _Candidate(rulebook, judged, by_path[judged.path], committed)
            reason = found.objection(archive)
            due.append(LeftOut(judged.path, reason) if reason else (ended, found.entry(now)))
    return due


def _unsealed(root: Path, archive: Archive) -> Iterator[Path]:
    """The case files that are not as long as when they were sealed: all others are not looked at."""
    for path in register.case_files(root):
        newest = archive.newest(path.stem)
        if newest is None or path.stat().st_size != newest.size:
            yield path


def _ended(rulebook: Rulebook, judged: Judged, now: datetime) -> datetime | None:
    """When a case ended that is past its time of grace, None for all others."""
    ended = judged.state.ended
    if ended is None:
        return None
    grace = duration.parse(rulebook.settings.get("archive", {}).get("grace", GRACE))
    until = rulebook.calendar(judged.policy.calendar).due(ended.at, grace).at
    return ended.at if until is not None and until <= now else None


class _Candidate:
    """A case that is past its time of grace, with its files as they lie here."""

    def __init__(self, rulebook: Rulebook, judged: Judged, entry: Entry, committed: Mapping[str, str]) -> None:
        self.rulebook = rulebook
        self.judged = judged
        self.checked = entry
        self.committed = committed
        self.raw = (rulebook.root / judged.path).read_bytes()
        self.beside = archive_sealed.beside(rulebook.root, judged.path)
        """The files in the case's folder, by uri."""
        self.digests = {uri: archive_sealed.digest(path) for uri, path in self.beside.items()}

    def objection(self, archive: Archive) -> Text | None:
        """Why the case cannot be sealed."""
        if any(problem.severity is Severity.ERROR for problem in self.checked.problems):
            return Text(N_("it has errors: caseledger check {path}"), path=self.judged.path)
        if next(archive.compared([self.judged.id]), None):
            return Text(N_("it was changed after it was sealed: caseledger archive verify"))
        if waiting := next((v for v in self.judged.verdicts if v.status in OPEN), None):
            status = labels.label("status", waiting.status)
            return Text(N_("the deadline {clock} is still open ({status})"), clock=waiting.clock.id, status=status)
        return self._uncommitted() or self._wrong_evidence()

    def entry(self, now: datetime) -> dict[str, Any]:
        """What the archive file says of the case, but its number."""
        state, policy, data = self.judged.state, self.judged.policy, self.judged.state.case.data
        calendar = self.rulebook.calendar(policy.calendar)
        kept = keeping.kept(state, policy, calendar)
        assert state.ended  # noqa: S101 - open cases are not candidates
        assert kept  # noqa: S101 - what has ended is kept
        outcome = state.ended.data.get("outcome")
        return {
            "case": self.judged.id,
            "at": instant.show(calendar.local(now)),
            "policy": policy.name,
            "received": calendar.day_of(state.events[0].at).isoformat(),
            "ended": calendar.day_of(state.ended.at).isoformat(),
            "state": state.state,
            **({"outcome": outcome} if outcome else {}),
            "grade": state.grade(policy.default_grade),
            **{name: data[name] for name in ("category", "channel", "market")},
            "class": kept.record_class,
            "kept_until": kept.until.isoformat(),
            "size": len(self.raw),
            "events": len(data["events"]),
            "sha256": hashlib.sha256(self.raw).hexdigest(),
            "evidence": dict(sorted(self._digests())),
            "verdicts": {f"{v.cycle}/{v.clock.id}": v.status.value for v in self.judged.verdicts},
        }

    def _digests(self) -> Iterator[tuple[str, str]]:
        for file in self._recorded():
            yield file["uri"], file["sha256"]
        yield from self.digests.items()

    def _recorded(self) -> Iterator[Mapping[str, Any]]:
        for event in self.judged.state.events:
            if event.type == "evidence":
                yield from event.data["files"]

    def _uncommitted(self) -> Text | None:
        if not self._holds(self.judged.path, self.raw):
            return Text(N_("{path} is not committed as it is here"), path=self.judged.path)
        for uri, path in self.beside.items():
            shown = files.shown(path, self.rulebook.root)
            kept_by_lfs = beside.pointer(self.digests[uri], path.stat().st_size)
            if not self._holds(shown, kept_by_lfs) and not self._holds(shown, path.read_bytes()):
                return Text(N_("{path} is not committed as it is here"), path=shown)
        return None

    def _holds(self, path: str, raw: bytes) -> bool:
        """Whether the commit has these bytes there."""
        return self.committed.get(path) == _blob(raw, self.committed.get(path, ""))

    def _wrong_evidence(self) -> Text | None:
        for file in self._recorded():
            uri = file["uri"]
            if ":" not in uri:
                found = self.digests.get(uri)
                if found is None:
                    return Text(N_("its evidence {uri} is not here"), uri=uri)
                if found != file["sha256"]:
                    return Text(N_("its evidence {uri} is not what was recorded"), uri=uri)
        return None


def _blob(raw: bytes, like: str) -> str:
    """The id that Git gives to these contents, by the algorithm of the repository."""
    algorithm = hashlib.sha256 if len(like) == 64 else hashlib.sha1
    return algorithm(b"blob %d\0" % len(raw) + raw).hexdigest()
