"""A case that the base already could not read is put right under the eyes of a reviewer, not of this program."""

from collections.abc import Iterator

from caseledger.auditing.context import Audit
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule, Severity

RULE = Rule(
    "audit-case-unread",
    N_("A case that could not be read before was changed; nothing in it was compared."),
    N_("Compare the two by eye: git diff shows the lines."),
    "-summary: Zip: tears\n+summary: 'Zip: tears'",
    Severity.WARNING,
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every change of a case that was unreadable on the base or in the parent."""
    for edit in audit.altered_cases:
        if any(audit.unreadable(edit.path, blob) for blob in (edit.base, edit.before) if blob):
            yield audit.problem(RULE, edit, Text(N_("The case could not be read before; compare it by eye.")))
