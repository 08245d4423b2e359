"""Lint of policies: what a schema cannot see, one module for each rule."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from caseledger import files
from caseledger.errors import Refused
from caseledger.policies.lint import (
    clause,
    clock_idle,
    clock_overlap,
    condition_idle,
    event_unreachable,
    figure,
    grade_limit,
    limit_order,
    placeholder,
    reviewed,
    role_held,
    text_missing,
    title_untranslated,
)
from caseledger.policies.lint.version import Finding, PolicyText, Version
from caseledger.policy import Policy
from caseledger.problem import Problem, Rule
from caseledger.rulebook import Rulebook
from caseledger.yamltext import Document


class LintRule(Protocol):
    """A rule about one policy version."""

    RULE: Rule

    def check(self, version: Version) -> Iterator[Finding]:
        """The findings in one version."""


LINT_RULES: Sequence[LintRule] = (
    event_unreachable,
    clock_idle,
    clock_overlap,
    condition_idle,
    grade_limit,
    limit_order,
    role_held,
    clause,
    text_missing,
    title_untranslated,
    placeholder,
    figure,
)
ALL: tuple[Rule, ...] = (*(rule.RULE for rule in LINT_RULES), reviewed.RULE)
"""Every rule that policies are linted by."""


def lint(rulebook: Rulebook, names: Iterable[str]) -> Iterator[Problem]:
    """What is amiss in these versions; of one that cannot be used, what `check` says of it."""
    for name in names:
        try:
            policy, document = rulebook.policy(name), rulebook.policy_file(name)
            if policy and document:
                version = _version(rulebook, policy, document)
                yield from reviewed.left(version, [f for rule in LINT_RULES for f in rule.check(version)])
        except Refused as refused:
            yield from refused.problems


def _version(rulebook: Rulebook, policy: Policy, document: Document) -> Version:
    later = [name.partition("@")[2] for name in rulebook.policy_names if name.partition("@")[0] == policy.profile]
    following = next((version for version in later if version > policy.version), None)
    languages = rulebook.settings["languages"]
    return Version(
        document=document,
        policy=policy,
        texts={
            language: PolicyText(files.shown(path, rulebook.root), path.read_text(encoding="utf-8"))
            for language, path in rulebook.policy_texts(policy.name).items()
            if language in languages
        },
        languages=languages,
        people=rulebook.people,
        until=date.fromisoformat(following) if following else None,
    )
