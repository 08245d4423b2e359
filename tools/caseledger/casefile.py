"""One case file: read, and examined by schema and rules; what that found is its entry in the register."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from caseledger import files, lifecycle, model, occurrence, schema, yamltext
from caseledger.errors import Refused
from caseledger.model import Case
from caseledger.occurrence import Occurrence
from caseledger.problem import Problem
from caseledger.rulebook import Rulebook
from caseledger.rules import file_name, file_readable, of_cases
from caseledger.rules.context import CaseContext, Law
from caseledger.yamltext import Document


class Entry(NamedTuple):
    """One case file: its path from the root, its data (None if it could not be read), its problems.

    What other cases need to know of it is there once it was checked, if its shape is right and it was received by then.
    """

    path: str
    data: Mapping[str, Any] | None
    problems: tuple[Problem, ...]
    occurrence: Occurrence | None = None

    @property
    def case(self) -> Case:
        """The case, empty if the file could not be read."""
        return model.case(self.data)


def read(rulebook: Rulebook, now: datetime, path: Path) -> Entry:
    """The entry of one case file."""
    return examined(rulebook, now, *load(rulebook.root, path))


def examined(rulebook: Rulebook, now: datetime, entry: Entry, document: Document | None) -> Entry:
    """The entry of a case file that was loaded, with what schema and rules find wrong."""
    if document is None:
        return entry
    if found := schema.problems("case", document):
        return entry._replace(problems=tuple(found))
    context = _context(rulebook, now, document)
    try:
        found = list(of_cases.check_case(context, _law(rulebook, context.case)))
    except Refused:  # what judges the case cannot be used; its own problems say why
        found = list(of_cases.check_case(context, None))
    return entry._replace(problems=tuple(found), occurrence=occurrence.of(context.state))


def load(root: Path, path: Path) -> tuple[Entry, Document | None]:
    """One case file as it stands, not yet checked; no document, and why, where it cannot be read."""
    shown = files.shown(path, root)
    if misnamed := tuple(file_name.check(path, shown)):
        return Entry(shown, None, misnamed), None
    try:
        document = yamltext.read(path.read_bytes(), shown)
    except OSError:
        return Entry(shown, None, (file_readable.problem(shown),)), None
    except Refused as refused:
        return Entry(shown, None, refused.problems), None
    return Entry(shown, document.data, ()), document


def examine(rulebook: Rulebook, now: datetime, document: Document) -> list[Problem]:
    """What schema and rules find wrong with a case that was read; rules look only at what has the right shape.

    Refused where the policy that the case names, its calendar or the people cannot be used.
    """
    found = schema.problems("case", document)
    if found:
        return found
    context = _context(rulebook, now, document)
    return list(of_cases.check_case(context, _law(rulebook, context.case)))


def _context(rulebook: Rulebook, now: datetime, document: Document) -> CaseContext:
    case = model.case(document.data)
    return CaseContext(
        document=document,
        case=case,
        state=lifecycle.fold(case, now),
        policies=rulebook.policy_names,
        in_force=rulebook.in_force,
        exists=rulebook.knows,
        now=now,
        allowed=rulebook.allowed,
    )


def _law(rulebook: Rulebook, case: Case) -> Law | None:
    policy = rulebook.policy("@".join(case.policy))
    return Law(policy, rulebook.calendar(policy.calendar), rulebook.people) if policy else None
