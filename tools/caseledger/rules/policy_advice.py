"""The criteria for grades are listed from the gravest grade down, and each grade has some."""

from collections.abc import Iterator
from pathlib import Path

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "policy-advice",
    N_("The criteria for grades are not in order, or a grade has none."),
    N_("List each grade once, the gravest first, with amount_from, similar_from, public_opinion or safety."),
    "advice:\n  - {grade: important, clause: A11, safety: true}\n  - {grade: major, clause: A11, public_opinion: true}",
)
CRITERIA = {"amount_from", "similar_from", "public_opinion", "safety"}


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """Every grade that is not milder than the one above it, and every grade without a criterion."""
    order = list(document.data["grades"])
    above = len(order)
    for number, criteria in enumerate(document.data.get("advice", ())):
        grade = criteria["grade"]
        if grade in order and order.index(grade) >= above:
            message = Text(N_("{grade} is not milder than the grade above it."), grade=grade)
            yield RULE.problem(document.path, document.place("advice", number, "grade"), message)
        if CRITERIA.isdisjoint(criteria):
            message = Text(N_("No criterion is given for {grade}."), grade=grade)
            yield RULE.problem(document.path, document.place("advice", number), message)
        above = order.index(grade) if grade in order else above
