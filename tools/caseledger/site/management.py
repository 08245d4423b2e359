"""The figures for those who lead: an overview of the last twelve months and of each year, and its tables in full.

A table that grows with deadlines, departments, suppliers or currencies shows its first lines in the overview, and has
pages of its own: there with every line, and with the months.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from caseledger.advice import of_key
from caseledger.clocks import OPEN, Status
from caseledger.clusters import Cluster
from caseledger.figures import months
from caseledger.figures.age import ages
from caseledger.figures.months import Span
from caseledger.language import N_
from caseledger.obligations import Duty
from caseledger.site import duties, paging
from caseledger.site.casepage import margin
from caseledger.site.gone import Counted
from caseledger.site.pages import Writer
from caseledger.site.report import Kind, Rate, Report, Sums, link, spans_of
from caseledger.site.rows import Row
from caseledger.site.surroundings import group_url
from caseledger.site.words import Words

MOST = 8
"""Lines of each table in the overview."""
NEXT = 10
"""Obligations in the overview."""
MONTHLY = 20
"""Lines on a page of a table with months."""
_SECOND = timedelta(seconds=1)
OPEN_STATES = ("open", "waiting")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures of one span: its folder, what it is called, what its lines are, the lines."""

    name: str
    title: str
    heading: str
    lines: Sequence[Rate] | Sequence[Kind] | Sequence[Sums]
    monthly: bool = True

    @property
    def first(self) -> Sequence[Rate | Kind | Sums]:
        """The lines of the overview; of many deadlines those that were broken most often."""
        rates = [line for line in self.lines if isinstance(line, Rate)]
        if len(rates) > MOST:
            return sorted(rates, key=lambda line: -line.total.broken)[:MOST]
        return self.lines[:MOST]

    @property
    def paged(self) -> bool:
        """Whether there is more of it than the overview says."""
        return bool(self.lines) and (self.monthly or len(self.lines) > MOST)


def tables(report: Report, words: Words) -> dict[str, Table]:
    """The tables of a span by their names."""
    t, about = words.t, words.t(N_("What the cases are about"))
    kinds = [
        ("categories", t(N_("Category")), report.categories()),
        ("natures", t(N_("Nature of the problem")), report.natures()),
        ("parties", t(N_("Responsible")), report.parties()),
    ]
    found = [
        Table("clocks", t(N_("On time by deadline")), t(N_("Deadline")), report.clocks()),
        Table("departments", t(N_("On time by department")), t(N_("Department")), report.departments()),
        Table("compensation", t(N_("Given to consumers")), t(N_("Currency")), report.sums()),
        *(Table(name, f"{about} · {heading}", heading, lines, monthly=False) for name, heading, lines in kinds),
    ]
    return {table.name: table for table in found}


def write(
    writer: Writer, rows: Sequence[Row], clusters: Sequence[Cluster], judged: Sequence[Duty], counted: Counted
) -> None:
    """Write the overview of the last twelve months and of each year, and the tables that have pages of their own."""
    today = writer.names.today(writer.now)
    spans = spans_of(counted.all, months.last_twelve(today))
    reports = {span: Report(writer.names, counted.all, span) for span in spans}
    found = {span: tables(report, writer.words) for span, report in reports.items()}
    gone = {span: sum(span.holds(months.of(facts.received)) for facts in counted.away) for span in spans}
    by_id = {row.id: row for row in rows}
    waiting, by_age = len(counted.all.open), ages(counted.all.open, today)
    overdue = sum(any(one.status == Status.OVERDUE.value for one in facts.deadlines) for facts in counted.all.found)
    for span in spans:
        title = writer.words.t(N_("Management"))
        writer.page(
            f"management/{span.name or 'index'}.md",
            f"{title} {span.name}".strip(),
            "management.html",
            report=reports[span],
            tables=found[span],
            spans=spans,
            gone=gone[span],
            open=waiting,
            overdue=overdue,
            ages=by_age,
            groups=len(clusters),
            clusters=[
                (group_url(n), cluster, by_id[cluster.cases[-1].case]) for n, cluster in enumerate(clusters[:MOST])
            ],
            duties=[duty for duty in judged if duty.status in OPEN and duty.status is not Status.PENDING],
            done=_done(judged, span),
            next=NEXT,
            link=link,
            states=[("state", state) for state in OPEN_STATES],
            of_key=of_key,
            margin=partial(margin, writer.words),
            page=duties.page_of,
        )
        for table in found[span].values():
            if table.paged:
                others = [other for other in spans if found[other][table.name].paged]
                _write_table(writer, table, reports[span], others, gone[span])


def _write_table(writer: Writer, table: Table, report: Report, spans: Sequence[Span], gone: int) -> None:
    """Write the pages of one table; `spans` are those in which it has pages."""
    span = report.span
    stem = f"management/{table.name}/{span.name or 'index'}"
    for part in paging.parts(stem, table.lines, MONTHLY if table.monthly else paging.LIMIT):
        writer.page(
            part.path,
            f"{table.title} {span.name}".strip(),
            "figures.html",
            table=table,
            lines=part.items,
            report=report,
            spans=spans,
            gone=gone,
            stem=stem,
            link=link,
            **part.place,
        )


def _done(judged: Iterable[Duty], span: Span) -> Mapping[Status, int]:
    """Duties done in time and late, whose deadline was in a span."""
    counts = {Status.MET: 0, Status.LATE: 0}
    for duty in judged:
        if duty.status in counts and span.holds(f"{duty.due - _SECOND:%Y-%m}"):
            counts[duty.status] += 1
    return counts
