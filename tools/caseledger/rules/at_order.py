"""Events stand in the order in which they happened."""

from collections.abc import Iterator
from itertools import pairwise

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext

RULE = Rule(
    "at-order",
    N_("An event happened before the one above it."),
    N_("Check both times and their offsets; if they are right, move the event up to where it belongs."),
    "- at: 2026-11-03T10:40:00+08:00\n  type: verified\n- at: 2026-11-03T09:12:00+08:00\n  type: responded",
)


def check(context: CaseContext) -> Iterator[Problem]:
    """Every event whose `at`, as it stands in the file, is before that of the event above."""
    for above, event in pairwise(context.case.events):
        if event.at < above.at:
            message = Text(
                N_("{type} of {at} stands below {above} of {above_at}, which is later."),
                type=event.type,
                at=event.data["at"],
                above=above.type,
                above_at=above.data["at"],
            )
            yield context.problem(RULE, ("events", event.index, "at"), message)
