"""The facts of all cases put in order once, for the figures of every span and in every language."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from caseledger.figures import months
from caseledger.figures.facts import Deadline, Facts, Payment, Visit
from caseledger.figures.months import Span

Item = TypeVar("Item")


class Tally:
    """Facts by what figures ask of them."""

    def __init__(self, found: Sequence[Facts]) -> None:
        self.found = found

    def received(self, span: Span) -> list[Facts]:
        """The cases received in a span."""
        return _within(span, self._received)

    def ended(self, span: Span) -> int:
        """How many cases ended in a span, and are not open again."""
        return sum(self._ended[month] for month in span.months)

    def visits(self, span: Span) -> list[Visit]:
        """The return visits made in a span."""
        return _within(span, self._visits)

    def payments(self, span: Span) -> list[Payment]:
        """What consumers were given in a span."""
        return _within(span, self._payments)

    @cached_property
    def open(self) -> list[Facts]:
        """The cases that have not ended."""
        return [facts for facts in self.found if facts.ended is None]

    @cached_property
    def profiles(self) -> set[str]:
        """The profiles of all cases."""
        return {facts.profile for facts in self.found}

    @cached_property
    def deadlines(self) -> Counter[Deadline]:
        """How many deadlines of each kind there are: of many cases, few kinds."""
        return Counter(deadline for facts in self.found for deadline in facts.deadlines)

    @cached_property
    def months(self) -> set[str]:
        """The months in which a case was received or a deadline decided."""
        return {*self._received, *(deadline.month for deadline in self.deadlines if deadline.month)}

    @cached_property
    def _received(self) -> Mapping[str, list[Facts]]:
        return _by_month(self.found, lambda facts: months.of(facts.received))

    @cached_property
    def _ended(self) -> Counter[str]:
        return Counter(months.of(facts.ended) for facts in self.found if facts.ended)

    @cached_property
    def _visits(self) -> Mapping[str, list[Visit]]:
        return _by_month((visit for facts in self.found for visit in facts.visits), lambda visit: visit.month)

    @cached_property
    def _payments(self) -> Mapping[str, list[Payment]]:
        found = (payment for facts in self.found for payment in facts.payments)
        return _by_month(found, lambda payment: payment.month)


def _by_month(items: Iterable[Item], month: Callable[[Item], str]) -> Mapping[str, list[Item]]:
    found = defaultdict(list)
    for item in items:
        found[month(item)].append(item)
    return found


def _within(span: Span, found: Mapping[str, list[Item]]) -> list[Item]:
    return [item for month in span.months for item in found.get(month, ())]
