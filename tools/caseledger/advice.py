"""Which grade a policy's criteria speak for in a case, and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from caseledger import labels, lengths
from caseledger.duration import Duration
from caseledger.language import N_, Text
from caseledger.occurrence import Key, Occurrence, Occurrences, Similar
from caseledger.policy import Criteria, Policy
from caseledger.rates import Rates

MOST_NAMED = 8
"""More similar cases than these are not named in a reason."""

_KEYS = {
    "sku": N_("SKU {value}"),
    "batch": N_("batch {value}"),
    "supplier": N_("supplier {value}"),
}


Met = tuple[str, Text, tuple[str, ...]]
"""A criterion, why it is met, and the similar cases."""


@dataclass(frozen=True)
class Reason:
    """A criterion that is met and the gravest grade that it speaks for; `cases` are the similar ones with itself."""

    criterion: str
    grade: str
    clause: str
    text: Text
    cases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """The grade that the criteria speak for (None: they speak for none), why, and what could not be judged."""

    grade: str | None
    reasons: tuple[Reason, ...]
    unknown: tuple[Text, ...]


@dataclass(frozen=True)
class Adviser:
    """What advice rests on beside the case and its policy; `exact`: all similar cases are named, not only enough."""

    cases: Occurrences
    rates: Rates
    exact: bool = True

    def advise(self, policy: Policy, one: Occurrence, day: str, at: datetime) -> Advice:
        """The advice on a case received on `day` (in its calendar's zone), as known at `at`."""
        found = self.reasons(policy.advice, one, day, at)
        unknown = dict.fromkeys(_unknown(policy.advice, one, day, self.rates))
        return Advice(found[0].grade if found else None, tuple(found), tuple(unknown))

    def reasons(self, advice: Iterable[Criteria], one: Occurrence, day: str, at: datetime) -> list[Reason]:
        """Why criteria, given from the gravest grade down, speak for grades: each for the gravest alone."""
        reasons: dict[str, Reason] = {}
        for criteria in advice:
            for criterion, text, cases in self._met(criteria, one, day, at):
                reasons.setdefault(criterion, Reason(criterion, criteria.grade, criteria.clause, text, cases))
        return list(reasons.values())

    def _met(self, criteria: Criteria, one: Occurrence, day: str, at: datetime) -> Iterator[Met]:
        if criteria.amount_from and one.amount:
            value, limit = self.rates.value(one.amount, day), self.rates.value(criteria.amount_from, day)
            if value is not None and limit is not None and value >= limit:
                yield "amount", _amount(one.amount, value, criteria.amount_from, self.rates), ()
        if criteria.similar_from:
            enough = None if self.exact else criteria.similar_from
            similar = self.cases.similar(one, criteria.window, at, enough)
            if similar and len(similar.cases) >= criteria.similar_from:
                cases = tuple(other.case for other in similar.cases)
                yield "similar", _similar(one, similar, criteria, at), cases
        if criteria.public_opinion and one.public_opinion:
            yield "public-opinion", Text(N_("Press or social media have taken it up.")), ()
        if criteria.safety and one.safety:
            yield "safety", Text(N_("People may be hurt or things damaged.")), ()


def of_key(key: Key) -> Text:
    """What cases share, in words."""
    if key.of:
        return Text(N_("batch {value} of supplier {of}"), value=key.value, of=key.of)
    return Text(_KEYS[key.kind], value=key.value)


def _amount(amount: tuple[str, str], value: Decimal, limit: tuple[str, str], rates: Rates) -> Text:
    shown, counts_from = " ".join(amount), " ".join(limit)
    if amount[1] == rates.currency:
        return Text(N_("The order's amount is {amount}; it counts from {limit}."), amount=shown, limit=counts_from)
    return Text(
        N_("The order's amount is {amount}, that is {value}; it counts from {limit}."),
        amount=shown,
        value=f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP)} {rates.currency}",
        limit=counts_from,
    )


def _similar(one: Occurrence, similar: Similar, criteria: Criteria, at: datetime) -> Text:
    nature = one.nature(at)
    others = [other.case for other in similar.cases if other.case != one.case]
    return Text(
        N_(
            "{count} cases of {key} with {problem} within {window} of this one; they count from {limit}."
            " The others: {others}."
        ),
        count=len(similar.cases),
        key=of_key(similar.key),
        problem=Text(N_("the nature “{nature}”"), nature=labels.label("nature", nature))
        if nature
        else Text(N_("the same category")),
        window=lengths.label(Duration(criteria.window.days, "d")),
        limit=criteria.similar_from,
        others=_named(others),
    )


def _named(cases: Sequence[str]) -> Text:
    names, more = ", ".join(cases[:MOST_NAMED]), len(cases[MOST_NAMED:])
    return Text(N_("{names} and {more} more"), names=names, more=more) if more else Text("{names}", names=names)


def _unknown(advice: Iterable[Criteria], one: Occurrence, day: str, rates: Rates) -> Iterator[Text]:
    for limit in (criteria.amount_from for criteria in advice):
        for money in (one.amount, limit) if one.amount and limit else ():
            if money and rates.value(money, day) is None:
                yield Text(
                    N_("No rate of {currency} is known for {day}: the order's amount is not compared."),
                    currency=money[1],
                    day=day,
                )
