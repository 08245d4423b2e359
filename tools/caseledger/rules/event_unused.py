"""A policy lists the event types that it uses; no other is recorded under it."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "event-unused",
    N_("The policy does not use the event type."),
    N_("Write it as a note, or as a type that the policy lists under events."),
    "policy: quality@2023-01-01\nevents:\n  - type: confirmed",
)


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """Every event of a type that the policy does not list."""
    for event in context.case.events:
        if event.type not in law.policy.steps:
            message = Text(N_("The policy {policy} does not use {type}."), policy=law.policy.name, type=event.type)
            yield context.at_event(RULE, event, "type", message=message)
