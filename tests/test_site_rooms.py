"""The archive by type, source and state; the clocks, traces and versions of policies; the fields of all files."""

import shutil
from pathlib import Path

import pytest

from caseledger import instant, schema
from caseledger.rulebook import Rulebook
from caseledger.site import archive, policypages, schemapages
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.words import Words
from tests import casework
from tests.casework import Page, case, event
from tests.test_site_hostile import converted

ENDED = [event("2026-11-02 09:00", "received"), event("2026-11-03 09:00", "withdrawn", reason="Found it")]
CASES = [
    case(),
    case(case_id="C-20261103-00002", channel="email"),
    case(*ENDED, case_id="C-20261102-00003", category="packaging"),
]


def writer(root: Path, language: str = "en", now: str = "2026-11-22T12:00:00+08:00") -> Writer:
    return Writer(root / "docs", Names(Rulebook(root), Words(language)), instant.parse(now))


def page(made: Writer, path: str) -> Page:
    if path in made.made:
        return Page(made.made[path].html)
    return converted(made.marked((made.docs / path.replace(".html", ".md")).read_text("utf-8")))


def test_the_archive_counts_by_type_and_by_source_and_leads_to_the_cases(repository: Path) -> None:
    made = writer(repository)
    archive.write(made, casework.stamp(repository, *CASES))
    found = page(made, "archive/index.html")
    assert "Category Open Waiting for the consumer Closed Declined Withdrawn Cases" in found.words
    assert "Product quality · quality 2 – – – – 2 Packaging · quality – – – – 1 1" in found.words
    assert "Marketplace 1 – – – 1 2 E-mail 1 – – – – 1" in found.words
    assert "../cases/index.html#policy=quality&category=product-quality&state=open" in found.links
    assert "../cases/index.html#channel=marketplace&state=withdrawn" in found.links
    assert "../cases/index.html#ended=2026-01..2026-12" in found.links
    assert "Retention ends Cases ended already – 2029 1" in found.words
    assert "No case's retention has ended." in page(made, "archive/disposal.html").words
    assert (
        "2026-11-03 C-20261102-00003 Zip tears after two days Withdrawn General Packaging Marketplace"
        " 2026-11-02 2029-11-05 not yet archived" in page(made, "archive/2026.html").words
    )


@pytest.mark.parametrize(
    ("now", "free"),
    [
        ("2029-11-05T12:00:00+08:00", "–"),
        ("2029-11-06T12:00:00+08:00", "1"),
        ("2029-11-05T20:00:00+00:00", "1"),  # the next day has begun where the company is
    ],
)
def test_a_case_may_be_disposed_of_from_the_day_after_its_retention(repository: Path, now: str, free: str) -> None:
    made = writer(repository, now=now)
    archive.write(made, casework.stamp(repository, *CASES))
    assert f"ended already {free}" in page(made, "archive/index.html").words
    listed = "C-20261102-00003" in page(made, "archive/disposal.html").words
    assert listed == (free == "1")


def test_an_article_shows_how_its_clocks_stand(repository: Path) -> None:
    made = writer(repository)
    policypages.write(made, repository, casework.stamp(repository, *CASES))
    found = page(made, "policies/quality/2023-01-01.html")
    assert "Deadlines: Initial verification Overdue 2" in found.words
    assert "../../cases/index.html#clock=quality/verification&status=overdue" in found.links
    assert "Customer Service Overdue 2 – –" in found.words
    assert "A14" in found.anchors
    index = page(made, "policies/index.html")
    assert "quality 2023-01-01 9 3 Overdue 6 full text" in index.words


def test_an_article_shows_what_holds_to_it(repository: Path) -> None:
    made = writer(repository)
    policypages.write(made, repository, [])
    words = page(made, "policies/quality/2023-01-01-articles.html").words
    assert (
        "A15 Article 15. Reports, reviews and corrective action Entry Handling report filed"
        " Obligation Monthly report, Quarterly review meeting A16" in words
    )
    assert "What it asks for" not in words
    (repository / "docs" / "requirements.yml").write_text(
        "schema: 1\nrows:\n  A15:\n    en: Reports <b>monthly</b>\n    zh: 月报\n    how: [enforced, text]\n"
        "    rules: [review-order]\n",
        encoding="utf-8",
    )
    made = writer(repository)
    policypages.write(made, repository, [])
    words = page(made, "policies/quality/2023-01-01-articles.html").words
    assert "Reports <b>monthly</b> enforced by the text" in words
    assert "Rules review-order" in words
    policy = page(made, "policies/quality/2023-01-01.html")
    assert "2023-01-01-articles.html#A15" in policy.links
    assert "Rules" not in policy.words


def test_a_version_says_what_it_changed(repository: Path) -> None:
    old, new = (repository / "policy" / "quality" / day for day in ("2023-01-01", "2027-01-01"))
    shutil.copytree(old, new)
    policy = new / "policy.yml"
    text = policy.read_text("utf-8").replace("2023-01-01", "2027-01-01", 1)
    text = text.replace("title: {zh: 首次响应, en: First response}", "title: {zh: 首次响应, en: First <i>word</i>}")
    policy.write_text(text, encoding="utf-8")
    written = (new / "text.en.md").read_text("utf-8")
    (new / "text.en.md").write_text(
        written.replace("## Chapter 1", "New words <script>.\n\n## Chapter 1"), encoding="utf-8"
    )
    made = writer(repository)
    policypages.write(made, repository, [])
    found = page(made, "policies/quality/2027-01-01-changes.html")
    assert "First response → First <i>word</i>" in found.words
    assert "New words <script>." in found.text
    assert [tag for tag, _ in found.shape if tag in ("i", "script")] == []
    newest = page(made, "policies/quality/2027-01-01.html")
    assert "2027-01-01-changes.html" in newest.links
    assert "2023-01-01.html" in newest.links
    assert "policies/trade/2023-01-01-changes.html" not in made.made


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_has_its_line_its_anchor_and_its_meaning(repository: Path, language: str) -> None:
    made = writer(repository, language)
    schemapages.write(made)
    assert set(schemapages.FILES) == set(schema.KINDS)
    for kind in schema.KINDS:
        found = page(made, f"schema/{kind}.html")
        for field in schemapages.fields(kind):
            said, type_, _, _ = schemapages._line(field, made.words)
            assert said, field.path
            assert type_, field.path
            assert field.path in found.anchors
    case = page(made, "schema/case.html")
    assert {"zh": "案件：字段", "en": "A case: fields"}[language] in case.words
    assert {f"event-{name}" for name in schema.schema("case")["$defs"]["eventType"]["enum"]} <= case.anchors
    assert {"order.amount.currency", "event-graded.grade", "event-proposed.dispositions[].amount.value"} <= case.anchors


def test_a_field_says_type_values_and_an_example(repository: Path) -> None:
    made = writer(repository)
    schemapages.write(made)
    words = page(made, "schema/case.html").words
    assert "channel yes one of How the complaint came in chat Online chat" in words
    assert "event.type yes one of What happened received , acknowledged" in words
    assert "conclusion yes text Conclusion : Text of one or more lines" in words.replace("Conclusion:", "Conclusion :")
    assert "satisfaction yes whole number 1–5 / null Satisfaction For example 4" in words
    assert "nature yes one of Nature of the problem product-defect Product defect" in words
