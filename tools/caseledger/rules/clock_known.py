"""An extension names a clock of the policy."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "clock-known",
    N_("An extension names a clock that the policy does not have."),
    N_("Write one of the policy's clocks; caseledger explain ID lists them."),
    "- type: extended\n  clock: dispositon\n  to: 10 wd",
)


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """Every `extended` whose `clock` the policy does not have."""
    for event in context.events:
        if event.type == "extended" and law.policy.clock(event.data["clock"]) is None:
            message = Text(
                N_("The policy {policy} has no clock {clock}; it has: {clocks}."),
                policy=law.policy.name,
                clock=event.data["clock"],
                clocks=", ".join(clock.id for clock in law.policy.clocks),
            )
            yield context.at_event(RULE, event, "clock", message=message)
