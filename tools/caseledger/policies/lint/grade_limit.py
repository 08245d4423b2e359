"""A clock that limits by grade has a limit for every grade."""

from collections.abc import Iterator

from caseledger.clock import Clock
from caseledger.language import N_, Text
from caseledger.policies.lint.version import Finding, Version
from caseledger.problem import Rule, Severity

RULE = Rule(
    "lint-grade-limit",
    N_("A clock that limits by grade leaves a grade without a limit; a clock for the severest grade alone may."),
    N_("Add a limit for the grade, or say under lint_ok why it has none."),
    "grades: {general: …, important: …, major: …}\nclocks:\n  - limits:\n"
    "      - {when: {grade: general}, within: 2 wd}\n      - {when: {grade: important}, within: 1 wd}",
    Severity.WARNING,
)


def check(version: Version) -> Iterator[Finding]:
    """Every grade that a clock leaves out."""
    grades = list(version.policy.grades)
    for number, clock in enumerate(version.policy.clocks):
        named = limited(clock)
        if named and named != {grades[-1]} and all("grade" in limit.when for limit in clock.limits):
            for grade in grades:
                if grade not in named:
                    message = Text(
                        N_("The clock {clock} has no limit for the grade {grade}."), clock=clock.id, grade=grade
                    )
                    yield version.finding(RULE, clock.id, ("clocks", number, "limits"), message, key=True)


def limited(clock: Clock) -> set[str]:
    """The grades that the limits of a clock name."""
    values = [limit.when["grade"] for limit in clock.limits if "grade" in limit.when]
    return {grade for value in values for grade in ([value] if isinstance(value, str) else value)}
