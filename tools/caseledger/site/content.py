"""The pages beside those of the cases."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from caseledger.clusters import Cluster
from caseledger.problem import Problem
from caseledger.site import (
    archive,
    departments,
    duties,
    feeds,
    home,
    listing,
    management,
    policypages,
    published,
    schemapages,
)
from caseledger.site.gone import Counted
from caseledger.site.pages import Writer
from caseledger.site.rows import Row

FIXED = (
    "index.md",
    "departments/index.md",
    "cases/index.md",
    "archive/index.md",
    "obligations/index.md",
    "management/index.md",
    "policies/index.md",
    "schema/index.md",
    "evaluations/index.md",
)
"""Pages of the navigation that are stamped, each into a shell of its own."""


def prepare(docs: Path, source: Path, language: str, *, inside: bool) -> None:
    """Begin the pages of a language: those written by hand for the people inside, and the assets."""
    docs.mkdir(parents=True)
    if inside:
        shutil.copytree(source / "site" / "pages" / language, docs, dirs_exist_ok=True)
    shutil.copytree(source / "site" / "assets", docs / "assets")


def write(
    writers: Sequence[Writer],
    root: Path,
    rows: Sequence[Row],
    clusters: Sequence[Cluster],
    problems: Sequence[Problem],
    counted: Counted,
) -> None:
    """Write every page about cases, policies or files that is for the writers' audience, in the language of each."""
    first = writers[0]
    for writer in writers:
        policypages.write(writer, root, rows)
        if not first.inside:
            published.write(writer, rows, counted)
    if not first.inside:
        return
    judged = duties.judged(first.names.rulebook, rows, first.now, first.sight)
    waiting = departments.departments(rows, judged, first.names.role_order)
    figures = home.figures(rows, first.now)
    for writer in writers:
        home.write(writer, figures, waiting, len(problems))
        departments.write(writer, waiting)
        feeds.write(writer, rows, judged)
        listing.write_cases(writer, rows, len(clusters))
        listing.write_clusters(writer, rows, clusters)
        archive.write(writer, rows)
        duties.write(writer, judged)
        management.write(writer, rows, clusters, judged, counted)
        listing.write_problems(writer, problems)
        schemapages.write(writer)
