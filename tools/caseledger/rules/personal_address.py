"""Where somebody lives stands in no text, where it can be told; street and number may also be a warehouse's."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from caseledger import leaks
from caseledger.language import N_
from caseledger.problem import Problem, Rule, Severity
from caseledger.rules import personal_data
from caseledger.rules.context import CaseContext, TextContext

if TYPE_CHECKING:
    from caseledger.rules.review_context import ReviewContext

RULE = Rule(
    "personal-address",
    N_("A text seems to hold somebody's street and house number."),
    N_(
        "If somebody lives there, take it out; if it may stand, list it, with reason, in"
        " policy/allowed-personal-data.yml."
    ),
    "note: Sent to 12 Acacia Avenue instead",
    Severity.WARNING,
)


def check(context: "CaseContext | ReviewContext | TextContext") -> Iterator[Problem]:
    """Every street address in a free text, its middle left out."""
    if not any(leaks.addresses(context.texts.numbered)):  # all texts at once: most files hold none
        return
    for steps, text, is_number in context.texts:
        for leak in leaks.addresses(leaks.plainly(text)) if not is_number else ():
            if not context.allowed.holds(leak.value, context.document.path):
                yield context.problem(RULE, steps, personal_data.message(steps, leak))
