"""The pages for everybody: what was complained about, what came of it, whether deadlines were kept, what checks found.

They are made of figures: no page is about one case. Of a case it is said that goods were appraised, where that was
published.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseledger.figures import months
from caseledger.figures.months import Span
from caseledger.figures.pareto import pareto
from caseledger.language import N_
from caseledger.obligations import Duty
from caseledger.site import duties, gone, paging
from caseledger.site.gone import Counted, Ended
from caseledger.site.pages import Writer
from caseledger.site.report import Kind, Report, spans_of
from caseledger.site.rows import Appraisal, Row

MOST, CLOCKS = 15, 30
"""Lines of each table, and of that of the deadlines; where there are more, all of them stand on pages of their own."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one span: its name, where its own pages are, what its lines are, the lines."""

    name: str
    stem: str
    heading: str
    lines: Sequence[object]

    @property
    def first(self) -> Sequence[object]:
        """The lines that stand among the results."""
        return self.lines[: CLOCKS if self.name == "clocks" else MOST]


def write(writer: Writer, rows: Sequence[Row], counted: Counted) -> None:
    """Write the results of the last twelve months and of each year, every check and evaluation that is published."""
    found = list(evaluations(writer, duties.judged(writer.names.rulebook, rows, writer.now, writer.sight)))
    _write_results(writer, rows, found, counted)
    _write_evaluations(writer, found)


def evaluations(writer: Writer, judged: Sequence[Duty]) -> Iterator[Duty]:
    """The duties whose record says that it was published, and when: by today."""
    today = writer.names.today(writer.now).isoformat()
    for duty in judged:
        if duty.review and not duty.task.action and duty.review.data.get("published", {}).get("on", "9999") <= today:
            yield duty


def page_of(duty: Duty) -> str:
    """Where the page of an evaluation is, from the top of a language's pages."""
    return f"evaluations/{duty.task.policy.profile}-{duty.task.obligation.id}-{duty.task.period}.html"


def _write_results(writer: Writer, rows: Sequence[Row], found: Sequence[Duty], counted: Counted) -> None:
    newest = months.last_twelve(writer.names.today(writer.now))
    spans = spans_of(counted.all, newest)
    for span in spans:
        title = writer.words.t(N_("Results of complaint handling"))
        report = Report(writer.names, counted.all, span)
        tables = _tables(writer, rows, report)
        writer.page(
            f"{f'results/{span.name}' if span.name else 'index'}.md",
            f"{title} {span.name}".strip(),
            "results.html",
            report=report,
            spans=spans,
            tables={table.name: table for table in tables},
            evaluations=found,
            page=page_of,
        )
        for table in tables:
            if len(table.lines) > len(table.first):
                heading = f"{table.heading} {span.name}".strip()
                for part in paging.parts(table.stem, table.lines):
                    writer.page(
                        part.path, heading, "result.html", report=report, table=table, lines=part.items, **part.place
                    )


def _tables(writer: Writer, rows: Sequence[Row], report: Report) -> list[Table]:
    """The tables of a span that grow."""
    t, span = writer.words.t, report.span
    lines: dict[str, tuple[str, Sequence[object]]] = {
        "categories": (t(N_("Category")), report.categories()),
        "natures": (t(N_("Nature of the problem")), report.natures()),
        "parties": (t(N_("Responsible")), report.parties()),
        "goods": (t(N_("Goods")), _products(rows, span)),
        "outcomes": (t(N_("Outcome")), _outcomes(writer, rows, span)),
        "clocks": (t(N_("Deadlines kept, by month")), report.clocks()),
        "compensation": (t(N_("Given to consumers")), report.sums()),
        "appraisals": (t(N_("Appraisals of goods")), () if span.name else _appraisals(writer, rows)),
    }
    return [Table(name, f"results/{name}/{span.name or 'index'}", *said) for name, said in lines.items()]


def _write_evaluations(writer: Writer, found: Sequence[Duty]) -> None:
    words = writer.words
    for part in paging.parts("evaluations/index", found):
        title = words.t(N_("Checks and evaluations"))
        writer.page(part.path, title, "evaluations.html", duties=part.items, page=page_of, **part.place)
    for duty in found:
        if duty.review:
            writer.page(
                page_of(duty).replace(".html", ".md"),
                f"{duty.task.obligation.title[words.language]} {duty.task.period}",
                "evaluation.html",
                duty=duty,
                data=duty.review.data,
            )


def _appraisals(writer: Writer, rows: Sequence[Row]) -> list[tuple[Appraisal, str, str]]:
    """The appraisals published by today, newest first, with the category, and the article where it may be known."""
    today = writer.names.today(writer.now).isoformat()
    found = [(one, writer.names.category(row), row.sku) for row in rows for one in row.appraisals if one.on <= today]
    return sorted(found, key=lambda one: (one[0].on, *one), reverse=True)


def _outcomes(writer: Writer, rows: Sequence[Row], span: Span) -> list[Kind]:
    """How the cases ended that ended in a span."""
    label = writer.words.label
    here = (Ended(months.of(row.facts.ended), row.outcome or "", row.state) for row in rows if row.facts.ended)
    ended = [one for one in (*here, *gone.ended(writer.names.rulebook.root)) if span.holds(one.month)]
    values: list[tuple[str, ...]] = [(label("outcome", one.outcome), label("state", one.state)) for one in ended]
    return [Kind(outcome or state, "", (), share) for share in pareto(values) for outcome, state in [share.value]]


def _products(rows: Sequence[Row], span: Span) -> list[Kind]:
    """The goods that cases received in a span were about, where the company publishes them."""
    skus: list[tuple[str, ...]] = [(row.sku,) for row in rows if row.sku and span.holds(months.of(row.facts.received))]
    return [Kind(share.value[0], "", (), share) for share in pareto(skus)]
