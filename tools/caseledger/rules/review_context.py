"""What a rule about a record of reviews/ may look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from caseledger.language import Text
from caseledger.leaks import NOTHING, Allowed, Texts
from caseledger.people import People
from caseledger.policy import Obligation, Policy
from caseledger.problem import Problem, Rule
from caseledger.review import Review
from caseledger.yamltext import Document


class ReviewLaw(NamedTuple):
    """What judges a record: the policy version in force at the end of its period, and who held which role."""

    policy: Policy
    people: People


class Acting(NamedTuple):
    """A person named in a record, where, in which role, and on which day."""

    steps: tuple[str | int, ...]
    person: str
    role: str
    day: date


@dataclass(frozen=True)
class ReviewContext:
    """One record of the right shape, and the name of the policy version in force at the end of its period, if any."""

    document: Document
    review: Review
    version: str | None
    allowed: Allowed = NOTHING

    @cached_property
    def texts(self) -> Texts:
        """Every free text of the record."""
        return Texts("review", self.document.data)

    def problem(
        self, rule: Rule, steps: Sequence[str | int], message: Text, *, hint: Text | None = None, key: bool = False
    ) -> Problem:
        """A finding at the value (or its key) that `steps` lead to."""
        return rule.problem(self.document.path, self.document.place(*steps, key=key), message, hint)

    def obligation(self, policy: Policy) -> Obligation | None:
        """The obligation of the policy that the record is about."""
        return policy.obligation(self.review.kind)

    def acting(self) -> Iterator[Acting]:
        """Everyone named: who wrote the record, who took part, who did and who verified each action."""
        data, held = self.document.data, self.review.held
        yield Acting(("by",), data["by"], data["as"], held)
        for role, persons in data.get("attendees", {}).items():
            for number, person in enumerate(persons):
                yield Acting(("attendees", role, number), person, role, held)
        for number, action in enumerate(self.review.actions):
            if action.done:
                yield Acting(("actions", number, "done", "by"), action.done.by, action.owner, action.done.day)
            if action.verified:
                role = data["actions"][number]["verified"]["as"]
                steps = ("actions", number, "verified", "by")
                yield Acting(steps, action.verified.by, role, action.verified.day)
