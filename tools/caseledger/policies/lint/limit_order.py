"""A severer grade has no more time than a milder one."""

from collections.abc import Iterator
from itertools import pairwise

from caseledger.clock import Clock
from caseledger.duration import Duration
from caseledger.language import N_, Text
from caseledger.policies.lint.version import Finding, Version
from caseledger.problem import Rule, Severity

RULE = Rule(
    "lint-limit-order",
    N_("A milder grade has less time than a severer one; days of any kind are compared as days."),
    N_("Change the limits, or say under lint_ok why the severer grade needs longer."),
    "grades: {general: …, major: …}\nclocks:\n  - limits:\n"
    "      - {when: {grade: general}, within: 1 wd}\n      - {when: {grade: major}, within: 5 wd}",
    Severity.WARNING,
)
_SECONDS = {"s": 1, "min": 60, "h": 3600, "wh": 3 * 3600, "wd": 86400, "d": 86400, "mo": 30 * 86400, "y": 365 * 86400}


def check(version: Version) -> Iterator[Finding]:
    """Every clock that gives a grade less time than the next severer one that it limits."""
    for number, clock in enumerate(version.policy.clocks):
        limits = [(g, within) for g in version.policy.grades if (within := _within(clock, g))]
        for (mild, short), (severe, long) in pairwise(limits):
            if _rough(short) < _rough(long):
                message = Text(
                    N_("The clock {clock} gives {mild} {short}, but {severe} {long}."),
                    clock=clock.id,
                    mild=mild,
                    short=short,
                    severe=severe,
                    long=long,
                )
                yield version.finding(RULE, clock.id, ("clocks", number, "limits"), message, key=True)
                break


def _within(clock: Clock, grade: str) -> Duration | None:
    """The limit that names the grade and nothing else."""
    for limit in clock.limits:
        if limit.when.keys() == {"grade"} and limit.applies(lambda _: grade):
            return limit.within
    return None


def _rough(length: Duration) -> int:
    return length.number * _SECONDS[length.unit]
