"""A record that a periodic duty was done stays."""

from collections.abc import Iterator

from caseledger.auditing.context import Audit
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-record-deleted",
    N_("A record of a periodic duty was deleted or renamed."),
    N_("Undo it: git revert. What was wrong in it is put right in the file."),
    "deleted: reviews/2026/quality-monthly-report-2026-10.yml",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every record on the base that a commit takes away."""
    for edit in audit.removed:
        if edit.path.startswith("reviews/"):
            yield audit.problem(RULE, edit, Text(N_("The record was deleted or renamed.")))
