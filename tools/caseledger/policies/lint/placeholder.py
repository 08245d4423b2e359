"""Placeholders stand for figures that there are."""

from collections.abc import Iterator

from caseledger.articles import PLACEHOLDER, article_at, figures
from caseledger.language import N_, Text
from caseledger.policies.lint.version import Finding, Version
from caseledger.problem import Rule

RULE = Rule(
    "lint-placeholder",
    N_("A placeholder in a text names no figure of the policy."),
    N_(
        "Correct the name: a clock, clock:grade, clock:max, clock:not-before, obligation:id, advice:grade:amount"
        " (similar, window), recording or retention."
    ),
    "The disposition is completed within [[dispositon:general]].",
)


def check(version: Version) -> Iterator[Finding]:
    """Every placeholder that cannot be filled in."""
    known = figures(version.policy)
    for text in version.texts.values():
        for match in PLACEHOLDER.finditer(text.text):
            if match[1] not in known:
                message = Text(N_("[[{name}]] is no figure of {policy}."), name=match[1], policy=version.policy.name)
                at = article_at(text.text, match.start()) or "text"
                yield version.in_text(RULE, at, text, match.start(), message)
