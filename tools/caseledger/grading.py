"""The advice on the grades of a repository's cases, and the cases that are graded below it.

Only beside all others does a case show how often its problem occurs, so this is computed once for all of them.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from caseledger import yamltext
from caseledger.advice import Advice, Adviser, Reason
from caseledger.errors import Refused
from caseledger.occurrence import Graded, Occurrence, Occurrences
from caseledger.policy import Policy
from caseledger.problem import Place, Problem
from caseledger.rulebook import Rulebook
from caseledger.rules import grade_below_advice


class Grading:
    """Advice on any of the `known` cases, each with the path of its file."""

    def __init__(self, rulebook: Rulebook, known: Sequence[tuple[str, Occurrence]]) -> None:
        self.rulebook, self.known = rulebook, known
        self.cases = Occurrences(one for _, one in self.known)

    def advice(self, policy: Policy, one: Occurrence, at: datetime) -> Advice:
        """The advice on a case, as known at `at`."""
        return Adviser(self.cases, self.rulebook.rates).advise(policy, one, self._day(policy, one), at)

    def problems(self, place: Callable[[str, int], Place] | None = None) -> Iterator[Problem]:
        """The cases whose last grading was below the advice as known then, where it does not say despite what.

        `place` tells where in a file the grade of an event stands; where nobody does, the file is read.
        """
        for path, one in self.known:
            try:
                yield from self._below(path, one, place or self.place)
            except Refused:  # what judges the case cannot be used; its own problems say why
                continue

    def place(self, path: str, event: int) -> Place:
        """Where the grade of an event stands in its file."""
        document = yamltext.read((self.rulebook.root / path).read_bytes(), path)
        return document.place("events", event, "grade")

    def _below(self, path: str, one: Occurrence, place: Callable[[str, int], Place]) -> Iterator[Problem]:
        graded, policy = one.graded, self.rulebook.policy(one.policy)
        if not graded or not policy or not policy.advice or graded.grade not in policy.grades:
            return
        if self._unweighed(policy, one, graded, exact=False):
            yield from grade_below_advice.check(
                path, place(path, graded.event), graded.grade, self._unweighed(policy, one, graded)
            )

    def _unweighed(self, policy: Policy, one: Occurrence, graded: Graded, *, exact: bool = True) -> Sequence[Reason]:
        """The reasons for a graver grade that a grading does not name; quick where they need not be `exact`."""
        grades = list(policy.grades)
        graver = grades[grades.index(graded.grade) + 1 :]
        advice = [criteria for criteria in policy.advice if criteria.grade in graver]
        if not advice:
            return ()
        adviser = Adviser(self.cases, self.rulebook.rates, exact)
        found = adviser.reasons(advice, one, self._day(policy, one), graded.at)
        return [reason for reason in found if reason.criterion not in graded.despite]

    def _day(self, policy: Policy, one: Occurrence) -> str:
        return self.rulebook.calendar(policy.calendar).day_of(one.received).isoformat()
