"""Related cases exist."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext

RULE = Rule(
    "related-known",
    N_("A related case does not exist, or is the case itself."),
    N_("Correct the number, or take it off the list."),
    "id: C-20261103-7K3QD\nrelated: [C-20261103-7K3QD]",
)


def check(context: CaseContext) -> Iterator[Problem]:
    """Every related case that has no file in its place, or is this one."""
    for number, related in enumerate(context.case.data.get("related", ())):
        if related == context.case.id:
            yield context.problem(RULE, ("related", number), Text(N_("The case names itself as related.")))
        elif not context.exists(related):
            yield context.problem(RULE, ("related", number), Text(N_("There is no case {id}."), id=related))
