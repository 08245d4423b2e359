"""Every event type that a policy lists can come in some case."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.policies.lint.version import Finding, Version
from caseledger.policies.lint.walk import reachable
from caseledger.problem import Rule

RULE = Rule(
    "lint-event-unreachable",
    N_("No legal order of events leads to an event type."),
    N_("Let what comes before it be possible, or take the event type away."),
    "events:\n  agreed: {by: [sales], after: [disagreed]}\n  disagreed: {by: [sales], after: [agreed]}",
)


def check(version: Version) -> Iterator[Finding]:
    """Every event type that nothing leads to."""
    found = reachable(version.policy.steps)
    for name in version.policy.steps:
        if name not in found:
            message = Text(N_("{type} can never be recorded: what it needs before it can never have come."), type=name)
            yield version.finding(RULE, name, ("events", name), message, key=True)
