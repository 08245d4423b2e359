"""Putting entries on record: a new case, and an event at the end of a case, as text, checked before it is written.

What is in the file stays as it is, to the byte: the entry is added to the text, the result is read again, and only if
it says what it said plus the entry does it take the file's place.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from caseledger import casefile, files, model, yamltext
from caseledger.errors import CannotGoOn, Refused
from caseledger.language import N_, Text
from caseledger.model import Case
from caseledger.problem import Problem, Severity
from caseledger.rulebook import Rulebook
from caseledger.yamltext import Document

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Recorded(NamedTuple):
    """A case file as it now is."""

    path: Path
    document: Document


def new_id(day: str) -> str:
    """A case number for a day of receipt (2026-11-03), its five last characters random."""
    return f"C-{day.replace('-', '')}-{at_random(5)}"


def new_consumer() -> str:
    """An opaque reference for a consumer."""
    return f"U-{at_random(10)}"


def create(rulebook: Rulebook, now: datetime, data: Mapping[str, Any]) -> Recorded:
    """Write a new case; Refused if anything is wrong with it, FileExistsError if its id is taken."""
    drafted = draft(rulebook, now, data)
    files.create(drafted.path, drafted.document.raw)
    return drafted


def draft(rulebook: Rulebook, now: datetime, data: Mapping[str, Any]) -> Recorded:
    """A new case as it would be written; Refused if anything is wrong with it."""
    path = files.case_path(rulebook.root, data["id"])
    shown = files.shown(path, rulebook.root)
    header = "# yaml-language-server: $schema=../../../schema/case.schema.json\n"
    document = yamltext.read((header + _written(data)).encode(), shown)
    _refuse(casefile.examine(rulebook, now, document), Text(N_("The case is not written: something is wrong with it.")))
    return Recorded(path, document)


def append(rulebook: Rulebook, now: datetime, path: Path, event: Mapping[str, Any]) -> Recorded:
    """Put an event at the end of a case; Refused if it brings an error that the case does not have already."""
    with files.locked(rulebook.root / ".cache" / "caseledger" / f"{path.stem}.lock"):
        appended = draft_event(rulebook, now, path, event)
        files.replace(path, appended.document.raw)
    return appended


def refuse_sealed(root: Path, case: Case, event_type: str) -> None:
    """CannotGoOn where a case stands as it was sealed and the event does not reopen it."""
    if event_type == "reopened" or not any(event.type in model.ENDS for event in case.events):
        return
    from caseledger import seals  # noqa: PLC0415 - few cases that somebody adds to have ended

    sealed = seals.newest(root, case.id)
    if sealed and len(case.events) <= sealed.events:
        message = N_(
            "{case} is archived as {number} and sealed: nothing can be added to it. To go on with it, reopen it first:"
            " caseledger append {case} reopened --set reason=TEXT. Then give this command again."
        )
        raise CannotGoOn(Text(message, case=case.id, number=sealed.number))


def draft_event(rulebook: Rulebook, now: datetime, path: Path, event: Mapping[str, Any]) -> Recorded:
    """A case as it would be with one more event; Refused if that brings an error that it does not have already."""
    shown = files.shown(path, rulebook.root)
    old = yamltext.read(path.read_bytes(), shown)
    new = with_event(old, event)
    refuse_sealed(rulebook.root, model.case(old.data), str(event["type"]))
    known = set(casefile.examine(rulebook, now, old))
    brought = [p for p in casefile.examine(rulebook, now, new) if p not in known]
    _refuse(brought, Text(N_("Nothing is written: {path} would then be wrong."), path=shown))
    return Recorded(path, new)


def with_event(old: Document, event: Mapping[str, Any]) -> Document:
    """The document with one more event at its end; CannotGoOn if text at its end would not become one."""
    newline = "\r\n" if "\r\n" in old.text else "\n"
    column = old.place("events", 0).column - 3
    lines = _written([event]).splitlines()
    added = "".join(f"{' ' * max(column, 0)}{line}".rstrip(" ") + newline for line in lines)
    gap = b"" if old.raw.endswith((b"\n", b"\r")) else newline.encode()
    try:
        new = yamltext.read(old.raw + gap + added.encode(), old.path)
    except Refused:
        new = None
    expected = {**old.data, "events": [*old.data["events"], dict(event)]} if _has_events(old) else None
    if new is None or new.data != expected:
        raise CannotGoOn(
            Text(
                N_("An event cannot be put at the end of {path}: events must be its last key, one '- at:' block each."),
                path=old.path,
            )
        )
    return new


def _has_events(document: Document) -> bool:
    return isinstance(document.data, dict) and isinstance(document.data.get("events"), list)


def _written(data: Mapping[str, Any] | list[Any]) -> str:
    try:
        return yamltext.write(data)
    except ValueError as error:
        message = Text(N_("The text holds the character {code}, which is not allowed."), code=str(error))
        raise CannotGoOn(message) from None


def _refuse(problems: list[Problem], text: Text) -> None:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise Refused(text, errors)


def at_random(length: int) -> str:
    """So many characters that nobody can foresee."""
    import secrets  # noqa: PLC0415 - slow to load, and appending needs none

    return "".join(secrets.choice(CROCKFORD) for _ in range(length))
