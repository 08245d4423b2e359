"""An event is recorded in a role that the policy allows."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "event-role",
    N_("The role may not record events of this type."),
    N_("Write the role in which the person acted, or let a person of one of the named roles record it."),
    "- type: appraised\n  by: cs-01\n  as: customer-service",
)


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """Every event in a role of the policy that neither its `by` nor a condition names; `assigned` says who answers."""
    for event, progress in context.passage(law.policy):
        if event.type in law.policy.steps and event.role in law.policy.roles:
            allowed = progress.roles(event.type, event.data)
            if allowed is not None and event.role not in allowed:
                message = Text(
                    N_("{role} may not record {type}; the policy allows: {allowed}."),
                    role=event.role,
                    type=event.type,
                    allowed=", ".join(allowed),
                )
                yield context.at_event(RULE, event, "as", message=message)
