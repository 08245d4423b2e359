"""An event follows those that the policy wants before it in the cycle."""

from collections.abc import Iterator, Set

from caseledger.language import N_, Text
from caseledger.policy import Policy
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "event-after",
    N_("What must come before an event is missing in its cycle."),
    N_("Record first what comes before it; the policy says so under events, after."),
    "- type: received\n- type: executed",
)

Choice = tuple[str, ...]
"""Event types of which one must have come."""


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """Every event that the policy's `after` does not allow yet; what was voided must come again."""
    policy = law.policy
    for event, progress in context.passage(policy):
        missing = _missing(policy, event.type, progress.seen)
        if missing:
            message = Text(
                N_("{type} needs before it, in the same cycle: {missing}."), type=event.type, missing=_written(missing)
            )
            hint = _hint(policy, missing, progress.seen)
            yield context.at_event(RULE, event, "type", message=message, hint=hint)


def _missing(policy: Policy, event_type: str, seen: Set[str]) -> list[Choice]:
    step = policy.steps.get(event_type)
    return step.missing(seen) if step else []


def _written(choices: list[Choice]) -> str:
    return ", ".join(" / ".join(choice) for choice in choices)


def _hint(policy: Policy, missing: list[Choice], seen: Set[str]) -> Text | None:
    """What can be recorded at that point on the way to what is missing."""
    pending = [name for choice in missing for name in choice]
    visited: list[str] = []
    while pending:
        name = pending.pop(0)
        if name not in visited and name != "opened":
            visited.append(name)
            pending += [earlier for choice in _missing(policy, name, seen) for earlier in choice]
    ready = [name for name in visited if name in policy.steps and not _missing(policy, name, seen)]
    return (
        Text(N_("On the way there, what can come at that point is: {ready}."), ready=", ".join(ready))
        if ready
        else None
    )
