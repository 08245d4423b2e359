"""The roles named in a record are those of the policy."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.review_context import ReviewContext, ReviewLaw

RULE = Rule(
    "review-role",
    N_("A record names a role that the policy does not have."),
    N_("Write one of the policy's roles."),
    "attendees:\n  warehouse: [op-01]",
)


def check(context: ReviewContext, law: ReviewLaw) -> Iterator[Problem]:
    """Every role of the record that is not among the policy's."""
    data = context.document.data
    named: list[tuple[tuple[str | int, ...], str]] = [(("as",), data["as"])]
    named += [(("attendees", role), role) for role in data.get("attendees", {})]
    for number, action in enumerate(data.get("actions", ())):
        named.append((("actions", number, "owner"), action["owner"]))
        if "verified" in action:
            named.append((("actions", number, "verified", "as"), action["verified"]["as"]))
    for steps, role in named:
        if role not in law.policy.roles:
            message = Text(
                N_("The policy {policy} has no role {role}; it has: {roles}."),
                policy=law.policy.name,
                role=role,
                roles=", ".join(law.policy.roles),
            )
            yield context.problem(RULE, steps, message, key=steps[0] == "attendees")
