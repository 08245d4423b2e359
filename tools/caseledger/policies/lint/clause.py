"""What a policy sets is an article of its text."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.policies.lint.version import Finding, Version
from caseledger.problem import Rule

RULE = Rule(
    "lint-clause",
    N_("Something that the policy sets names an article that a text does not have."),
    N_("Write the article with its anchor, or correct the clause."),
    "obligations:\n  - {id: drill, clause: B21, …}  # no article {#B21} in text.en.md",
)


def check(version: Version) -> Iterator[Finding]:
    """Every clause that is no anchor, once for each text."""
    for at, clause, steps in _clauses(version):
        for text in version.texts.values():
            if clause not in text.anchors:
                message = Text(N_("{path} has no article {clause}."), path=text.path, clause=clause)
                yield version.finding(RULE, at, steps, message)


def _clauses(version: Version) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    policy = version.policy
    for name, step in policy.steps.items():
        if step.clause:
            yield name, step.clause, ("events", name, "clause")
    for number, condition in enumerate(policy.conditions):
        yield condition.id, condition.clause, ("conditions", number, "clause")
    for number, clock in enumerate(policy.clocks):
        yield clock.id, clock.clause, ("clocks", number, "clause")
    for number, duty in enumerate(policy.obligations):
        yield duty.id, duty.clause, ("obligations", number, "clause")
    if policy.recording:
        yield "recording", policy.recording.clause, ("recording", "clause")
    yield "retention", policy.retention.clause, ("retention", "clause")
