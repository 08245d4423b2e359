"""What cannot be read cannot be compared: a case on record stays readable."""

from collections.abc import Iterator

from caseledger.auditing.context import Audit
from caseledger.language import N_
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-case-unreadable",
    N_("A case on record can no longer be read, so that its entries cannot be compared."),
    N_("Undo it (git revert), or mend the line; caseledger check says more."),
    "summary: Zip: tears",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every case on record that a commit leaves unreadable."""
    for edit in audit.altered_cases:
        for problem in audit.unreadable(edit.path, edit.after)[:1] if edit.after else ():
            yield audit.problem(RULE, edit, problem.message, place=problem.place)
