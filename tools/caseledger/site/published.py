"""The pages for everybody: what was complained about, what came of it, whether deadlines were kept, what checks found.

They are made of figures: no page is about one case. Of a case it is said that goods were appraised, where that was
published.
"""

from collections.abc import Iterator, Sequence

from caseledger.figures import months
from caseledger.figures.months import Span
from caseledger.figures.pareto import pareto
from caseledger.language import N_
from caseledger.obligations import Duty
from caseledger.site import duties, gone
from caseledger.site.gone import Counted, Ended
from caseledger.site.pages import Writer
from caseledger.site.report import Kind, Report, spans_of
from caseledger.site.rows import Appraisal, Row


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
        writer.page(
            f"{f'results/{span.name}' if span.name else 'index'}.md",
            f"{title} {span.name}".strip(),
            "results.html",
            report=Report(writer.names, counted.all, span),
            span=span,
            spans=spans,
            outcomes=_outcomes(writer, rows, span),
            products=_products(rows, span),
            evaluations=found,
            appraisals=_appraisals(writer, rows) if not span.name else (),
            page=page_of,
        )


def _write_evaluations(writer: Writer, found: Sequence[Duty]) -> None:
    words = writer.words
    writer.page(
        "evaluations/index.md", words.t(N_("Checks and evaluations")), "evaluations.html", duties=found, page=page_of
    )
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
