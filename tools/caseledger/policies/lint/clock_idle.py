"""Every clock can start, and once started can stop."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.policies.lint.version import Finding, Version
from caseledger.policies.lint.walk import demanded, reachable
from caseledger.problem import Rule

RULE = Rule(
    "lint-clock-idle",
    N_("A clock can never start, or never stop once it has started."),
    N_("Write event types that can come, and under to such as can come after the start."),
    "clocks:\n  - from: [executed]\n    to: [received]",
)
_FIRST = frozenset({"opened", "received"})


def check(version: Version) -> Iterator[Finding]:
    """Every clock of whose `from`, or of whose `to`, nothing can come; a case is never received twice."""
    found = reachable(demanded(version.policy))
    for number, clock in enumerate(version.policy.clocks):
        if found.isdisjoint(clock.starts):
            message = Text(N_("The clock {clock} can never start."), clock=clock.id)
            yield version.finding(RULE, clock.id, ("clocks", number, "from"), message)
        if (found - _FIRST).isdisjoint(clock.stops):
            message = Text(N_("The clock {clock} can never stop."), clock=clock.id)
            yield version.finding(RULE, clock.id, ("clocks", number, "to"), message)
