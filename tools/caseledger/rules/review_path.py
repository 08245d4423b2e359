"""A record lies where its content says, so that there is room for one of each duty and period."""

from collections.abc import Iterator
from pathlib import Path

from caseledger.language import N_, Text
from caseledger.problem import START, Problem, Rule
from caseledger.rules.review_context import ReviewContext

RULE = Rule(
    "review-path",
    N_("A file below reviews/ is not where a record of that duty and period belongs."),
    N_("Call it profile-duty-period.yml, in the folder of the period's year."),
    "# reviews/2026/october.yml\nkind: monthly-report\nprofile: quality\nperiod: 2026-10",
)


def stray(path: Path, shown: str) -> Iterator[Problem]:
    """The file if it is a link, otherwise no file of its own, or not called .yml: none is passed over in silence."""
    if path.is_symlink() or not path.is_file():
        yield RULE.problem(shown, START, Text(N_("{name} is a link or no plain file; it is not read."), name=path.name))
    elif path.suffix != ".yml":
        yield RULE.problem(
            shown, START, Text(N_("{name} is not the name of a record; it is not read."), name=path.name)
        )


def check(context: ReviewContext) -> Iterator[Problem]:
    """The period if the file lies elsewhere or is called otherwise."""
    if context.document.path != context.review.path:
        message = Text(N_("This record belongs in {path}."), path=context.review.path)
        yield context.problem(RULE, ("period",), message)
