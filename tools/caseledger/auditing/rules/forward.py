"""A push only adds commits: what stood on the branch is not taken out of its history."""

from collections.abc import Iterator

from caseledger import files
from caseledger.auditing.context import Audit
from caseledger.language import N_, Text
from caseledger.problem import START, Problem, Rule

RULE = Rule(
    "audit-rewritten",
    N_("The history of the branch was rewritten: commits that it had are gone."),
    N_("Put your commits onto the branch as it was (git rebase), and push without --force."),
    "git push --force",
)


def check(audit: Audit) -> Iterator[Problem]:
    """One finding if a push does not contain what stood there before."""
    if audit.pushed and audit.span.base and not audit.span.forward:
        message = Text(
            N_("The commit {commit}, which stood here, is not in the new history."), commit=audit.span.base[:10]
        )
        yield RULE.problem(files.SETTINGS, START, message)
