"""What starts a clock does not stop it."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.policies.lint.version import Finding, Version
from caseledger.problem import Rule

RULE = Rule(
    "lint-clock-overlap",
    N_("The same event type starts a clock and stops it."),
    N_("Leave the event type under from or under to, not under both."),
    "clocks:\n  - from: [executed]\n    to: [executed, closed]",
)


def check(version: Version) -> Iterator[Finding]:
    """Every event type under both; `received` is what opens the first cycle."""
    for number, clock in enumerate(version.policy.clocks):
        starts = {*clock.starts, *(("received",) if "opened" in clock.starts else ())}
        for place, name in enumerate(clock.stops):
            if name in starts:
                message = Text(N_("{type} both starts and stops the clock {clock}."), type=name, clock=clock.id)
                yield version.finding(RULE, clock.id, ("clocks", number, "to", place), message)
