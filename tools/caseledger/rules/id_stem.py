"""A case file is named after the id in it."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext

RULE = Rule(
    "id-stem",
    N_("The id is not the name of the file."),
    N_("Write the same number in both: the file is called after its id, with .yml."),
    "# cases/2026/11/C-20261103-7K3QD.yml\nid: C-20261103-7K3QE",
)


def check(context: CaseContext) -> Iterator[Problem]:
    """The id if the file's stem is another."""
    stem = context.document.path.rpartition("/")[2].rpartition(".")[0]
    if context.case.id != stem:
        message = Text(N_("The id is {id}, but the file is called {stem}."), id=context.case.id, stem=stem)
        yield context.problem(RULE, ("id",), message)
