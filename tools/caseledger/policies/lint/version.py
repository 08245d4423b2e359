"""What a lint rule looks at: one policy version with its texts, and what stands around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from caseledger import articles
from caseledger.language import Text
from caseledger.people import People
from caseledger.policy import Policy
from caseledger.problem import START, Problem, Rule
from caseledger.yamltext.document import Document, Lines


@dataclass(frozen=True)
class PolicyText:
    """The text of a version in one language."""

    path: str
    text: str

    @cached_property
    def anchors(self) -> list[str]:
        """The anchors of its articles."""
        return articles.anchors(self.text)

    @cached_property
    def lines(self) -> Lines:
        """Its lines."""
        return Lines(self.text)


class Finding(NamedTuple):
    """Something amiss with one thing of the policy (a role, event type, clock, article …) named `at`."""

    at: str
    problem: Problem


@dataclass(frozen=True)
class Version:
    """One policy version: its file, its texts by language, who holds which role, and the languages to be written.

    `until` is the first day of the version that follows, None if there is none.
    """

    document: Document
    policy: Policy
    texts: Mapping[str, PolicyText]
    languages: Sequence[str]
    people: People
    until: date | None

    def finding(self, rule: Rule, at: str, steps: Sequence[str | int], message: Text, *, key: bool = False) -> Finding:
        """A finding at the value (or its key) in policy.yml that `steps` lead to."""
        return Finding(at, rule.problem(self.document.path, self.document.place(*steps, key=key), message))

    def in_text(
        self, rule: Rule, at: str, text: PolicyText, index: int, message: Text, hint: Text | None = None
    ) -> Finding:
        """A finding at the character at `index` of a text."""
        place = text.lines.place(index) if index else START
        return Finding(at, rule.problem(text.path, place, message, hint))
