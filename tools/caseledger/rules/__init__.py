"""Rules beyond the schema: one module each, with its code, its meaning and its `check`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from caseledger.problem import Problem, Rule
from caseledger.rules import clock_known, id_unique, received_first
from caseledger.rules.context import CaseContext
from caseledger.yamltext import Document


class CaseRule(Protocol):
    """A rule about one case file."""

    RULE: Rule

    def check(self, context: CaseContext) -> Iterator[Problem]:
        """The findings in one case."""


class FileRule(Protocol):
    """A rule about one policy, calendar, people or settings file."""

    RULE: Rule

    def check(self, document: Document, root: Path) -> Iterator[Problem]:
        """The findings in one file of the repository at `root`."""


CASE_RULES: Sequence[CaseRule] = (received_first, clock_known)
REPOSITORY_RULES = (id_unique,)
FILE_RULES: Mapping[str, Sequence[FileRule]] = {"settings": (), "people": (), "calendar": (), "policy": ()}
