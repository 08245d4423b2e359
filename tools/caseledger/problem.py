"""What is wrong with a file, as data: where, which rule, what it means, what to write instead."""

from enum import StrEnum
from typing import NamedTuple

from caseledger.language import Text


class Severity(StrEnum):
    """An error fails a check; a warning is only shown; an information is no fault at all. The gravest comes first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Place(NamedTuple):
    """Where in a file: line and column count characters from 1."""

    line: int
    column: int


START = Place(1, 1)


class Problem(NamedTuple):
    """One finding about one file."""

    path: str
    place: Place
    code: str
    severity: Severity
    message: Text
    hint: Text

    @property
    def order(self) -> tuple[str, Place, str, str]:
        """Problems are shown by file, then by place."""
        return (self.path, self.place, self.code, str(self.message.values))


class Rule(NamedTuple):
    """A code that problems carry: what it means, what to write instead, an example that breaks it."""

    code: str
    meaning: str
    hint: str
    example: str
    severity: Severity = Severity.ERROR

    def problem(self, path: str, place: Place, message: Text, hint: Text | None = None) -> Problem:
        """A finding of this rule; the hint is the rule's own unless a better one is known."""
        return Problem(path, place, self.code, self.severity, message, hint or Text(self.hint))
