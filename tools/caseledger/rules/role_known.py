"""Roles in a case are roles of its policy."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.model import Event
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "role-known",
    N_("The policy does not have the role."),
    N_("Write one of the policy's roles."),
    "policy: quality@2023-01-01\nevents:\n  - type: assigned\n    to: quality-control",
)


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """Every role that somebody acts in, approves in, is assigned or escalated to, and the policy does not have."""
    for event in context.events:
        for steps, role in _named(event):
            if role not in law.policy.roles:
                message = Text(
                    N_("The policy {policy} has no role {role}; it has: {roles}."),
                    policy=law.policy.name,
                    role=role,
                    roles=", ".join(law.policy.roles),
                )
                yield context.at_event(RULE, event, *steps, message=message)


def _named(event: Event) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("as",), event.role
    if event.type in ("assigned", "escalated"):
        yield ("to",), event.data["to"]
        for number, role in enumerate(event.data.get("with", ())):
            yield ("with", number), role
    elif event.type == "extended" and event.data["approved_by"]:
        yield ("approved_by", "as"), event.data["approved_by"]["as"]
