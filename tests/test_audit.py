"""Audit: what is found in a change, in which words, at which place; and every trick that Git allows."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from caseledger import auditing, instant
from caseledger.auditing import Audit
from caseledger.errors import CannotGoOn
from caseledger.history import span
from caseledger.history.repository import Repository
from caseledger.language import LANGUAGES, Text
from caseledger.problem import Severity
from caseledger.rules.every import ALL
from tests import mini
from tests.test_cli import Shell
from tests.test_history import Work

CASE = mini.CASE
EVIDENCE = CASE.replace(".yml", "/zip.txt")
POLICY = "policy/quality/2023-01-01/policy.yml"
NEXT = "policy/quality/2027-01-01/policy.yml"
CALENDAR = "policy/calendars/CN.yml"
PEOPLE = "policy/people.yml"
NOTE = """\
  - at: "2026-11-03T{at}:00+08:00"
    type: note
    by: cs-01
    as: customer-service
    note: {note}
"""
SEALED = """\
schema: 1
sealed:
  - number: 2026-000001
    case: C-20261103-7K3QD
    at: "2026-12-04T01:00:00+08:00"
    policy: quality@2023-01-01
    received: 2026-11-03
    ended: 2026-11-03
    state: closed
    outcome: resolved
    grade: general
    category: product-quality
    channel: marketplace
    market: "NO"
    class: standard
    kept_until: 2029-11-05
    size: 1
    events: 3
    sha256: "0000000000000000000000000000000000000000000000000000000000000000"
    evidence: {}
    verdicts: {}
"""


class Ledger(Work):
    """A case repository under Git with one case of three entries, and a branch to work on."""

    def __init__(self, root: Path) -> None:
        mini.build(root)
        super().__init__(root)
        body = (mini.FILES / "pass/plain.yml").read_text("utf-8").replace("PASS0", "7K3QD")
        notes = NOTE.format(at="10:00", note="Pictures asked for") + NOTE.format(at="11:00", note="They came")
        self.put({CASE: body + notes, EVIDENCE: "A picture\n"})
        self.base = self.commit("Begin")
        self.git("checkout", "-q", "-b", "work")

    def put(self, texts: Mapping[str, str | None]) -> None:
        for name, text in texts.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink() if text is None else path.write_bytes(text.encode())

    def change(self, path: str, old: str, new: str) -> str:
        """A commit in which one text of a file is another."""
        text = (self.root / path).read_bytes().decode()
        assert old in text
        self.put({path: text.replace(old, new, 1)})
        return self.commit()

    def append(self, at: str, note: str = "More") -> str:
        """A commit that adds an entry."""
        self.put({CASE: (self.root / CASE).read_text("utf-8") + NOTE.format(at=at, note=note)})
        return self.commit(f"Append {at}")

    def audit(self, commits: str = "main..work", *, pushed: bool = False, landing: str = "") -> list[str]:
        """What is found, each as path:line:column code message, without the commit."""
        with Repository(self.root) as repository:
            found = span.parse(repository, commits)
            with Audit(repository, found, pushed=pushed, landing=instant.parse(landing) if landing else None) as audit:
                return [
                    f"{p.path}:{p.place.line}:{p.place.column} {p.code} {_inner(p.message)}"
                    for p in auditing.find(audit)
                ]

    def codes(self, commits: str = "main..work") -> list[str]:
        return [line.split()[1] for line in self.audit(commits)]


def _inner(message: Text) -> str:
    inner = dict(message.values).get("message")
    return (inner if isinstance(inner, Text) else message).to("en")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger")


def test_every_rule_is_listed_once_with_its_words() -> None:
    codes = [rule.code for rule in (*ALL, *auditing.ALL)]
    assert len(codes) == len(set(codes))
    modules = {path.stem for path in (Path(auditing.__file__).parent / "rules").glob("*.py")} - {"__init__"}
    assert len(modules) == len(auditing.CHANGE_RULES)
    for rule in auditing.ALL:
        assert rule.example.strip()
        assert all(Text(text).to(language).strip() for text in (rule.meaning, rule.hint) for language in LANGUAGES)


# the events of a case


def test_adding_is_fine(ledger: Ledger) -> None:
    ledger.append("12:00")
    ledger.append("13:00")
    assert ledger.audit() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (
            "Pictures asked for",
            "Nothing asked for",
            17,
            "note of 2026-11-03T10:00:00+08:00 was changed: note: Pictures asked for → Nothing asked for.",
        ),
        (
            NOTE.format(at="10:00", note="Pictures asked for"),
            "",
            17,
            "note of 2026-11-03T10:00:00+08:00 was dropped.",
        ),
        (
            NOTE.format(at="11:00", note="They came"),
            "",
            13,
            "note of 2026-11-03T11:00:00+08:00 was dropped.",
        ),
        (
            NOTE.format(at="11:00", note="They came"),
            NOTE.format(at="10:30", note="Between") + NOTE.format(at="11:00", note="They came"),
            22,
            "note of 2026-11-03T10:30:00+08:00 was put before entries that are on record.",
        ),
        (
            "T10:00:00",
            "T09:30:00",
            17,
            "note of 2026-11-03T10:00:00+08:00 was changed: at: 2026-11-03T10:00:00+08:00 → 2026-11-03T09:30:00+08:00.",
        ),
    ],
)
def test_entries_on_record_stay(ledger: Ledger, old: str, new: str, line: int, message: str) -> None:
    ledger.change(CASE, old, new)
    [found] = ledger.audit()
    assert found == f"{CASE}:{line}:{5 if line > 13 else 3} audit-entries {message}"


def test_entries_that_changed_places_are_said_to_have_moved(ledger: Ledger) -> None:
    first, second = (NOTE.format(at=at, note=n) for at, n in (("10:00", "Pictures asked for"), ("11:00", "They came")))
    ledger.change(CASE, first + second, second + first)
    assert "note of 2026-11-03T11:00:00+08:00 was moved to another place of the list." in ledger.audit()[0]
    assert set(ledger.codes()) == {"audit-entries"}


def test_the_commit_that_did_it_is_named_and_what_to_do(ledger: Ledger) -> None:
    bad = ledger.change(CASE, "They came", "They did not")
    ledger.append("12:00")
    shell = Shell(ledger.root)
    assert shell("audit", "main..work", code=1) == (
        f"{CASE}:22:5: error: note of 2026-11-03T11:00:00+08:00 was changed: note: They came → They did not. Commit"
        f" {bad[:10]} (A change). [audit-entries]\n"
        "    Undo it (git revert), and say what was wrong in a new entry: caseledger append ID corrected.\n"
        "Commits audited: 2. Errors: 1. Warnings: 0. Notes: 0.\n"
    )
    assert f"被修改：note: They came → They did not。提交 {bad[:10]}（A change）。 [audit-entries]" in shell(
        "audit", "main..work", code=1, lang="zh"
    )


def test_what_is_undone_later_is_found_and_can_be_left_out(ledger: Ledger) -> None:
    ledger.change(CASE, "They came", "They did not")
    ledger.git("revert", "--no-edit", "HEAD")
    assert ledger.codes() == ["audit-entries"]
    assert "It was undone later, but the commit would stay in the history" in Shell(ledger.root)(
        "audit", "main..work", code=1
    )
    ledger.git("reset", "-q", "--soft", "main")
    ledger.commit("Squashed")
    assert ledger.audit() == []


def test_a_draft_on_a_branch_may_be_mended_until_it_is_merged(ledger: Ledger) -> None:
    ledger.append("12:00", "Draft")
    ledger.change(CASE, "note: Draft", "note: Fair copy")
    assert ledger.audit() == []
    ledger.git("checkout", "-q", "main")
    ledger.git("merge", "-q", "--ff-only", "work")
    ledger.git("checkout", "-q", "work")
    ledger.change(CASE, "Fair copy", "Another")
    assert ledger.codes() == ["audit-entries"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("note: They came", 'note: "They came"'),
        ("note: They came", "note: They came  # at last"),
        ("    note: Pictures", "    # why\n    note: Pictures"),
        ("    type: note\n    by: cs-01\n", "    by: cs-01\n    type: note\n"),
    ],
)
def test_the_text_of_entries_stays(ledger: Ledger, old: str, new: str) -> None:
    ledger.change(CASE, old, new)
    [found] = ledger.audit()
    assert found.endswith(" audit-text The text of the entries was changed.")


@pytest.mark.parametrize("how", ["crlf", "bom", "both"])
def test_line_ends_and_encoding_stay(ledger: Ledger, how: str) -> None:
    text = (ledger.root / CASE).read_text("utf-8")
    raw = text if how == "bom" else text.replace("\n", "\r\n")
    (ledger.root / CASE).write_bytes(raw.encode("utf-8" if how == "crlf" else "utf-8-sig"))
    ledger.commit()
    assert ledger.audit() == [f"{CASE}:1:1 audit-text Line ends or the byte order mark of the file were changed."]


def test_bytes_may_be_added_and_yet_say_something_else(ledger: Ledger) -> None:
    """The last note goes on in the next line: the old text is a prefix of the new."""
    ledger.change(CASE, "note: They came\n", "note: They came\n      too late\n")
    assert ledger.codes() == ["audit-entries"]


def test_a_text_without_end_of_line_is_appended_to(ledger: Ledger) -> None:
    ledger.git("checkout", "-q", "main")
    ledger.put({CASE: (ledger.root / CASE).read_text("utf-8").rstrip("\n")})
    ledger.commit()
    ledger.git("checkout", "-q", "-B", "work")
    ledger.put({CASE: (ledger.root / CASE).read_text("utf-8") + "\n" + NOTE.format(at="12:00", note="More")})
    ledger.commit()
    assert ledger.audit() == []


def test_a_case_that_cannot_be_read_is_not_let_through(ledger: Ledger) -> None:
    ledger.change(CASE, "summary: ", "summary: : ")
    assert ledger.codes() == ["audit-case-unreadable"]
    ledger.git("checkout", "-q", "main")
    ledger.git("merge", "-q", "--ff-only", "work")
    ledger.git("checkout", "-q", "work")
    ledger.change(CASE, "summary: : ", "summary: ")
    assert ledger.audit() == [f"{CASE}:1:1 audit-case-unread The case could not be read before; compare it by eye."]


# what stands above the events, and the case itself


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("channel: email", "channel: phone", "channel was changed: email → phone."),
        ("quality@2023-01-01", "trade@2023-01-01", "policy was changed: quality@2023-01-01 → trade@2023-01-01."),
        ("id: C-20261103", "id: C-20261104", "id was changed: C-20261103-7K3QD → C-20261104-7K3QD."),
    ],
)
def test_what_a_case_is_judged_by_stays(ledger: Ledger, old: str, new: str, message: str) -> None:
    ledger.change(CASE, old, new)
    [found] = ledger.audit()
    assert found.partition(" ")[2] == f"audit-header {message}"


def test_other_fields_are_listed(ledger: Ledger) -> None:
    ledger.change(CASE, "market: NO", "market: SE")
    ledger.change(CASE, "market: SE\n", "market: SE\npublic_opinion: true\n")
    found = ledger.audit()
    assert [line.partition(" ")[2] for line in found] == [
        "audit-header-changed market was changed: NO → SE.",
        "audit-header-changed public_opinion was changed: – → true.",
    ]
    assert Shell(ledger.root)("audit", "main..work").endswith("Errors: 0. Warnings: 0. Notes: 2.\n")


def test_cases_and_evidence_and_records_stay(ledger: Ledger) -> None:
    ledger.git("checkout", "-q", "main")
    ledger.put({"reviews/2026/quality-monthly-report-2026-10.yml": "schema: 1\n", EVIDENCE + "2": "More\n"})
    ledger.commit()
    ledger.git("checkout", "-q", "-B", "work")
    ledger.put({CASE: None, EVIDENCE: None, EVIDENCE + "2": "Other\n"})
    ledger.put({"reviews/2026/quality-monthly-report-2026-10.yml": None})
    ledger.commit()
    assert ledger.audit() == [
        f"{CASE}:1:1 audit-case-deleted The case was deleted.",
        f"{EVIDENCE}:1:1 audit-evidence The evidence was deleted or renamed.",
        f"{EVIDENCE}2:1:1 audit-evidence The evidence was altered.",
        "reviews/2026/quality-monthly-report-2026-10.yml:1:1 audit-record-deleted The record was deleted or renamed.",
    ]


@pytest.mark.parametrize("new", [CASE.replace("7K3QD", "7k3qd"), CASE.replace("11/", "12/"), "cases/old.txt"])
def test_a_renamed_case_is_found_whatever_its_new_name(ledger: Ledger, new: str) -> None:
    (ledger.root / new).parent.mkdir(parents=True, exist_ok=True)
    ledger.git("mv", CASE, new)
    ledger.commit()
    assert ledger.audit()[0 if new > CASE else -1] == f"{CASE}:1:1 audit-case-deleted The case was renamed to {new}."


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        (CASE.replace("C-", "c-"), CASE),
        ("Cases/2026/11/x.txt", "cases/2026/11/x.txt"),
        (EVIDENCE.replace("zip", "ZIP"), EVIDENCE),
        ("policy/PEOPLE.yml", PEOPLE),
        (EVIDENCE.replace("zip", "e\u0301"), EVIDENCE.replace("zip", "é")),
    ],
)
def test_names_that_differ_in_letters_only_are_found(ledger: Ledger, name: str, meant: str) -> None:
    if "é" in meant:
        ledger.git("checkout", "-q", "main")
        ledger.put({meant: "x\n"})
        ledger.commit()
        ledger.git("checkout", "-q", "-B", "work")
    ledger.put({name: "x\n"})
    ledger.commit()
    assert ledger.audit() == [f"{name}:1:1 audit-letter-case The name differs only in letters from {meant}."]


def test_an_archived_case_only_changes_when_it_is_reopened(ledger: Ledger) -> None:
    ledger.git("checkout", "-q", "main")
    ledger.put({"cases/archive/2026.yml": SEALED})
    ledger.commit()
    ledger.git("checkout", "-q", "-B", "work")
    ledger.append("12:00")
    assert ledger.audit() == [f"{CASE}:1:1 audit-archived C-20261103-7K3QD is archived and was changed."]
    ledger.git("reset", "-q", "--hard", "main")
    ledger.put({CASE.replace(".yml", "/more.txt"): "x\n"})
    ledger.commit()
    assert ledger.codes() == ["audit-archived"]
    ledger.git("reset", "-q", "--hard", "main")
    reopened = NOTE.format(at="12:00", note="Again").replace("type: note", "type: reopened\n    reason: It tore again")
    ledger.put({CASE: (ledger.root / CASE).read_text("utf-8") + reopened})
    ledger.commit()
    ledger.append("13:00")
    assert ledger.audit() == []


# the law


def test_a_version_in_force_stays_and_one_to_come_does_not(ledger: Ledger) -> None:
    ledger.git("checkout", "-q", "main")
    ledger.put({NEXT: (ledger.root / POLICY).read_text("utf-8").replace("2023-01-01", "2027-01-01")})
    ledger.commit()
    ledger.git("checkout", "-q", "-B", "work")
    ledger.change(NEXT, "schema: 1", "schema: 1 # weighed")
    assert ledger.audit() == []
    assert ledger.audit(landing="2027-01-01T00:00:00+08:00") == [
        f"{NEXT}:1:1 audit-policy quality@2027-01-01 is in force and was edited."
    ]
    ledger.change(POLICY, "schema: 1", "schema: 1 # weighed")
    ledger.put({POLICY.replace("policy.yml", "text.nb.md"): "x\n"})
    ledger.commit()
    assert ledger.audit() == [
        f"{POLICY}:1:1 audit-policy quality@2023-01-01 is in force and was edited.",
        f"{POLICY.replace('policy.yml', 'text.nb.md')}:1:1 audit-policy quality@2023-01-01 is in force and was edited.",
    ]


def test_a_version_is_not_added_for_days_gone_by_but_a_new_profile_is(ledger: Ledger) -> None:
    body = (ledger.root / POLICY).read_text("utf-8")
    late = "policy/quality/2026-06-01/policy.yml"
    ledger.put({late: body.replace("2023-01-01", "2026-06-01"), "policy/other/2023-01-01/policy.yml": body})
    ledger.commit()
    assert ledger.audit() == [f"{late}:1:1 audit-policy quality@2026-06-01 was added after its first day."]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("timezone: Asia/Shanghai", "timezone: Asia/Tokyo", "The time zone was changed: Asia/Shanghai → Asia/Tokyo."),
        ("sat: false", "sat: true", "The week was changed, and with it days gone by."),
        (
            "valid_through: 2026-12-31",
            "valid_through: 2026-10-31",
            "The calendar was reviewed through 2026-12-31, and no longer is.",
        ),
        (
            "date: 2026-10-01, open: false",
            "date: 2026-10-01, open: true",
            "2026-10-01 was changed, a day that has come.",
        ),
    ],
)
def test_days_that_have_come_stay(ledger: Ledger, old: str, new: str, message: str) -> None:
    ledger.change(CALENDAR, old, new)
    [found] = ledger.audit()
    assert found.partition(" ")[2] == f"audit-calendar {message}"


def test_days_to_come_and_names_may_change(ledger: Ledger) -> None:
    ledger.change(CALENDAR, "valid_through: 2026-12-31", "valid_through: 2027-12-31")
    ledger.change(CALENDAR, "exceptions:\n", "exceptions:\n  # more\n")
    text = (ledger.root / CALENDAR).read_text("utf-8").rstrip("\n")
    ledger.put({CALENDAR: f"{text}\n  - {{date: 2027-01-01, open: false, name: 元旦}}\n"})
    ledger.commit()
    assert ledger.audit() == []
    ledger.put({CALENDAR: None})
    ledger.commit()
    assert ledger.audit() == [f"{CALENDAR}:1:1 audit-calendar The calendar was deleted, renamed or made unreadable."]


def test_who_held_a_role_stays(ledger: Ledger) -> None:
    ledger.change(PEOPLE, '{role: purchasing, from: "2023-01-01"}', '{role: purchasing, from: "2024-01-01"}')
    ledger.change(PEOPLE, '{role: production, from: "2023-01-01"}', '{role: production, from: "2022-12-30"}')
    ledger.change(PEOPLE, '{role: sales, from: "2023-01-01"}', '{role: sales, from: "2023-01-01", to: "2026-10-31"}')
    ledger.change(PEOPLE, '{role: legal, from: "2023-01-01"}', '{role: legal, from: "2023-01-01", to: "2027-10-31"}')
    assert [line.partition(" ")[2] for line in ledger.audit()] == [
        "audit-people sc-01 no longer held the role purchasing from 2023-01-01 to 2023-12-31.",
        "audit-people-past sc-01 was given the role production from 2022-12-30 to 2022-12-31, days gone by.",
        "audit-people-past The role sales of sa-01 was ended with 2026-10-31, a day gone by.",
    ]
    ledger.put({PEOPLE: "schema: 1\n"})
    ledger.commit()
    assert "audit-people The file was deleted, renamed or made unusable." in ledger.audit()[0]


def test_too_much_at_once_is_stopped(ledger: Ledger) -> None:
    ledger.git("checkout", "-q", "main")
    ledger.put({f"site/pages/{n:02}.md": f"{n}\n" for n in range(21)})
    base = ledger.commit()
    ledger.git("checkout", "-q", "-B", "work")
    shutil.rmtree(ledger.root / "site")
    ledger.commit()
    assert ledger.audit() == ["site/pages/00.md:1:1 audit-removals 21 files are removed; at most 20 may go at once."]
    ledger.git("checkout", "-q", "main")
    settings = (ledger.root / "caseledger.yml").read_text("utf-8")
    ledger.put({"caseledger.yml": f"{settings}audit: {{removals: 21}}\n"})
    ledger.commit()
    assert ledger.audit() == []  # main allows it, whatever the branch says
    assert ledger.codes(f"{base}..work") == ["audit-removals"]


# tricks


def merged(ledger: Ledger, *heads: str, **texts: str) -> None:
    """A merge commit of the branch with others, whose tree is put together by hand."""
    for name, text in texts.items():
        ledger.put({name: text})
    ledger.git("add", "-A")
    tree = ledger.git("write-tree")
    parents = [word for head in ("work", *heads) for word in ("-p", head)]
    ledger.git("reset", "-q", "--hard", ledger.git("commit-tree", tree, *parents, "-m", "Merge"))


@pytest.mark.parametrize("others", [1, 3])
def test_what_a_merge_or_an_octopus_changes_beside_is_found(ledger: Ledger, others: int) -> None:
    sides = []
    for number in range(others):
        ledger.git("checkout", "-q", "-b", f"side{number}", "main")
        ledger.put({f"cases/2026/11/C-20261103-7K3Q{number}/a.txt": "x\n"})
        sides.append(ledger.commit(f"Side {number}"))
    ledger.git("checkout", "-q", "work")
    ledger.append("12:00")
    honest = (ledger.root / CASE).read_text("utf-8")
    merged(ledger, *sides)
    assert ledger.audit() == []
    ledger.git("reset", "-q", "--hard", "HEAD~")
    merged(ledger, *sides, **{CASE: honest.replace("They came", "They did not")})
    assert ledger.codes() == ["audit-entries"]


def test_a_merge_that_forgets_a_side_is_found(ledger: Ledger) -> None:
    ledger.append("12:00", "Mine")
    ledger.git("checkout", "-q", "-b", "side", "main")
    ledger.append("12:30", "Theirs")
    ledger.git("checkout", "-q", "work")
    ledger.git("merge", "-q", "-s", "ours", "-m", "Merge", "side")
    assert ledger.audit() == [f"{CASE}:13:3 audit-merge The merge lost note of 2026-11-03T12:30:00+08:00."]


def test_a_merge_that_forgets_what_main_has_is_found(ledger: Ledger) -> None:
    """The branch merges main, and takes none of it: what main has is on record, its order and all."""
    ledger.append("12:00", "Mine")
    ledger.git("checkout", "-q", "main")
    ledger.append("12:30", "On main")
    ledger.git("checkout", "-q", "work")
    ledger.git("merge", "-q", "-s", "ours", "-m", "Merge", "main")
    assert ledger.codes() == ["audit-entries"]


def test_a_merge_of_an_old_main_does_not_bring_back_the_past(ledger: Ledger) -> None:
    old = ledger.base
    ledger.git("checkout", "-q", "main")
    ledger.append("12:00")
    ledger.git("checkout", "-q", "-B", "work")
    tree = ledger.git("rev-parse", f"{old}^{{tree}}")
    ledger.git("reset", "-q", "--hard", ledger.git("commit-tree", tree, "-p", "work", "-p", old, "-m", "Merge"))
    assert ledger.codes() == ["audit-entries"]


def test_a_branch_that_is_behind_or_rebased_or_squashed_is_fine(ledger: Ledger) -> None:
    ledger.put({"cases/2026/11/C-20261103-7K3Q0/a.txt": "x\n"})
    ledger.commit("Beside")
    ledger.git("checkout", "-q", "main")
    ledger.append("12:00")
    ledger.git("checkout", "-q", "work")
    assert ledger.audit() == []
    ledger.git("rebase", "-q", "main")
    ledger.append("13:00")
    assert ledger.audit() == []
    ledger.git("reset", "-q", "--soft", "main")
    ledger.commit("Squashed")
    assert ledger.audit() == []


def test_a_rewritten_branch_is_found_by_the_push_alone(ledger: Ledger) -> None:
    before = ledger.append("12:00")
    ledger.git("reset", "-q", "--hard", "main")
    ledger.append("12:30")
    assert ledger.audit(f"{before}..work") == []
    assert ledger.audit(f"{before}..work", pushed=True) == [
        f"caseledger.yml:1:1 audit-rewritten The commit {before[:10]}, which stood here, is not in the new history."
    ]


def test_links_submodules_and_programs_are_found(ledger: Ledger) -> None:
    (ledger.root / CASE).unlink()
    (ledger.root / CASE).symlink_to("/etc/passwd")
    (ledger.root / POLICY).chmod(0o755)
    ledger.git("add", "-A")
    ledger.git("update-index", "--add", "--cacheinfo", f"160000,{ledger.base},{CASE.replace('.yml', '/more')}")
    ledger.put({".gitmodules": '[submodule "more"]\n'})
    ledger.git("add", ".gitmodules")
    ledger.git("commit", "-q", "-m", "Tricks")
    assert ledger.audit() == [
        ".gitmodules:1:1 audit-attributes .gitmodules was changed.",
        f"{CASE}:1:1 audit-plain-file Here stands a symbolic link.",
        f"{CASE.replace('.yml', '/more')}:1:1 audit-plain-file Here stands a submodule.",
        f"{POLICY}:1:1 audit-file-mode The file was made executable.",
        f"{POLICY}:1:1 audit-policy quality@2023-01-01 is in force and was edited.",
    ]


def test_the_folder_of_cases_may_not_become_a_link(ledger: Ledger) -> None:
    shutil.move(ledger.root / "cases", ledger.root.parent / "elsewhere")
    (ledger.root / "cases").symlink_to("../elsewhere")
    ledger.commit()
    assert sorted(set(ledger.codes())) == ["audit-case-deleted", "audit-evidence", "audit-plain-file"]


def test_attributes_and_filters_are_reported(ledger: Ledger) -> None:
    ledger.put({".gitattributes": "cases/** -diff\n", "cases/.gitattributes": "* binary\n"})
    ledger.commit()
    assert ledger.codes() == ["audit-attributes", "audit-attributes"]
    assert Shell(ledger.root)("audit", "main..work").endswith("Errors: 0. Warnings: 2. Notes: 0.\n")


def test_replaced_commits_and_grafts_hide_nothing(ledger: Ledger) -> None:
    bad = ledger.change(CASE, "They came", "They did not")
    good = ledger.git("commit-tree", "main^{tree}", "-p", "main", "-m", "Fine")
    ledger.git("replace", bad, good)
    (ledger.root / ".git/info/grafts").write_text(f"{ledger.base}\n")
    assert ledger.git("diff", "--stat", "main..work", "--", CASE) == ""
    assert ledger.codes() == ["audit-entries"]


def test_a_shallow_clone_is_refused_with_the_remedy(ledger: Ledger, tmp_path: Path) -> None:
    for at in ("12:00", "13:00", "14:00"):
        ledger.append(at)
    clone = tmp_path / "clone"
    command = ["git", "clone", "-q", "--depth=2", "--no-single-branch", f"file://{ledger.root}", str(clone)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull})
    said = Shell(clone)("audit", "origin/main..HEAD", code=2)
    assert said.endswith("were fetched. Fetch them first: git fetch --unshallow\n")


def test_a_range_that_is_none_is_refused(ledger: Ledger) -> None:
    with pytest.raises(CannotGoOn):
        ledger.audit("main")


def test_names_of_any_bytes_are_shown(ledger: Ledger) -> None:
    folder = (ledger.root / EVIDENCE).parent
    (folder / os.fsdecode(b"\xff\x1b[31m.txt")).symlink_to("x")
    ledger.commit()
    [found] = ledger.audit()
    assert found.startswith(f"{EVIDENCE.replace('zip.txt', '')}\\xff\\u001b[31m.txt:1:1 audit-plain-file")


def test_only_what_changed_is_read(ledger: Ledger) -> None:
    """The blob of every other case and page is gone from the disk, and nobody misses it."""
    ledger.append("12:00")
    kept = {ledger.git("rev-parse", f"{name}:{CASE}") for name in ("main", "work")}
    for line in ledger.git("ls-tree", "-r", "main").splitlines():
        _, _, name, path = line.split(maxsplit=3)
        if name not in kept and not path.startswith(("policy/", "caseledger.yml")):
            (ledger.root / ".git/objects" / name[:2] / name[2:]).unlink(missing_ok=True)
    assert ledger.audit() == []


# forms


def test_findings_as_json_are_read_by_programs(ledger: Ledger) -> None:
    bad = ledger.change(CASE, "They came", "They did not")
    found = Shell(ledger.root)("audit", "main..work", "--format", "json", code=1)
    [problem] = json.JSONDecoder().raw_decode(found)[0]["problems"]
    assert problem == {
        "path": CASE,
        "line": 22,
        "column": 5,
        "code": "audit-entries",
        "severity": Severity.ERROR,
        "message": "note of 2026-11-03T11:00:00+08:00 was changed: note: They came → They did not."
        f" Commit {bad[:10]} (A change).",
        "hint": "Undo it (git revert), and say what was wrong in a new entry: caseledger append ID corrected.",
    }
