"""Figures are not typed into a text: they are filled in from the data, so that the two cannot drift apart."""

from collections.abc import Iterator

from caseledger.articles import PLACEHOLDER, article_at, figures
from caseledger.duration import Duration
from caseledger.language import N_, Text
from caseledger.policies.lint.version import Finding, Version
from caseledger.policies.lint.written import lengths
from caseledger.policy import Policy
from caseledger.problem import Rule

RULE = Rule(
    "lint-figure",
    N_("A length of time is typed into a text; it repeats the data, or contradicts them."),
    N_("Set the figure in policy.yml, and write its placeholder into the text."),
    "The return visit takes place within 3 working days.",
)


def check(version: Version) -> Iterator[Finding]:
    """Every length of time outside a placeholder."""
    for text in version.texts.values():
        prose = PLACEHOLDER.sub(lambda match: "\n" * len(match[0]), text.text)
        for index, written, length in lengths(prose):
            article = article_at(text.text, index)
            names = _named(version.policy, length, article)
            if names:
                message = Text(N_("“{written}” repeats a figure of the data."), written=written)
                hint = Text(N_("Write {placeholder}."), placeholder=" / ".join(f"[[{name}]]" for name in names))
            else:
                message = Text(N_("“{written}” is none of the figures of this article in the data."), written=written)
                hint = None
            yield version.in_text(RULE, article or "text", text, index, message, hint)


def _named(policy: Policy, length: Duration, article: str | None) -> list[str]:
    """The placeholders of that article which stand for the figure."""
    clauses = {"retention": policy.retention.clause}
    clauses |= {"recording": policy.recording.clause} if policy.recording else {}
    clauses |= {f"obligation:{duty.id}": duty.clause for duty in policy.obligations}
    clauses |= {clock.id: clock.clause for clock in policy.clocks}
    clauses |= {f"advice:{criteria.grade}": criteria.clause for criteria in policy.advice}
    return [
        name
        for name, (figure, _) in figures(policy).items()
        if figure == length and clauses.get(name, clauses.get(name.rpartition(":")[0])) == article
    ]
