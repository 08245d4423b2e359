"""A case is not graded below what the policy's criteria speak for, unless these were weighed."""

from collections.abc import Iterator, Sequence

from caseledger.advice import Reason
from caseledger.language import N_, Text
from caseledger.problem import Place, Problem, Rule, Severity

RULE = Rule(
    "grade-below-advice",
    N_("A case is graded below what the policy's criteria speak for, and they were not weighed."),
    N_(
        "Grade it anew; or name under despite the criteria that were weighed, and say in reason why they do not decide."
    ),
    "public_opinion: true\nevents:\n  - type: graded\n    grade: general\n    reason: One order only.",
    Severity.WARNING,
)


def check(path: str, place: Place, grade: str, reasons: Sequence[Reason]) -> Iterator[Problem]:
    """A finding at a grading for each reason that speaks for a graver grade."""
    for reason in reasons:
        message = Text(
            N_("Graded {grade}, but {clause} speaks for {advised} ({criterion}). {text}"),
            grade=grade,
            criterion=reason.criterion,
            advised=reason.grade,
            clause=reason.clause,
            text=reason.text,
        )
        yield RULE.problem(path, place, message)
