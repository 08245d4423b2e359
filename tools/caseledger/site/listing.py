"""The lists: every case, newest first; cases with the same problem; what is wrong with files."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from caseledger.advice import of_key
from caseledger.clusters import WINDOW, Cluster
from caseledger.figures import months
from caseledger.language import N_
from caseledger.problem import Problem
from caseledger.site import paging, table
from caseledger.site.pages import Writer
from caseledger.site.rows import Row
from caseledger.site.surroundings import GROUPS, anchor

NEWEST = 40
"""Cases on the first page of the list."""
MEMBERS = 8
"""Cases of a group that are named, the newest."""


def write_cases(writer: Writer, rows: Sequence[Row], clusters: int) -> None:
    """Write the list of all cases; the first page leads to the `clusters`, so many."""
    sheets = list(paging.sheets(rows, _received, months.of))
    newest = sorted(rows, key=lambda row: (_received(row), row.id), reverse=True)[:NEWEST]
    title = writer.words.t(N_("Cases"))
    contents = paging.Contents(sheets)
    settings = table.settings(writer.names, "../", table.years(rows), len(rows)) if rows else None
    writer.page(
        "cases/index.md",
        title,
        "cases.html",
        rows=newest,
        sheets=contents.around(None),
        current=None,
        table=settings,
        total=len(rows),
        clusters=clusters,
    )
    for sheet in sheets:
        around = contents.around(sheet)
        writer.listed(
            f"cases/{sheet.name}.md",
            f"{title} {sheet.name}",
            "cases.html",
            sheet.rows,
            around,
            (),
            sheets=around,
            current=sheet,
            table=None,
            clusters=0,
        )


def write_clusters(writer: Writer, rows: Sequence[Row], clusters: Sequence[Cluster]) -> None:
    """Write the groups of cases with the same problem."""
    by_id = {row.id: row for row in rows}
    for part in paging.parts("clusters", clusters, GROUPS):
        first = (part.place["number"] - 1) * GROUPS
        groups = [
            (anchor(place), c, [by_id[one.case] for one in reversed(c.cases[-MEMBERS:])], _shared(c))
            for place, c in enumerate(part.items, start=first)
        ]
        writer.listed(
            part.path,
            writer.words.t(N_("Cases with the same problem")),
            "clusters.html",
            [row for _, _, members, _ in groups for row in members],
            (part.place, [(c.problem, c.keys, len(c.cases)) for c in part.items]),
            None,
            clusters=groups,
            of_key=of_key,
            days=WINDOW.days,
            **part.place,
        )


def _shared(cluster: Cluster) -> str:
    """What the table of cases is asked for, to show a group and those like it of other times; "" for a batch alone."""
    kinds = {key.kind: key.value for key in reversed(cluster.keys) if key.kind in ("sku", "supplier")}
    kind, value = cluster.problem
    problem = {"nature": value} if kind == "nature" else {"category": value, "nature": ""}
    return urlencode({**kinds, **problem}) if kinds else ""


def write_problems(writer: Writer, problems: Sequence[Problem]) -> None:
    """Write what is wrong with case files."""
    for part in paging.parts("problems", problems):
        writer.page(part.path, writer.words.t(N_("Problems")), "problems.html", problems=part.items, **part.place)


def _received(row: Row) -> date:
    return row.received.date()
