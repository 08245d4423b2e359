"""The legal holds of a repository, read from their file, with what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from caseledger import hold, schema, seal, yamltext
from caseledger.errors import Refused
from caseledger.hold import Hold, Line
from caseledger.problem import Problem, Severity
from caseledger.rules import file_readable, hold_known


@dataclass(frozen=True)
class Holds:
    """Every line of the file, the holds on each case, and what is wrong with the file."""

    lines: Sequence[Line] = ()
    by_case: Mapping[str, tuple[Hold, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def of(self, case_id: str) -> tuple[Hold, ...]:
        """Every hold that was ever placed on a case."""
        return self.by_case.get(case_id, ())

    def standing(self, case_id: str, day: date) -> tuple[Hold, ...]:
        """The holds that stand on a case on a day."""
        return tuple(one for one in self.of(case_id) if one.stands(day))


def read(root: Path) -> Holds:
    """The holds of the repository, none where there is no file of them."""
    path = root / hold.FILE
    if path.is_symlink() or not path.exists():
        return Holds(problems=(file_readable.problem(hold.FILE),) if path.is_symlink() else ())
    try:
        return parsed(path.read_bytes())
    except OSError:
        return Holds(problems=(file_readable.problem(hold.FILE),))


def parsed(raw: bytes) -> Holds:
    """The holds that the bytes of a file of holds say; of one that cannot be used, only why."""
    try:
        document = yamltext.read(raw, hold.FILE, seal.LARGEST)
    except Refused as refused:
        return Holds(problems=tuple(refused.problems))
    found = schema.problems("holds", document)
    if any(problem.severity is Severity.ERROR for problem in found):
        return Holds(problems=tuple(found))
    lines = tuple(hold.load(document.data))
    return Holds(lines, hold.by_case(lines), tuple(hold_known.check(document, lines)))
