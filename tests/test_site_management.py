"""The page of figures: what it counts stands on it, and every figure leads to just the cases that it counts."""

import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from caseledger.clusters import Cluster
from caseledger.figures.facts import Deadline
from caseledger.figures.months import Span
from caseledger.figures.tally import Tally
from caseledger.rulebook import Rulebook
from caseledger.site import charts, duties, gone, management, report, table
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.rows import Row
from caseledger.site.words import Words
from tests import casework
from tests.casework import NOW, Page, case, event

NOK = {"value": "499.00", "currency": "NOK"}
INVESTIGATED = event(
    "2026-10-13 12:00", "investigated", conclusion="Weak seam.", nature="product-defect", basis="Test",
    responsible=[{"party": "supplier", "name": "<b>S & T</b>", "share": 100}],
)  # fmt: skip


MANY = 45


@pytest.fixture
def rows(repository: Path) -> list[Row]:
    """Two open cases of November, one of October that was closed, one of 2024."""
    closed = case(
        event("2026-10-12 09:00", "received"),
        event("2026-10-12 10:00", "verified", in_scope=True, complete=True),
        event("2026-10-16 09:00", "responded"),
        INVESTIGATED | {"at": "2026-10-16T12:00:00+08:00"},
        event("2026-10-19 09:00", "executed", dispositions=[{"kind": "full-refund", "amount": NOK}]),
        event("2026-10-20 09:00", "followed-up", satisfaction=4, goods=2),
        event("2026-10-20 10:00", "closed", outcome="resolved"),
        case_id="C-20261012-2M4XN",
    )
    old = case(
        event("2024-03-04 09:00", "received"), event("2024-03-04 10:00", "withdrawn"), case_id="C-20240304-2M4XN"
    )
    new = case(event("2026-11-21 09:00", "received"), case_id="C-20261121-2M4XN")
    return casework.stamp(repository, closed, old, case(), new)


def written(
    root: Path, rows: list[Row], language: str = "en", clusters: tuple[Cluster, ...] = (), times: int = 1
) -> dict[str, str]:
    """The pages of figures, by file; every duty stands there so many times."""
    writer = Writer(root / "docs", Names(Rulebook(root), Words(language)), NOW)
    judged = [*duties.judged(writer.names.rulebook, rows, NOW)] * times
    management.write(writer, rows, clusters, judged, gone.counted(root, rows, writer.sight))
    return {path.removeprefix("management/"): page.html for path, page in writer.made.items()}


def test_of_many_obligations_the_first_stand_there(repository: Path, rows: list[Row]) -> None:
    few, many = (
        written(repository, rows, times=times)["index.html"].partition('id="obligations"')[2] for times in (1, 30)
    )
    due = few.count("<tr>") - 1
    assert 0 < due < management.NEXT
    assert "more</a>" not in few
    assert many.count("<tr>") - 1 == management.NEXT
    assert f'<a href="../obligations/index.html">{due * 30 - management.NEXT} more</a>' in many


def test_there_is_a_page_for_twelve_months_and_one_for_each_year(repository: Path, rows: list[Row]) -> None:
    pages = written(repository, rows)
    assert sorted(page for page in pages if "/" not in page) == ["2024.html", "2026.html", "index.html"]
    assert "2024-01 to 2024-12." in Page(pages["2024.html"]).words


def test_the_figures_are_those_that_one_counts_by_hand(repository: Path, rows: list[Row]) -> None:
    words = Page(written(repository, rows)["index.html"]).words
    assert "Cases received 3 Cases ended 1 " in words
    # Kept: verification, disposition, return visit, filing of the closed case. Broken: its response and its start of
    # investigation, and of the case of 3 November verification, response and start of investigation.
    assert "Deadlines kept 44.4% 4 of 9 Satisfaction 4.00 answers: 1 Open now 2 Overdue now 1" in words
    assert "First response 0% 0 2" in words
    assert "0–2 1 0 3–7 0 0 8–14 0 0 15–30 1 1" in words
    assert "Product quality 3 100% 100%" in words
    assert "Supplier <b>S & T</b> 1 100% 100%" in words
    assert "Satisfaction with the goods 2.00" in words
    assert "NOK 499.00" in words


def test_every_figure_leads_to_the_cases_that_it_counts(repository: Path, rows: list[Row]) -> None:
    followed = 0
    for text in written(repository, rows).values():
        for href, figure in re.findall(r'<a href="(?:\.\./)+cases/index\.html#([^"]*)"[^>]*>(\d+)</a>', text):
            asked = parse_qsl(unescape(href), keep_blank_values=True)
            found = matching(rows, asked)
            decided = {key for key, _ in asked} & {"decided"}
            counted = [d for row in rows if row.id in found for d in row.facts.deadlines if fits(d, asked)]
            assert len(counted if decided else found) == int(figure), href
            followed += 1
    assert followed > 40


def fits(deadline: Deadline, asked: list[tuple[str, str]]) -> bool:
    facets = dict(zip(table.GROUPS["deadlines"], table.deadline(deadline), strict=True))
    return all(
        any(_within(value, one) for key, one in asked if key == facet)
        for facet, value in facets.items()
        if facet in dict(asked)
    )


def matching(rows: list[Row], asked: list[tuple[str, str]]) -> list[str]:
    """The cases that the table shows for an address, found in another way than the table's own."""
    groups = table.shard(rows, NOW)["groups"]
    found = set(range(len(rows)))
    for name, facets in table.GROUPS.items():
        wanted = {facet: [value for key, value in asked if key == facet] for facet in facets}
        if any(wanted.values()):
            fits = [
                all(not wanted[facet] or any(_within(value[place], one) for one in wanted[facet])
                    for place, facet in enumerate(facets))
                for value in groups[name]["values"]
            ]  # fmt: skip
            codes = [code if isinstance(code, list) else [code] for code in groups[name]["codes"]]
            found &= {place for place, code in enumerate(codes) if any(fits[one] for one in code)}
    return [rows[place].id for place in sorted(found)]


def _within(value: str, wanted: str) -> bool:
    first, _, last = wanted.partition("..")
    return first <= value <= last if last else value == wanted


@pytest.fixture
def many(repository: Path) -> list[Row]:
    """A case of each of many suppliers, paid in each of many currencies."""
    currencies = [f"{first}{second}X" for first in "ABCDEFG" for second in "ABCDEFG"]
    return casework.stamp(
        repository,
        *(
            case(
                event("2026-10-12 09:00", "received"),
                event("2026-10-12 10:00", "verified", in_scope=True, complete=True),
                INVESTIGATED | {"responsible": [{"party": "supplier", "name": f"S-{n:03}", "share": 100}]},
                event(
                    "2026-10-19 09:00",
                    "executed",
                    dispositions=[{"kind": "full-refund", "amount": {"value": "5.00", "currency": currency}}],
                ),
                case_id=f"C-20261012-2M{n:03}",
            )
            for n, currency in zip(range(MANY), currencies, strict=False)
        ),
    )


def test_a_long_table_has_its_first_lines_in_the_overview_and_all_on_pages_of_its_own(
    repository: Path, many: list[Row]
) -> None:
    pages = written(repository, many)
    overview = pages["index.html"]
    lines = [len(re.findall(r"<th scope=\"row\">(?:Supplier S-\d+|[A-G]{2}X)</th>", text)) for text in pages.values()]
    assert lines[list(pages).index("index.html")] == 2 * management.MOST
    assert f'<a href="../management/parties/index.html">All of them: {MANY}</a>' in overview
    assert f'<a href="../management/compensation/index.html">All of them, month by month: {MANY}</a>' in overview
    folders = {"parties": ["index", "index/2"], "compensation": ["index", "index/2", "index/3"]}
    for folder, names in folders.items():
        found = [re.findall(r"Supplier (S-\d+)|([A-G]{2}X)</th>", pages[f"{folder}/{name}.html"]) for name in names]
        assert len({line for part in found for line in part}) == sum(map(len, found)) == MANY
    assert "categories/index.html" not in pages  # the overview says all of it


def test_a_repository_without_cases_has_a_page(repository: Path) -> None:
    words = Page(written(repository, [], "zh")["index.html"]).words
    assert "这些月份没有已判定的时限。" in words


def test_columns_are_as_high_as_the_values_say() -> None:
    chart = charts.columns([("2026-10", 3, 1), ("2026-11", 0, 0)])
    first, second = chart.columns
    assert [value for _, value in chart.lines] == [0, 1, 2, 3, 4]
    assert (first.lower.height, first.upper.height) == (105.0, 35.0)
    assert first.lower.y + first.lower.height == chart.ground == 162.0
    assert first.upper.y + first.upper.height == first.lower.y
    assert (second.lower.height, second.upper.height) == (0.0, 0.0)
    assert [value for _, value in charts.columns([("x", 1234, 0)]).lines] == [0, 500, 1000, 1500]
    assert [value for _, value in charts.columns([]).lines] == [0, 1]


def test_a_trend_is_parted_where_there_is_no_value() -> None:
    assert charts.trend([1.0, 0.5, None, 0.0], 90, 10) == "M0 0L30 5M90 10h0"
    assert charts.trend([None], 90, 10) == ""


def test_months_before_the_span_are_left_out(repository: Path, rows: list[Row]) -> None:
    names = Names(Rulebook(repository), Words("en"))
    found = report.Report(names, Tally([row.facts for row in rows]), Span("", ("2024-03",)))
    assert (found.received, found.ended) == (1, 1)
    assert date(2024, 3, 4) in {row.facts.received for row in rows}
