"""Every condition can apply, and where it applies can be met."""

from collections.abc import Iterator

from caseledger.condition import NONE, Came, Fact
from caseledger.language import N_, Text
from caseledger.policies.lint.version import Finding, Version
from caseledger.policies.lint.walk import demanded, reachable, under
from caseledger.problem import Rule

RULE = Rule(
    "lint-condition-idle",
    N_("A condition can never apply, or an event can never be recorded where it applies."),
    N_("Ask for events that can come before the one that the condition is for."),
    "conditions:\n  - for: [proposed]\n    needs: {events: [executed]}  # which comes after proposed",
)


def check(version: Version) -> Iterator[Finding]:
    """Every condition of which `when` asks for what cannot come, or `needs` for what cannot come before."""
    policy = version.policy
    alone, all_demanded = reachable(policy.steps), demanded(policy)
    together = reachable(all_demanded)
    for number, condition in enumerate(policy.conditions):
        idle = [str(fact) for fact in condition.when if not _can_hold(fact, alone)]
        if idle:
            message = Text(
                N_("The condition {condition} can never apply: {facts}."), condition=condition.id, facts=", ".join(idle)
            )
            yield version.finding(RULE, condition.id, ("conditions", number, "when"), message)
            continue
        steps, found = (all_demanded, together) if condition.when else (policy.steps, alone)
        for event in sorted((found & set(condition.events)) - reachable(under(steps, condition))):
            message = Text(
                N_("Where the condition {condition} applies, {type} can never be recorded."),
                condition=condition.id,
                type=event,
            )
            yield version.finding(RULE, condition.id, ("conditions", number, "needs"), message)


def _can_hold(fact: Fact, found: set[str]) -> bool:
    if isinstance(fact, Came):
        return not found.isdisjoint(fact.types)
    return fact.event is None or fact.wanted == (NONE,) or fact.event in found
