"""What a case is judged by stays: its id, the policy that it names, the channel by which it came."""

from collections.abc import Iterator

from caseledger.auditing import words
from caseledger.auditing.context import Audit
from caseledger.auditing.edits import header
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

PROTECTED = ("id", "policy", "channel")

RULE = Rule(
    "audit-header",
    N_("The id, the policy or the channel of a case was changed."),
    N_("Undo it (git revert): a case is judged by the policy that it names, for ever."),
    "-policy: quality@2023-01-01\n+policy: quality@2026-01-01",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every protected field of a case on record that a commit changes."""
    for case in audit.case_edits:
        for key in PROTECTED:
            if case.broken(key):
                what = words.difference(header(case.before), header(case.after), key)
                message = Text(N_("{key} was changed: {what}."), key=key, what=what)
                yield audit.problem(RULE, case.edit, message, place=audit.place(case.edit, key))
