"""What a change does, in words: told of changes that are made here, in real repositories."""

import json
import shutil
from pathlib import Path

import markdown as engine
import pytest

from tests.casework import CASE, JSON, case, event, put
from tests.conftest import ROOT
from tests.ledger import LIN, PATH, Ledger

NOW = "2026-11-20T12:00:00+08:00"
OTHER = "C-20261104-0000A"
TITLE = "Product Quality Complaints Policy (Cross-Border E-Commerce)"
VERIFIED = event("2026-11-03 10:40", "verified", in_scope=True, complete=True)
GRADED = event("2026-11-03 11:00", "graded", grade="important", reason="Several orders")
ANSWERED = event("2026-11-04 17:00", "responded", by="cs-02", via="email")
STARTED = event("2026-11-04 18:00", "investigation-started", by="qi-01", role="quality-inspection")
INVESTIGATED = event(
    "2026-11-05 10:00", "investigated", by="qi-01", role="quality-inspection", conclusion="Thin teeth",
    nature="product-defect", responsible=[{"party": "supplier"}], basis="Pull test",
)  # fmt: skip
RECORD = """schema: 1
kind: monthly-report
profile: quality
period: 2026-10
held: 2026-11-04
by: ct-01
as: complaint-team
findings: [Zips tear]
actions:
  - id: zips
    measure: Another zip
    owner: supply-chain
    deadline: 2026-12-01
    acceptance: None tears
"""


def extension(to: str, at: str = "2026-11-06 10:00") -> JSON:
    approval = {"by": "mgr-01", "as": "management"}
    told = "2026-11-06T09:00:00+08:00"
    return event(at, "extended", clock="disposition", to=to, reason="x", approved_by=approval, consumer_told=told)


@pytest.fixture
def ledger(repository: Path) -> Ledger:
    ledger = Ledger(repository)
    ledger.record(VERIFIED, at="2026-11-03T10:45:00+08:00")
    return ledger


def summary(ledger: Ledger, form: str = "text", *, span: str = "HEAD~1..HEAD", now: str = NOW, lang: str = "en") -> str:
    return ledger.shell("summary", span, "--as-of", now, "--format", form, lang=lang)


def test_steps_grades_and_deadlines_of_a_case(ledger: Ledger) -> None:
    ledger.record(VERIFIED, GRADED, ANSWERED, STARTED)
    assert summary(ledger, now="2026-11-04T20:00:00+08:00") == (
        "Cases changed: 1. Steps: 3. Grades changed: 1. Deadlines met: 2.\n"
        "\n"
        f"{CASE}: changed; {TITLE}, Important, Open\n"
        "  2026-11-03 11:00:00 Graded, by cs-01 as Customer Service\n"
        "  2026-11-04 17:00:00 First response, by cs-02 as Customer Service\n"
        "  2026-11-04 18:00:00 Investigation started, by qi-01 as Quality Inspection\n"
        "  Grade: General → Important\n"
        "  Deadline met: First response (A11, cycle 1):"
        " Running, due 2026-11-05 24:00 → Met, due 2026-11-04 24:00\n"
        "  Deadline met: Start of investigation (A11, cycle 1):"
        " Running, due 2026-11-05 24:00 → Met, due 2026-11-04 24:00\n"
        "  Deadline started: Investigation (A12, cycle 1): Running, due 2026-11-09 24:00\n"
    )


def test_what_was_overdue_before_and_is_met_by_the_change_is_pointed_out(ledger: Ledger) -> None:
    ledger.record(VERIFIED, ANSWERED)
    assert summary(ledger).splitlines()[:3] == [
        "Cases changed: 1. Steps: 1. Deadlines met: 1.",
        f"! {CASE}: overdue before this change, met by it: First response (A11, cycle 1).",
        "",
    ]


def test_a_deadline_missed_and_one_done_late(ledger: Ledger) -> None:
    late = event("2026-11-09 09:00", "responded", via="email")
    ledger.record(VERIFIED, late)
    [change] = json.loads(summary(ledger, "json", now="2026-11-09T10:00:00+08:00"))["cases"][0]["deadlines"]
    assert (change["kind"], change["before"]["status"], change["after"]["status"]) == ("late", "overdue", "late")
    ledger.record(VERIFIED, late, event("2026-11-09 12:00", "investigation-started"))
    text = summary(ledger, now="2026-11-14T10:00:00+08:00")
    assert "  Broken deadline, done now: Start of investigation (A11, cycle 1): Overdue" in text
    assert "  Deadline missed: Investigation (A12, cycle 1): Overdue, due 2026-11-10 24:00\n" in text


def test_a_deadline_that_is_no_longer_broken_is_pointed_out(ledger: Ledger) -> None:
    late = event("2026-11-09 09:00", "responded", via="email")
    ledger.record(VERIFIED, late)
    earlier = {"at": "2026-11-05T09:00:00+08:00"}
    named = {"at": late["at"], "type": "responded"}
    ledger.record(VERIFIED, late, event("2026-11-10 09:00", "corrected", event=named, set=earlier, reason="x"))
    text = summary(ledger)
    assert f"! {CASE}: a deadline was broken and no longer is: First response (A11, cycle 1).\n" in text
    assert (
        "  2026-11-10 09:00:00 Correction, by cs-01 as Customer Service: of First response at 2026-11-09 09:00:00, at\n"
    ) in text
    assert text.startswith("Cases changed: 1. Steps: 1. Corrections: 1.\n")


def test_extensions_with_who_approved_them_and_whether_they_hold(ledger: Ledger) -> None:
    before = [VERIFIED, ANSWERED, STARTED, INVESTIGATED]
    ledger.record(*before)
    ledger.record(*before, extension("10 wd"), extension("40 wd", "2026-11-06 11:00"))
    assert summary(ledger, now="2026-11-06T12:00:00+08:00") == (
        "Cases changed: 1. Steps: 2. Extensions: 2.\n"
        f"! {CASE}: an extension has no effect: the new limit is longer than the policy allows.\n"
        "\n"
        f"{CASE}: changed; {TITLE}, General, Open\n"
        "  2026-11-06 10:00:00 Deadline extended, by cs-01 as Customer Service: Disposition to 10 working days,"
        " approved by mgr-01 as Management\n"
        "  2026-11-06 11:00:00 Deadline extended, by cs-01 as Customer Service: Disposition to 40 working days,"
        " approved by mgr-01 as Management\n"
        "  Deadline moved: Disposition (A13, cycle 1): Running, due 2026-11-10 24:00 → Running, due 2026-11-19 24:00\n"
    )


def test_cases_opened_ended_and_changed_above_their_entries(ledger: Ledger) -> None:
    put(ledger.root, case(VERIFIED, event("2026-11-05 10:00", "withdrawn"), summary="Other words", channel="email"))
    put(ledger.root, case(event("2026-11-04 09:00", "received"), case_id=OTHER))
    (ledger.root / PATH).with_suffix("").mkdir()
    (ledger.root / PATH).with_suffix("").joinpath("zip.jpg").write_bytes(b"\xff\xd8")
    ledger.commit(LIN, "2026-11-05T18:00:00+08:00")
    text = summary(ledger, now="2026-11-05T18:00:00+08:00")
    assert text.splitlines()[0] == "Cases opened: 1. Cases changed: 1. Cases ended: 1. Steps: 2."
    assert text.index(f"\n{OTHER}: opened; ") < text.index(f"\n{CASE}: changed; {TITLE}, General, Withdrawn\n")
    assert "\n  Evidence kept in Git: added\n  Fields changed: channel, summary\n" in text
    assert "Other words" not in text


def test_records_with_their_corrective_actions(ledger: Ledger) -> None:
    path = ledger.root / "reviews/2026/quality-monthly-report-2026-10.yml"
    path.parent.mkdir(parents=True)
    path.write_text(RECORD, "utf-8")
    ledger.commit(LIN, "2026-11-05T18:00:00+08:00")
    assert summary(ledger) == (
        "Records of duties: 1. Corrective actions opened: 1.\n\n"
        "Record reviews/2026/quality-monthly-report-2026-10.yml: added\n"
        "  Corrective action zips opened, for supply-chain, by 2026-12-01\n"
    )
    done = "    done: {on: 2026-11-18, by: sc-01, evidence: A photo}\n"
    verified = "    verified: {on: 2026-11-19, by: qi-01, as: quality-inspection}\n"
    path.write_text(RECORD + done, "utf-8")
    ledger.commit(LIN, "2026-11-18T18:00:00+08:00")
    assert "  Corrective action zips done on 2026-11-18 by sc-01\n" in summary(ledger)
    path.write_text(RECORD + done + verified, "utf-8")
    ledger.commit(LIN, "2026-11-19T18:00:00+08:00")
    text = summary(ledger)
    assert text.startswith("Records of duties: 1. Corrective actions closed: 1.\n")
    assert "  Corrective action zips closed: verified on 2026-11-19 by qi-01\n" in text
    path.unlink()
    ledger.commit(LIN, "2026-11-20T18:00:00+08:00")
    assert "! reviews/2026/quality-monthly-report-2026-10.yml is deleted.\n" in summary(ledger)


def test_policies_calendars_people_and_settings(ledger: Ledger) -> None:
    policy = ledger.root / "policy"
    shutil.copytree(policy / "quality/2023-01-01", policy / "quality/2027-01-01")
    for path, old, new in (
        ("calendars/CN.yml", "timezone:", "# reviewed\ntimezone:"),
        ("people.yml", '      - {role: supervision, from: "2023-01-01"}\n', LATER),
        ("trade/2023-01-01/text.en.md", "#", "#"),
    ):
        text = (policy / path).read_text("utf-8")
        assert old in text
        (policy / path).write_text(text.replace(old, new, 1) + ("\n" if path.endswith(".md") else ""), "utf-8")
    with (ledger.root / "caseledger.yml").open("a", encoding="utf-8") as settings:
        settings.write("# a remark\n")
    (ledger.root / "README.md").write_text("Hello\n", "utf-8")
    ledger.commit(LIN, "2026-11-05T18:00:00+08:00")
    assert summary(ledger) == (
        "Files of policies, calendars, people and settings: 5. Other files: 1.\n\n"
        "What cases are judged by\n"
        "  Calendar CN: changed\n"
        "  People, policy/people.yml: changed\n"
        "  Policy quality@2027-01-01: added\n"
        "  Policy trade@2023-01-01: changed\n"
        "  Settings, caseledger.yml: changed\n"
        "  aud-01: changed\n"
        "  aud-01 now holds: supervision, from 2023-01-01 to 2026-10-31\n"
        "  aud-01 lost: supervision, since 2023-01-01\n"
        "  aud-02: added\n"
        "  aud-02 now holds: supervision, since 2026-11-01\n"
    )


def test_a_key_to_the_vault_is_not_missed(ledger: Ledger) -> None:
    people = ledger.root / "policy/people.yml"
    text = people.read_text("utf-8")
    key = f"    vault_key: age1{'q' * 58}\n    roles:"
    people.write_text(text.replace("    roles:", key, 1), "utf-8")
    ledger.commit(LIN, "2026-11-05T18:00:00+08:00")
    assert "! cs-01 gets a key to the vault that was not there: ask them whether it is theirs.\n" in summary(ledger)
    people.write_text(text, "utf-8")
    ledger.commit(LIN, "2026-11-06T18:00:00+08:00")
    assert "key" not in summary(ledger)


LATER = """      - {role: supervision, from: "2023-01-01", to: "2026-10-31"}
  aud-02:
    name: Somebody
    roles:
      - {role: supervision, from: "2026-11-01"}
"""


def test_what_should_not_have_happened_comes_first(ledger: Ledger) -> None:
    put(ledger.root, case(case_id=OTHER))
    put(ledger.root, case(case_id="C-20261104-0000B"))
    ledger.commit(LIN, "2026-11-04T18:00:00+08:00")
    ledger.record(ANSWERED)
    (ledger.root / PATH).with_name(f"{OTHER}.yml").unlink()
    (ledger.root / PATH).with_name("C-20261104-0000B.yml").write_text("a: [", "utf-8")
    ledger.commit(LIN, "2026-11-05T18:00:00+08:00")
    assert summary(ledger, span="HEAD~2..HEAD", now="2026-11-04T20:00:00+08:00").splitlines()[1:4] == [
        f"! {CASE}: entries on record were changed; caseledger audit says which.",
        f"! {OTHER} is deleted.",
        "! C-20261104-0000B is not valid; caseledger check says why.",
    ]


def test_nothing_and_what_came_to_the_base_meanwhile(ledger: Ledger) -> None:
    ledger.commit(LIN, "2026-11-05T18:00:00+08:00")
    assert summary(ledger) == "Nothing changes in cases, records or policies.\n"
    ledger.git("checkout", "-q", "-b", "side", "HEAD~1")
    put(ledger.root, case(event("2026-11-04 09:00", "received"), case_id=OTHER))
    ledger.commit(LIN, "2026-11-05T18:00:00+08:00")
    ledger.git("checkout", "-q", "main")
    ledger.record(VERIFIED, ANSWERED)
    assert summary(ledger, span="main..side").startswith("Cases opened: 1. Steps: 1. Deadlines missed: 3.\n")
    assert summary(ledger, span="main..side") == summary(ledger, span="main...side")


def test_both_languages_and_the_same_facts_for_programs(ledger: Ledger) -> None:
    ledger.record(VERIFIED, GRADED, ANSWERED)
    chinese = summary(ledger, lang="zh")
    assert chinese.startswith("变更案件：1。步骤：2。级别变更：1。按时完成的时限：1。\n")
    assert "\n  2026-11-04 17:00:00 首次响应，cs-02（客服部）\n" in chinese
    data = json.loads(summary(ledger, "json"))
    assert data["counts"]["steps"] == 2
    assert data["cases"][0]["grades"] == ["general", "important"]
    assert [step["type"] for step in data["cases"][0]["steps"]] == ["graded", "responded"]
    assert json.loads(summary(ledger, "json", lang="zh")) == data


def test_a_policy_that_cannot_be_used_leaves_the_steps(ledger: Ledger) -> None:
    (ledger.root / "policy/quality/2023-01-01/policy.yml").write_text("schema: 1\n", "utf-8")
    ledger.record(VERIFIED, ANSWERED)
    assert f"\n{CASE}: changed\n  2026-11-04 17:00:00 First response, by cs-02 as customer-service\n" in summary(ledger)


# Markdown


def test_markdown_says_the_same_and_holds_no_markup_of_others(ledger: Ledger) -> None:
    ledger.record(VERIFIED, GRADED)
    text, markdown = summary(ledger), summary(ledger, "markdown")
    assert markdown.splitlines()[:4] == [
        f"**{text.splitlines()[0]}**",
        "",
        f"#### {text.splitlines()[2]}",
        "",
    ]
    assert [line.strip() for line in text.splitlines()[3:]] == [line[2:] for line in markdown.splitlines()[4:]]


HOSTILE = "]( `x` <img src=x onerror=alert(1)> | # @all https://evil.example ![a](b) \u202e"


def test_hostile_words_in_a_case_are_not_in_the_summary_and_names_are_no_markup(ledger: Ledger) -> None:
    policy = ledger.root / "policy/quality/2023-01-01/policy.yml"
    text = policy.read_text("utf-8").replace("en: Important}", f"en: {json.dumps(HOSTILE[:-1])}}}")
    policy.write_text(text, "utf-8")
    note = event("2026-11-04 17:00", "note", note=HOSTILE[:-2])
    ledger.record(VERIFIED, {**GRADED, "reason": HOSTILE[:-2]}, note, summary=HOSTILE[:-2], description=HOSTILE[:-2])
    markdown = summary(ledger, "markdown")
    shown = [line for line in markdown.splitlines() if "evil" in line]
    assert len(shown) == 2
    assert all("Important" not in line for line in shown)
    rendered = render(markdown)
    assert "<img" not in rendered
    assert "<a " not in rendered
    assert "<code" not in rendered
    assert "<h1" not in rendered


def render(markdown: str) -> str:
    """The HTML of a text as a forge would make it, with the Markdown that is at hand."""
    html: str = engine.markdown(markdown, extensions=["tables", "fenced_code"])
    return html


def test_a_large_change_is_cut_in_markdown_alone(ledger: Ledger) -> None:
    for number in range(60):
        put(ledger.root, case(case_id=f"C-20261103-000{number:02}"))
    ledger.commit(LIN, "2026-11-05T18:00:00+08:00")
    base, head = (ledger.git("rev-parse", "--short=10", name) for name in ("HEAD~1", "HEAD"))
    markdown = summary(ledger, "markdown")
    assert markdown.count("\n#### ") == 50
    assert markdown.endswith(f"\n\n10 more are not shown here; caseledger summary {base}..{head} shows all.\n")
    assert summary(ledger).count(": opened; ") == 60


def test_the_shipped_repository_can_be_summed_up(tmp_path: Path) -> None:
    for name in ("cases", "policy", "reviews"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "caseledger.yml", tmp_path)
    shutil.move(tmp_path / "cases", tmp_path / "later")
    ledger = Ledger(tmp_path)
    shutil.move(tmp_path / "later", tmp_path / "cases")
    ledger.commit(LIN, "2026-11-05T18:00:00+08:00")
    number = len(list((ROOT / "cases").rglob("C-*.yml")))
    assert summary(ledger).startswith(f"Cases opened: {number}. ")
