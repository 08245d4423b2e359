"""Files from outside become evidence: looked at first, then put into a store, and only then named by the case."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caseledger.evidence import kinds, names, reading, screening
from caseledger.evidence.reading import Facts, Told, nobody
from caseledger.evidence.rules import REFUSED
from caseledger.language import N_, Text
from caseledger.problem import START, Problem
from caseledger.stores.store import Store, read


@dataclass(frozen=True)
class Candidate:
    """One file from outside: what reading it told, its media type, and why it may not be evidence."""

    facts: Facts
    media_type: str
    objections: tuple[Text, ...]

    @property
    def name(self) -> str:
        """Its name, made harmless."""
        return names.clean(self.facts.path.name)

    @property
    def problems(self) -> list[Problem]:
        """Why it is refused."""
        return [REFUSED.problem(str(self.facts.path), START, objection) for objection in self.objections]


def look(paths: Iterable[Path], largest: str, told: Told = nobody) -> list[Candidate]:
    """These files, each content once, however often it is named."""
    found: dict[str, Candidate] = {}
    for path in paths:
        facts = reading.read(path, told)
        kind = kinds.media_type(facts)
        candidate = Candidate(facts, kind, tuple(screening.objections(facts, kind, largest)))
        found.setdefault(facts.digest, candidate)
    return list(found.values())


def entries(store: Store, case_file: str, candidates: Sequence[Candidate]) -> list[dict[str, Any]]:
    """What the event says of each file."""
    return [
        {
            "name": one.name,
            "sha256": one.facts.digest,
            "size": one.facts.size,
            "media_type": one.media_type,
            "uri": store.uri(_key(store, case_file, one)),
        }
        for one in candidates
    ]


def keep(store: Store, case_file: str, candidates: Sequence[Candidate], told: Told = nobody) -> None:
    """Put every file into a store, unless it is there; Changed if one is no longer what was looked at."""
    for one in candidates:
        store.put(_key(store, case_file, one), one.facts.digest, _read(one.facts.path, told))


def _read(path: Path, told: Told) -> Iterator[bytes]:
    for chunk in read(path):
        told(len(chunk))
        yield chunk


def unrecorded(events: Iterable[Mapping[str, Any]], candidates: Sequence[Candidate], obtained: str) -> list[Candidate]:
    """The files that no event of evidence says were obtained so."""
    known = {
        file["sha256"]
        for event in events
        if event["type"] == "evidence" and event["obtained"].strip() == obtained.strip()
        for file in event["files"]
    }
    return [one for one in candidates if one.facts.digest not in known]


def unmentioned(events: Iterable[Mapping[str, Any]], refused: Sequence[Candidate]) -> list[Candidate]:
    """Those of the refused files of which no event says that they were set aside."""
    said = "\n".join(str(event.get("note", "")) for event in events)
    return [one for one in refused if one.facts.digest not in said]


def set_aside(refused: Sequence[Candidate]) -> str:
    """What a case says of files that were refused and set aside, "" if none was."""
    said = (f"{one.name} (SHA-256 {one.facts.digest}): {' '.join(map(str, one.objections))}" for one in refused)
    return Text(N_("Not taken as evidence, kept in quarantine: {files}"), files="; ".join(said)).to() if refused else ""


def _key(store: Store, case_file: str, candidate: Candidate) -> str:
    return store.key(case_file, candidate.facts.digest, kinds.ending(candidate.media_type))
