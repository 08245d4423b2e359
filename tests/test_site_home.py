"""What waits for each department, on the first page and on its own: clocks of cases, duties and corrective actions."""

from pathlib import Path

import pytest

from caseledger import instant
from caseledger.rulebook import Rulebook
from caseledger.site import departments, duties, home
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.words import Words
from tests import casework
from tests.casework import Page
from tests.conftest import ROOT

NOW = instant.parse("2026-11-22T09:00:00+08:00")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    """The pages of the shipped records, as if there were no cases."""
    folder, rulebook = tmp_path_factory.mktemp("docs"), Rulebook(ROOT)
    writer = Writer(folder, Names(rulebook, Words("en")), NOW)
    waiting = departments.departments([], duties.judged(rulebook, [], NOW), writer.names.role_order)
    home.write(writer, home.figures([], NOW), waiting, 0)
    departments.write(writer, waiting)
    return {path: Page(page.html) for path, page in writer.made.items()}


def test_departments_see_their_corrective_actions(pages: dict[str, Page]) -> None:
    heading = "Supply Chain Overdue 1 Due What it is about Deadline Grade Overdue 8 d 9 h overdue"
    assert heading in pages["index.html"].words
    assert "obligations/quality-quarterly-review-2026-Q3.html#inner-carton" in pages["index.html"].links
    page = pages["departments/supply-chain.html"]
    assert "Deadlines that wait for this department: 1, overdue: 1." in page.words
    assert "../obligations/quality-quarterly-review-2026-Q3.html#inner-carton" in page.links


def test_a_duty_that_nobody_has_met_leads_to_its_article(repository: Path) -> None:
    rows = casework.stamp(repository, casework.case())
    rulebook, now = Rulebook(repository), instant.parse("2026-12-02T09:00:00+08:00")
    writer = Writer(repository / "docs", Names(rulebook, Words("en")), now)
    waiting = departments.departments([], duties.judged(rulebook, rows, now), writer.names.role_order)
    home.write(writer, home.figures([], NOW), waiting, 0)
    page = Page(writer.made["index.html"].html)
    heading = "Complaint Team Due What it is about Deadline Grade Running 5 d 15 h left 2026-12-07 24:00 Monthly"
    assert heading in page.words
    assert "policies/quality/2023-01-01.html#A15" in page.links
