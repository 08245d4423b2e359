"""The page of a case: facts, words, timeline, clocks, corrections, evidence, money, neighbours, retention."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseledger import instant
from caseledger.site import casepage, surroundings
from tests import casework
from tests.casework import CASE, Page, case, event
from tests.conftest import ROOT

NOK = {"value": "499.00", "currency": "NOK"}
LITTLE = {"value": "0.50", "currency": "NOK"}


def page(root: Path, *events: casework.JSON, language: str = "en", **facts: Any) -> Page:
    [row] = casework.stamp(root, case(*events, **facts))
    return Page(casework.page(root, row, language))


def test_entries_say_who_when_in_which_role_and_how_late(repository: Path) -> None:
    words = page(
        repository,
        event("2026-11-03 10:40", "verified", in_scope=True, complete=False, recorded="2026-11-04T12:41:00+08:00"),
    ).words
    assert "2026-11-03 10:40 Verified 林晓晴 · Customer Service written down 1 d 2 h later" in words
    assert "Within scope yes Material complete no" in words


def test_clocks_lead_to_their_article_and_say_why(repository: Path) -> None:
    found = page(repository, event("2026-11-03 10:40", "verified", in_scope=True, complete=True))
    assert "../../../policies/quality/2023-01-01.html#A10" in found.links
    assert "Initial verification A10 Why this date" in found.words
    assert "Met 1 d 13 h to spare 2026-11-04 24:00 2026-11-03 09:12 2026-11-03 10:40 Customer Service" in found.words
    assert "Overdue 16 d 12 h overdue 2026-11-05 24:00 2026-11-03 09:12 –" in found.words
    assert "Not started – after: Investigation completed – Customer Service" in found.words


def test_every_step_of_an_explanation_is_a_line_of_its_own(repository: Path) -> None:
    verified = event("2026-11-03 10:40", "verified", in_scope=True, complete=True)
    why = page(repository, verified).words.partition("Why this date ")[2]
    assert why.startswith(
        "2026-11-03 09:12:00: “Received” starts the clock; the limit is 1 working day, due 2026-11-04 24:00. "
        "2026-11-03 10:40:00: “Verified” stops the clock. 2026-11-03 Tue: the day of the start is not counted "
        "2026-11-04 Wed: working day 1 Result as of 2026-11-22 12:00:00: Met. Met 1 d 13 h to spare"
    )


def test_both_languages_say_the_same_of_a_case(repository: Path) -> None:
    graded = event("2026-11-03 10:40", "graded", grade="major", reason="Two orders")
    [row] = casework.stamp(repository, case(graded))
    shapes = {language: Page(casework.page(repository, row, language)).shape for language in ("zh", "en")}
    assert shapes["zh"] == shapes["en"]
    assert "\0" not in casework.page(repository, row, "zh")


def test_a_provisional_date_is_marked(repository: Path) -> None:
    data = case(event("2026-12-31 10:00", "received"), case_id="C-20261231-7K3QD")
    [row] = casework.stamp(repository, data, now=instant.parse("2026-12-31T12:00:00+08:00"))
    assert "2027-01-01 24:00 provisional" in Page(casework.page(repository, row)).words


def test_corrections_show_both_values_and_lead_to_the_entry(repository: Path) -> None:
    found = page(
        repository,
        event("2026-11-03 10:40", "graded", grade="important", reason="Two orders"),
        event("2026-11-03 11:00", "corrected", event={"at": "2026-11-03T10:40:00+08:00", "type": "graded"},
              set={"grade": "general", "at": "2026-11-03T10:30:00+08:00"}, reason="Misread"),
    )  # fmt: skip
    assert "2026-11-03 10:40 2026-11-03 10:30 Graded" in found.words
    assert "Grade corrected Important General" in found.words
    assert "Reason Two orders" in found.words
    assert "Corrected entry Graded 2026-11-03 10:40 New values Grade General" in found.words
    assert "#e1" in found.links
    assert [tag for tag, _ in found.shape].count("del") == 2


def test_what_was_decided_is_said_in_words(repository: Path) -> None:
    words = page(
        repository,
        event("2026-11-03 10:40", "verified", in_scope=True, complete=True),
        event("2026-11-03 11:00", "investigation-started"),
        event("2026-11-03 12:00", "investigated", conclusion="The seam is weak.", nature="product-defect", basis="Test",
              responsible=[{"party": "supplier", "name": "S-017", "share": 70}, {"party": "company", "share": 30}],
              root_cause={"method": "fishbone", "findings": {"material": ["thin thread", "no lock"]}}),
        event("2026-11-03 13:00", "proposed", dispositions=[{"kind": "full-refund", "amount": NOK}]),
        event("2026-11-03 14:00", "agreed"),
        event("2026-11-03 15:00", "executed", dispositions=[
            {"kind": "full-refund", "amount": NOK}, {"kind": "compensation", "amount": LITTLE},
        ]),
        event("2026-11-04 15:00", "followed-up", satisfaction=None, goods=4),
        event("2026-11-05 15:00", "closed", outcome="partly-resolved"),
        order={"number": "302-0012345-6789012", "placed": "2026-10-21", "amount": NOK},
        product={"name": "Day backpack", "batch": "0312"},
    ).words  # fmt: skip
    assert "Responsible Supplier S-017 · 70% Our company · 30%" in words
    assert "Root cause Fishbone diagram Material thin thread no lock" in words
    assert "Satisfaction not reached Satisfaction with the goods 4 of 5" in words
    assert "Order 499.00 NOK Paid to the consumer 499.50 NOK" in words
    assert "Order Number 302-0012345-6789012 Placed 2026-10-21 Product Name Day backpack Batch 0312" in words
    assert "Closed Partly resolved Grade: General Product quality" in words
    assert "Kept until 2029-11-05 A16" in words


def test_an_ended_case_is_kept_three_years_from_its_last_end_moved_to_a_working_day(repository: Path) -> None:
    closed = [event("2024-11-28 09:00", "received"), event("2024-11-29 09:00", "withdrawn")]
    again = [event("2024-12-02 09:00", "reopened", reason="x"), event("2024-12-03 09:00", "withdrawn")]
    kept = []
    for events in (closed, [*closed, again[0]], [*closed, *again]):
        [row] = casework.stamp(repository, case(*events, case_id="C-20241128-7K3QD"))
        kept.append((row.state, row.kept_until))
    assert kept == [("withdrawn", date(2027, 11, 29)), ("open", None), ("withdrawn", date(2027, 12, 3))]


def test_words_carry_their_language_and_direction(repository: Path) -> None:
    [row] = casework.stamp(repository, case(language="nb-NO", translation={"en": "The zip broke."}))
    html = casework.page(repository, row, "zh")
    assert '<blockquote lang="nb-NO" dir="auto">Glidelåsen røk etter to dager.</blockquote>' in html
    assert '<blockquote lang="en" dir="auto">The zip broke.</blockquote>' in html
    assert "挪威语" in html


def test_related_cases_are_shown_on_both(repository: Path) -> None:
    first = case(summary="Zip tears")
    second = case(case_id="C-20261103-2M4XN", summary="Zip jams", related=[CASE, "C-20261103-00000"])
    [one, two] = casework.stamp(repository, first, second)
    near = surroundings.related({row.id: row for row in (one, two)})
    assert near == {one.id: [two.id], two.id: [one.id]}


def files(root: Path, *uris: str, content: bytes = b"force,N\n1,210\n") -> list[str]:
    """Where the evidence of a case with files of these uris leads."""
    listed = [
        {"name": uri, "sha256": hashlib.sha256(content).hexdigest(), "size": 1, "media_type": "text/csv", "uri": uri}
        for uri in uris
    ]
    found = page(root, event("2026-11-03 12:00", "evidence", files=listed, obtained="Own test"))
    return [link for link in found.links if not link.startswith(("../../../policies", "#", "https://git.example.cn/"))]


def test_evidence_on_the_web_is_led_to_by_https_alone(repository: Path) -> None:
    uris = [
        "https://files.example.com/a.jpg",
        "http://files.example.com/a.jpg",
        "javascript:alert(1)",
        "s3://store/a.jpg",
        "https:a.jpg",
        "//files.example.com/a.jpg",
        "data:text/html,x",
        "https://[",
        "HTTPS://files.example.com/b.jpg",
    ]
    assert files(repository, *uris) == ["https://files.example.com/a.jpg", "HTTPS://files.example.com/b.jpg"]


def test_evidence_in_git_is_copied_where_it_is_unchanged_and_harmless(repository: Path) -> None:
    folder = repository / "cases/2026/11" / CASE
    (folder / "lab").mkdir(parents=True)
    content = b"force,N\n1,210\n"
    for name in ("lab/pull#test.csv", "page.html", "drawing.svg"):
        (folder / name).write_bytes(content)
    (folder / "changed.csv").write_bytes(b"force,N\n1,640\n")
    (repository / "secret.csv").write_bytes(content)
    (folder / "link.csv").symlink_to(repository / "secret.csv")
    outside = ["../../../../secret.csv", f"{repository}/secret.csv", "link.csv"]
    unfit = ["page.html", "drawing.svg", "changed.csv", "missing.csv", "x" * 280 + ".csv", "lab"]
    assert files(repository, *outside, *unfit) == []
    assert files(repository, "lab/pull#test.csv") == [f"../../../../evidence/2026/11/{CASE}/lab/pull%23test.csv"]
    assert (repository / f"stamped/evidence/2026/11/{CASE}/lab/pull#test.csv").read_bytes() == content


@pytest.mark.parametrize("kind", casepage.FINDING)
def test_the_finding_is_of_fields_that_the_schema_knows(root: Path, kind: str) -> None:
    assert f'"{kind}"' in (root / "schema/case.schema.json").read_text(encoding="utf-8")


def test_what_has_the_wrong_shape_or_is_in_the_wrong_place_has_no_page(repository: Path) -> None:
    wrong = case(channel="pigeon")
    future = case(event("2026-11-23 09:00", "received"), case_id="C-20261123-7K3QD")
    assert casework.stamp(repository, wrong, future) == []
    path = casework.put(repository, case())
    moved = path.with_name("C-20261103-2M4XN.yml")
    path.rename(moved)
    stock = casework.stamp_files(repository, [moved])
    assert stock.rows == []
    assert stock.problems != []


def test_the_next_step_is_said_with_its_command_and_a_way_into_the_forge(repository: Path) -> None:
    path = f"cases/2026/11/{CASE}.yml"
    found = page(repository, event("2026-11-03 09:30", "verified", in_scope=True, complete=True))
    assert f"First response caseledger append {CASE} responded Edit the file" in found.words
    assert "type: responded" in found.text
    assert f"https://git.example.cn/north-shore/complaints/_edit/main/{path}" in found.links
    assert f"https://git.example.cn/north-shore/complaints/commits/branch/main/{path}" in found.links
    (repository / "caseledger.yml").write_text("schema: 1\nprofile: quality\nlanguages: [en]\n", encoding="utf-8")
    found = page(repository)
    assert [link for link in found.links if link.startswith("https:")] == []
    assert f"caseledger append {CASE} verified or Not accepted" in found.words


def test_a_case_that_waits_says_what_is_possible_and_an_ended_one_says_nothing(repository: Path) -> None:
    words = page(
        repository,
        event("2026-11-03 09:30", "responded"),
        event("2026-11-03 09:35", "investigation-started"),
        event("2026-11-03 09:40", "information-requested", what="A picture"),
    ).words
    assert "Next: Waiting for the consumer" in words
    assert f"caseledger append {CASE} information-received" in words
    assert "Next:" not in page(repository, event("2026-11-03 09:30", "withdrawn")).words


def test_clocks_are_drawn_and_say_how_long_they_were_paused(repository: Path) -> None:
    events = [
        event("2026-11-03 09:40", "information-requested", what="A picture"),
        event("2026-11-04 12:40", "information-received"),
        event("2026-11-04 13:00", "verified", in_scope=True, complete=True),
    ]
    [row] = casework.stamp(repository, case(*events))
    html = casework.page(repository, row)
    assert "Met 11 h to spare paused: 1 d 3 h" in Page(html).words
    assert '<svg class="cl-run" viewBox' in html
    assert '<path class="waited" d="M' in html
    assert html.count('class="now"></span>') == 0
    assert html.count("<svg") == html.count('preserveAspectRatio="none" aria-hidden="true"') == 3


def test_a_root_cause_is_drawn_by_its_method(repository: Path) -> None:
    def with_cause(method: str, findings: object) -> str:
        cause = {"method": method, "findings": findings}
        [row] = casework.stamp(repository, case(
            event("2026-11-03 12:00", "investigated", conclusion="x", nature="product-defect", basis="y",
                  responsible=[{"party": "company"}], root_cause=cause),
        ))  # fmt: skip
        html = casework.page(repository, row)
        return html[html.index('<h2 id="root-cause"') : html.index('<section><h2 id="timeline"')]

    fishbone = with_cause("fishbone", {"people": ["New <b>welder</b>", "Night shift"], "Transport": "None"})
    assert Page(fishbone).words == (
        "Root cause Fishbone diagram People New <b>welder</b> Night shift Transport None Zip tears after two days"
    )
    assert '<ul class="cl-bones"><li><b>People</b> <ul><li>' in fishbone
    questions = Page(with_cause("5w2h", {"how much": "412", "note": "n", "what": "Dents", "why": "No box"}))
    assert "What? Dents Why? No box How much? 412 note n" in questions.words
    assert [tag for tag, _ in questions.shape].count("th") == 4
    whys = with_cause("5-why", ["It tore.", "The seam was weak."])
    assert '<ol class="cl-whys"><li><span class="cl-text">It tore.</span></li><li>' in whys
    assert "All of a piece." in with_cause("5-why", "All of a piece.")


def test_a_page_with_all_that_cases_have_leaves_room_for_its_frame(repository: Path) -> None:
    """A page shall weigh less than 60 kB; its frame weighs 12."""
    [longest] = sorted((ROOT / "cases").rglob("C-*.yml"), key=lambda path: path.stat().st_size)[-1:]
    paths = []
    for number in range(15):  # alike, so that each names the others
        case_id = f"{longest.stem[:-5]}0000{number:X}"
        path = repository / "cases" / case_id[2:6] / case_id[6:8] / f"{case_id}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(longest.read_text("utf-8").replace(longest.stem, case_id), "utf-8")
        paths.append(path)
    for row in casework.stamp_files(repository, paths).rows:
        for language in ("en", "zh"):
            assert len(casework.page(repository, row, language).encode()) < 47_000
