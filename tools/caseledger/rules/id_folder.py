"""A case lies in the folder of the month in its id."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext

RULE = Rule(
    "id-folder",
    N_("The file does not lie in the folder of the month in its id."),
    N_("Move the file; the folder is the month of receipt."),
    "# cases/2026/12/C-20261103-7K3QD.yml\nid: C-20261103-7K3QD",
)


def check(context: CaseContext) -> Iterator[Problem]:
    """The id if the file lies in another month's folder of cases/; what lies elsewhere may lie anywhere."""
    path, case_id = context.document.path, context.case.id
    folder = path.rpartition("/")[0]
    wanted = f"cases/{case_id[2:6]}/{case_id[6:8]}"
    if path.startswith("cases/") and folder != wanted:
        message = Text(N_("The file lies in {folder}, but its id belongs in {wanted}."), folder=folder, wanted=wanted)
        yield context.problem(RULE, ("id",), message)
