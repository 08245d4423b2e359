"""Warnings that were looked at and stand: a version lists them with the reason, and is held to the list."""

from collections.abc import Iterator, Sequence

from caseledger.language import N_, Text
from caseledger.policies.lint.version import Finding, Version
from caseledger.problem import Problem, Rule, Severity

RULE = Rule(
    "lint-ok-idle",
    N_("A finding is listed under lint_ok that there is not, or that is an error."),
    N_("Delete the entry; an error has to be mended."),
    "lint_ok:\n  - {code: lint-limit-order, at: investigation, reason: …}  # its limits are in order",
    Severity.WARNING,
)


def left(version: Version, findings: Sequence[Finding]) -> Iterator[Problem]:
    """The findings that nobody has accepted, and the entries that accept none."""
    accepted = [(entry["code"], entry["at"]) for entry in version.document.data.get("lint_ok", ())]
    used = set()
    for at, problem in findings:
        key = (problem.code, at)
        if problem.severity is Severity.WARNING and key in accepted:
            used.add(key)
        else:
            yield problem
    for number, key in enumerate(accepted):
        if key not in used:
            message = Text(N_("{code} has no warning about {at}."), code=key[0], at=key[1])
            yield RULE.problem(version.document.path, version.document.place("lint_ok", number), message)
