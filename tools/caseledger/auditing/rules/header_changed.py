"""Everything else above the events may be put right, but not unnoticed."""

from collections.abc import Iterator

from caseledger.auditing import words
from caseledger.auditing.context import Audit
from caseledger.auditing.edits import header
from caseledger.auditing.rules.header_kept import PROTECTED
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule, Severity

RULE = Rule(
    "audit-header-changed",
    N_("A field above the events of a case was changed; listed, so that a reviewer sees it."),
    N_("Nothing needs to be done if it was meant."),
    "-summary: Zip tears\n+summary: Zip tears after two days",
    Severity.INFO,
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every other field of a case on record that a commit itself changes."""
    own = {commit.id: dict(audit.steps.own(commit)) for commit in audit.steps.commits}
    for case in audit.case_edits:
        if case.edit.path in own[case.edit.commit.id]:
            old, new = header(case.before), header(case.after)
            for key in dict.fromkeys([*old, *new]):
                if key not in PROTECTED and old.get(key) != new.get(key):
                    message = Text(
                        N_("{key} was changed: {what}."), key=words.value(key), what=words.difference(old, new, key)
                    )
                    place = audit.place(case.edit, key, key=True)
                    yield audit.problem(RULE, case.edit, message, place=place, hint=Text(RULE.hint))
