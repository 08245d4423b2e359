"""No page weighs 60 kB, whatever grows: cases, departments, suppliers, currencies, years, groups, problems, duties."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import pytest

from caseledger import instant
from caseledger.audience import Audience, sight
from caseledger.clusters import Cluster
from caseledger.figures.facts import Deadline, Payment
from caseledger.language import Text
from caseledger.occurrence import Key, Occurrence
from caseledger.problem import Place, Problem, Severity
from caseledger.rulebook import Rulebook
from caseledger.site import content, gone
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.rows import Appraisal, Paused, Row
from caseledger.site.words import Words
from tests import casework
from tests.casework import case, event

NOW = instant.parse("2036-11-22T12:00:00+08:00")
FIRST = instant.parse("2023-01-02T09:00:00+08:00")
CASES, ROLES, SUPPLIERS, CURRENCIES, CATEGORIES, GROUPS = 6000, 90, 700, 60, 50, 1500
CODE = "grade-below-advice"
LIMIT, FRAME = 60_000, 12_000
"""Bytes of a page, and those of what is around every page."""


def grown(models: list[Row]) -> Iterator[Row]:
    """Cases like these, spread over the years, departments, suppliers and currencies."""
    for n, model in enumerate(islice(cycle(models), CASES)):
        shift = FIRST + (NOW - FIRST) * n / CASES - model.received
        received = model.received + shift
        role, month = f"department-of-something-{n % ROLES}", f"{received:%Y-%m}"
        deadlines = (*model.facts.deadlines, Deadline("late", "quality", f"clock-{n % ROLES}", role, month))
        yield replace(
            model,
            id=f"C-{received:%Y%m%d}-{n:05}",
            summary=f"{'投诉摘要' * 10} {n}",
            category=f"category-{n % CATEGORIES}",
            sku=f"SKU-{n % SUPPLIERS}",
            appraisals=(Appraisal("passed", "https://example.com/results", "2026-11-01"),),
            received=received,
            ended=model.ended and model.ended + shift,
            watched=tuple(replace(clock, owner=role) for clock in model.watched),
            paused=(*model.paused, *(Paused(clock.title, "customer-service") for clock in model.watched)),
            facts=model.facts._replace(
                received=received.date(),
                ended=model.facts.ended and model.facts.ended + shift,
                category=f"category-{n % CATEGORIES}",
                parties=(("supplier", f"Supplier of something {n % SUPPLIERS}"),),
                deadlines=deadlines,
                payments=(Payment(month, f"C{n % CURRENCIES:02}", "5.00"),),
            ),
        )


def groups(rows: list[Row]) -> list[Cluster]:
    """Cases with the same problem."""
    cases = [
        Occurrence(row.id, row.policy, row.received, row.category, "", "", "", (), None, None, False, False, None)
        for row in rows
    ]
    shared = (Key("sku", "SKU-0001"), Key("batch", "2611", "S-017"), Key("supplier", "S-017"))
    return [Cluster(("category", "product-quality"), shared, tuple(cases[n : n + 20])) for n in range(GROUPS)]


def sizes(root: Path, language: str, audience: Audience) -> dict[str, int]:
    """The bytes of every page but those of cases, by path, without what is around it."""
    left = event("2026-10-12 10:00", "withdrawn")
    ended = case(event("2026-10-12 09:00", "received"), left, case_id="C-20261012-2M4XN")
    rows = list(grown(casework.stamp(root, case(), ended)))
    said = Text("Grade it anew; or name under despite the criteria that were weighed, and say in reason why not.")
    problems = [Problem(f"cases/{row.id}.yml", Place(9, 12), CODE, Severity.WARNING, said, said) for row in rows]
    rulebook = Rulebook(root)
    writer = Writer(root / "docs", Names(rulebook, Words(language)), NOW, sight(audience, rulebook.settings))
    content.write([writer], root, rows, groups(rows), problems, gone.counted(root, rows, writer.sight))
    return {path: len(page.html.encode()) for path, page in writer.made.items()}


def cut(found: Iterable[str]) -> set[str]:
    """What has more than one page."""
    return {path.rpartition("/")[0] for path in found if path.endswith("/2.html")}


INSIDE = {
    "archive/disposal", "archive/types", "clusters", "problems",
    "departments/department-of-something-0", "departments/customer-service/paused", "obligations/index",
    "management/clocks/index", "management/compensation/index", "management/departments/index",
    "management/parties/index",
}  # fmt: skip
EVERYBODY = {
    "results/appraisals/index", "results/categories/index", "results/clocks/index", "results/compensation/index",
    "results/goods/index", "results/parties/index",
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("audience", "long"), [(Audience.INTERNAL, INSIDE), (Audience.PUBLIC, EVERYBODY)])
def test_no_page_weighs_60_kb_whatever_grows(
    repository: Path, language: str, audience: Audience, long: set[str]
) -> None:
    found = sizes(repository, language, audience)
    assert {path: size for path, size in found.items() if size >= LIMIT - FRAME} == {}
    assert cut(found) >= long
