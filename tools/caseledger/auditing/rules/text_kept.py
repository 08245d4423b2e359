"""The text of the entries on record stays to the byte: layout, comments, quotes, line ends, encoding."""

from collections.abc import Iterator

from caseledger.auditing.context import Audit
from caseledger.auditing.edits import CaseEdit, entries
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "audit-text",
    N_("The text of entries on record was changed, although they say the same."),
    N_(
        "Undo it: git revert, or git checkout of the file as it was. Reformatting, other line ends and another encoding"
        " are changes, too."
    ),
    "-    note: Order and pictures match.\n+    note: 'Order and pictures match.'",
)

_BOM = b"\xef\xbb\xbf"


def check(audit: Audit) -> Iterator[Problem]:
    """Every case whose entries on record say the same in another text."""
    for case in audit.case_edits:
        if entries(case.after)[: case.kept] != case.on_record or case.after.raw.startswith(_on_record(case)):
            continue
        if _encoding(case.base) == _encoding(case.before) != _encoding(case.after):
            message = Text(N_("Line ends or the byte order mark of the file were changed."))
            yield audit.problem(RULE, case.edit, message)
        elif not _events(case.after).startswith(_events_on_record(case)):
            place = audit.place(case.edit, "events")
            yield audit.problem(RULE, case.edit, Text(N_("The text of the entries was changed.")), place=place)


def _on_record(case: CaseEdit) -> bytes:
    """The whole text of the parent where all of it is on record: what is only added to needs no closer look."""
    return case.before.raw if case.before.raw == case.base.raw else b"\0"


def _events_on_record(case: CaseEdit) -> str:
    """The text of the parent's events, as far as it is on record."""
    base, before = _events(case.base), _events(case.before)
    if before.startswith(base):
        return base
    if case.kept == len(entries(case.before)):
        return before if base.startswith(before) else ""
    end = _start(case.before, case.kept)
    shared = _events(case.base)
    mine = case.before.text[_start_of_events(case.before) : end]
    return mine if shared.startswith(mine) else ""


def _events(document: Document) -> str:
    return document.text[_start_of_events(document) :]


def _start_of_events(document: Document) -> int:
    place = document.place("events", key=True)
    return document.lines.starts[place.line - 1]


def _start(document: Document, index: int) -> int:
    """Where the line of an entry begins."""
    return document.lines.starts[document.place("events", index).line - 1]


def _encoding(document: Document) -> tuple[bool, bool, bool]:
    """Byte order mark, CRLF, CR alone."""
    bare = document.raw.replace(b"\r\n", b"")
    return document.raw.startswith(_BOM), b"\r\n" in document.raw, b"\r" in bare
