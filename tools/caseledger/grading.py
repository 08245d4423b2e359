"""The advice on the grades of a repository's cases, and the cases that are graded below it.

Only beside all others does a case show how often its problem occurs, so this is computed once for all of them.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from caseledger import yamltext
from caseledger.advice import Advice, Adviser, Reason
from caseledger.errors import Refused
from caseledger.occurrence import Occurrence, Occurrences
from caseledger.policy import Policy
from caseledger.problem import Place, Problem
from caseledger.rulebook import Rulebook
from caseledger.rules import grade_below_advice


class Grading:
    """Advice on any of the `known` cases, each with the path of its file."""

    def __init__(self, rulebook: Rulebook, known: Sequence[tuple[str, Occurrence]]) -> None:
        self.rulebook, self.known = rulebook, known
        self.cases = Occurrences(one for _, one in self.known)

    def advice(self, policy: Policy, one: Occurrence, at: datetime, *, exact: bool = True) -> Advice:
        """The advice on a case, as known at `at`; what is not `exact` is quick where many cases are similar."""
        day = self.rulebook.calendar(policy.calendar).day_of(one.received).isoformat()
        return Adviser(self.cases, self.rulebook.rates, exact).advise(policy, one, day, at)

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
        if graded.grade != policy.advice[0].grade and self._unweighed(policy, one, exact=False):
            at = place(path, graded.event)
            yield from grade_below_advice.check(path, at, graded.grade, self._unweighed(policy, one))

    def _unweighed(self, policy: Policy, one: Occurrence, *, exact: bool = True) -> Sequence[Reason]:
        """The reasons for a graver grade that the last grading does not name."""
        if one.graded is None:
            return ()
        advice = self.advice(policy, one, one.graded.at, exact=exact)
        return [r for r in advice.above(one.graded.grade, policy) if r.criterion not in one.graded.despite]
