"""Git can be told to show a file otherwise than it is; whoever reviews should know."""

from collections.abc import Iterator

from caseledger.auditing.context import Audit
from caseledger.auditing.edits import Edit
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule, Severity

RULE = Rule(
    "audit-attributes",
    N_("The attributes by which Git shows and converts files were changed."),
    N_("See what it does to diffs and line ends before you approve it: gitattributes(5)."),
    "# .gitattributes\ncases/** -diff",
    Severity.WARNING,
)
NAMES = (".gitattributes", ".gitmodules")


def check(audit: Audit) -> Iterator[Problem]:
    """Every commit that changes such a file, anywhere in the repository."""
    for commit in audit.steps.commits:
        for path, after in audit.steps.own(commit):
            name = path.rpartition("/")[2]
            if name in NAMES:
                message = Text(N_("{name} was changed."), name=name)
                before = audit.steps.by_commit[commit.id][0][path].before
                yield audit.problem(RULE, Edit(commit, path, None, before, after), message)
