"""A policy is written in every language of the repository, article by article."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.policies.lint.version import Finding, Version
from caseledger.problem import Rule

RULE = Rule(
    "lint-text-missing",
    N_("The text of a policy, or one of its articles, is missing in a language."),
    N_("Write it beside policy.yml; every article bears the same anchor in every language."),
    "### Article 11. Grading {#A11}  # and no {#A11} in text.zh.md",
)


def check(version: Version) -> Iterator[Finding]:
    """Every text that there is not, and every article that another language has."""
    for language in version.languages:
        if language not in version.texts:
            name = f"text.{language}.md"
            message = Text(N_("There is no {name}."), name=name)
            yield version.finding(RULE, name, ("version",), message)
    for language, text in version.texts.items():
        others = [anchor for name, other in version.texts.items() if name != language for anchor in other.anchors]
        for anchor in dict.fromkeys(others):
            if anchor not in text.anchors:
                message = Text(N_("The article {anchor} is missing here."), anchor=anchor)
                yield version.in_text(RULE, anchor, text, 0, message)
