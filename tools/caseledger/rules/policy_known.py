"""A case names a policy version that there is."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext

RULE = Rule(
    "policy-known",
    N_("The case names a policy version that the repository does not have."),
    N_("Write profile@version; the versions are the folders of policy/<profile>/."),
    "policy: qualty@2023-01-01",
)


def check(context: CaseContext) -> Iterator[Problem]:
    """The policy if there is none of that name."""
    name = "@".join(context.case.policy)
    if name not in context.policies:
        message = Text(
            N_("There is no policy {policy}; there are: {policies}."), policy=name, policies=", ".join(context.policies)
        )
        yield context.problem(RULE, ("policy",), message)
