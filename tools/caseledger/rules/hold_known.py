"""The holds on a case can be told: each has one number, and what is released was on hold."""

from collections.abc import Iterator, Sequence

from caseledger.hold import PLACED, Line
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "hold-known",
    N_("A hold is placed twice under one number, ends before it begins, or is released where it was not placed."),
    N_("Holds are entered with caseledger retention hold and released with caseledger retention release."),
    "holds:\n  - {hold: H-20261103-7K3QD, type: released, …}  # placed nowhere above",
)


def check(document: Document, lines: Sequence[Line]) -> Iterator[Problem]:
    """Every line that does not fit those above it."""
    held: dict[str, set[str]] = {}
    for number, line in enumerate(lines):
        if line.type == PLACED:
            if line.hold in held:
                yield _problem(document, number, "hold", N_("The hold {hold} is placed a second time."), line)
            if line.until and line.until < line.at.date():
                yield _problem(document, number, "until", N_("The hold {hold} ends before it begins."), line)
            held.setdefault(line.hold, set()).update(line.cases)
        elif line.until:
            yield _problem(document, number, "until", N_("A release ends no hold later: until is for holds."), line)
        elif unknown := [case for case in line.cases if case not in held.get(line.hold, ())]:
            message = N_("{case} is not on hold under {hold} above this line.")
            yield _problem(document, number, "cases", message, line, case=unknown[0])
        else:
            held[line.hold] -= set(line.cases)


def _problem(document: Document, number: int, key: str, message: str, line: Line, **values: str) -> Problem:
    place = document.place("holds", number, key)
    return RULE.problem(document.path, place, Text(message, hold=line.hold, **values))
