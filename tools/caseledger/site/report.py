"""The figures of one span of months, in one language, each with what the table of cases is asked for to list them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from urllib.parse import urlencode

from caseledger.figures import months
from caseledger.figures.compensation import compensation
from caseledger.figures.facts import Facts
from caseledger.figures.months import Span
from caseledger.figures.pareto import Share, pareto
from caseledger.figures.punctuality import Count, punctuality, total
from caseledger.figures.satisfaction import Answers, answers
from caseledger.figures.tally import Tally
from caseledger.site import charts
from caseledger.site.charts import Columns
from caseledger.site.names import Names

Query = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Rate:
    """A line of the tables of kept deadlines: a clock or a department, month by month."""

    title: str
    profile: str
    query: Query
    counts: Sequence[Count]

    @property
    def total(self) -> Count:
        """All months together."""
        return total(self.counts)

    @property
    def trend(self) -> str:
        """The path of the small chart."""
        return charts.trend([count.rate for count in self.counts], 96, 16)


@dataclass(frozen=True)
class Kind:
    """A line of a Pareto table."""

    title: str
    profile: str
    query: Query
    share: Share[tuple[str, ...]]


@dataclass(frozen=True)
class Sums:
    """What was given in one currency, month by month."""

    currency: str
    amounts: Sequence[Decimal]

    @property
    def total(self) -> Decimal:
        """All months together."""
        return sum(self.amounts, Decimal())

    @property
    def trend(self) -> str:
        """The path of the small chart; the highest month reaches its top."""
        most = max(self.amounts) or Decimal(1)
        return charts.trend([float(amount / most) for amount in self.amounts], 96, 16)


class Report:
    """Everything that a page of figures says of one span, in one language."""

    def __init__(self, names: Names, tally: Tally, span: Span) -> None:
        self.names, self.tally, self.span = names, tally, span

    @cached_property
    def cohort(self) -> list[Facts]:
        """The cases received."""
        return self.tally.received(self.span)

    @property
    def range(self) -> str:
        """The months as the table of cases takes them: "2025-12..2026-11"."""
        return f"{self.span.months[0]}..{self.span.months[-1]}"

    @property
    def received(self) -> int:
        """Cases received."""
        return len(self.cohort)

    @property
    def ended(self) -> int:
        """Cases that ended, and are not open again."""
        return self.tally.ended(self.span)

    def months(self) -> list[Count]:
        """All deadlines, month by month."""
        counts = punctuality(self.tally.deadlines, self.span, lambda _: None)
        return list(counts.get(None, dict.fromkeys(self.span.months, Count())).values())

    def columns(self) -> Columns:
        """The chart of all deadlines, month by month."""
        counts = zip(self.span.months, self.months(), strict=True)
        return charts.columns([(month, count.kept, count.broken) for month, count in counts])

    def clocks(self) -> list[Rate]:
        """Each clock, in the order of the policies."""
        counts = punctuality(self.tally.deadlines, self.span, lambda one: (one.profile, one.clock))
        titles = {
            (policy.profile, clock.id): clock.title[self.names.words.language]
            for policy in reversed(self.names.policies)
            for clock in policy.clocks
        }
        order = {(p.profile, c.id): n for n, (p, c) in enumerate((p, c) for p in self.names.policies for c in p.clocks)}
        return [
            Rate(titles.get(key, key[1]), self._named(key[0]), [("clock", "/".join(key))], list(counts[key].values()))
            for key in sorted(counts, key=lambda key: (order.get(key, len(order)), key))
        ]

    def departments(self) -> list[Rate]:
        """Each department, in the order of the policies."""
        counts = punctuality(self.tally.deadlines, self.span, lambda one: one.owner)
        order = self.names.role_order
        return [
            Rate(self.names.role(role), "", [("department", role)], list(counts[role].values()))
            for role in sorted(counts, key=lambda role: (order.get(role, len(order)), role))
        ]

    def categories(self) -> list[Kind]:
        """What the cases received are about."""
        titles = {
            (policy.profile, name): title[self.names.words.language]
            for policy in reversed(self.names.policies)
            for name, title in policy.categories.items()
        }
        return self._kinds(
            ((facts.profile, facts.category) for facts in self.cohort),
            lambda value: (
                titles.get((value[0], value[1]), value[1]),
                self._named(value[0]),
                [("policy", value[0]), ("category", value[1])],
            ),
        )

    def natures(self) -> list[Kind]:
        """What investigations found in the cases received."""
        return self._kinds(
            ((facts.nature,) for facts in self.cohort if facts.nature),
            lambda value: (self.names.words.label("nature", value[0]), "", [("nature", value[0])]),
        )

    def parties(self) -> list[Kind]:
        """Who was responsible in the cases received."""
        return self._kinds(
            (party for facts in self.cohort for party in facts.parties),
            lambda value: (
                " ".join(filter(None, (self.names.words.label("party", value[0]), value[1]))),
                "",
                [("party", " ".join(filter(None, value)))],
            ),
        )

    def answers(self) -> Answers:
        """What return visits brought."""
        return answers(self.tally.visits(self.span), self.span)

    def answers_by_month(self) -> list[Answers]:
        """The same, month by month."""
        spans = [Span(month, (month,)) for month in self.span.months]
        return [answers(self.tally.visits(span), span) for span in spans]

    def sums(self) -> list[Sums]:
        """What consumers were given, by currency."""
        found = compensation(self.tally.payments(self.span), self.span)
        return [Sums(currency, list(amounts.values())) for currency, amounts in found.items()]

    def _named(self, profile: str) -> str:
        """The profile where there are several."""
        return profile if len(self.tally.profiles) > 1 else ""

    def _kinds(
        self, values: Iterable[tuple[str, ...]], said: Callable[[tuple[str, ...]], tuple[str, str, Query]]
    ) -> list[Kind]:
        return [Kind(*said(share.value), share) for share in pareto(values)]


def spans_of(tally: Tally, newest: Span) -> list[Span]:
    """What pages of figures are about: the newest span, and each year in which anything happened that they count."""
    return [newest, *months.years({month for month in tally.months if month <= newest.months[-1]})]


def link(base: str, *parts: Query) -> str:
    """Where the table of cases shows just those that a figure counts."""
    return f"{base}cases/index.html#{urlencode([pair for part in parts for pair in part], safe='/')}"
