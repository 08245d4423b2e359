"""When an entry was made, and when it says so: later than its commit, long before it, redated by a correction."""

from pathlib import Path

import pytest

from caseledger import instant, yamltext
from caseledger.auditing import otherwise
from tests.casework import JSON, case, event, put
from tests.ledger import LIN, PATH, Ledger
from tests.test_attribution import audit

CODES = ("audit-at-later", "audit-backdated", "audit-redated")
VERIFIED = event("2026-11-03 10:40", "verified", in_scope=True, complete=True)
ANSWERED = event("2026-11-04 17:00", "responded", via="email")
ONE_DAY = "later than 1 working day after it happened (article A16)."


@pytest.fixture
def ledger(repository: Path) -> Ledger:
    ledger = Ledger(repository)
    ledger.record(VERIFIED, at="2026-11-03T10:45:00+08:00")
    return ledger


def commit(ledger: Ledger, *events: JSON, written: str, made: str | None = None) -> str:
    """A commit of the case with the author's and the committer's time."""
    ledger.write(VERIFIED, *events)
    ledger.git("add", "-A")
    ledger.git("commit", "-q", f"--author={LIN}", f"--date={written}", "-m", "x", GIT_COMMITTER_DATE=made or written)
    return ledger.git("rev-parse", "HEAD")


def found(ledger: Ledger, span: str = "HEAD~1..HEAD", code: int = 0) -> list[str]:
    return audit(ledger, span, code=code, codes=CODES)


# later than the commit


def test_an_entry_of_the_future_is_wrong(ledger: Ledger) -> None:
    commit(ledger, ANSWERED, written="2026-11-04T16:59:59+08:00")
    assert found(ledger, code=1) == [
        "23 error responded of 2026-11-04T17:00:00+08:00 has at 2026-11-04T17:00:00+08:00,"
        " but was committed at 2026-11-04T16:59:59+08:00."
    ]
    commit(ledger, {**ANSWERED, "recorded": "2026-11-05T17:00:00+08:00"}, written="2026-11-04T17:00:00+08:00")
    assert [line.split(" ")[6] for line in found(ledger, code=1)] == ["recorded"]


def test_the_second_of_the_commit_is_in_time_and_zones_are_no_matter(ledger: Ledger) -> None:
    commit(ledger, ANSWERED, written="2026-11-04T09:00:00+00:00")
    assert found(ledger) == []


def test_an_amended_commit_may_hold_what_came_after_it_was_begun(ledger: Ledger) -> None:
    commit(ledger, ANSWERED, written="2026-11-04T16:00:00+08:00", made="2026-11-04T18:00:00+08:00")
    assert found(ledger) == []


# long before the commit


def test_what_is_entered_by_the_next_working_day_is_in_time(ledger: Ledger) -> None:
    commit(ledger, ANSWERED, written="2026-11-05T23:59:59+08:00")
    assert found(ledger) == []


def test_what_is_entered_late_is_listed_with_the_deadlines_that_it_would_save(ledger: Ledger) -> None:
    commit(ledger, ANSWERED, written="2026-11-06T09:00:00+08:00")
    assert found(ledger) == [
        "23 warning responded of 2026-11-04T17:00:00+08:00: committed at 2026-11-06T09:00:00+08:00, " + ONE_DAY
        + " By that time these deadlines would be broken: First response (A11)."
    ]  # fmt: skip


def test_where_no_deadline_depends_on_it_it_is_listed_all_the_same(ledger: Ledger) -> None:
    commit(ledger, event("2026-11-04 17:00", "note", note="x"), written="2026-11-06T09:00:00+08:00")
    assert found(ledger) == [
        "23 warning note of 2026-11-04T17:00:00+08:00: committed at 2026-11-06T09:00:00+08:00, " + ONE_DAY
    ]


def test_several_entries_of_a_case_are_listed_as_one(ledger: Ledger) -> None:
    started = event("2026-11-04 18:00", "investigation-started")
    commit(ledger, ANSWERED, started, written="2026-11-06T09:00:00+08:00")
    [line] = found(ledger)
    assert "responded of 2026-11-04T17:00:00+08:00 and 1 more: committed" in line
    assert line.endswith("would be broken: First response (A11), Start of investigation (A11).")


def test_an_entry_dated_back_by_the_author_alone_is_listed_where_a_deadline_depends_on_it(ledger: Ledger) -> None:
    commit(ledger, ANSWERED, written="2026-11-04T17:01:00+08:00", made="2026-11-09T09:00:00+08:00")
    assert found(ledger) == [
        "23 warning responded of 2026-11-04T17:00:00+08:00: written at 2026-11-04T17:01:00+08:00 by the author's time,"
        " but committed at 2026-11-09T09:00:00+08:00: rebased, or dated back."
        " By that time these deadlines would be broken: First response (A11)."
    ]


def test_a_rebase_in_honesty_is_not_listed_where_no_deadline_depends_on_it(ledger: Ledger) -> None:
    note = event("2026-11-04 17:00", "note", note="x")
    commit(ledger, note, written="2026-11-04T17:01:00+08:00", made="2026-11-20T09:00:00+08:00")
    assert found(ledger) == []


def test_both_times_forged_before_the_base_are_seen_by_the_base(ledger: Ledger) -> None:
    (ledger.root / "README.md").write_text("x", "utf-8")
    ledger.commit(LIN, "2026-11-09T09:00:00+08:00")
    commit(ledger, ANSWERED, written="2026-11-04T17:01:00+08:00")
    assert len(found(ledger)) == 1


def test_a_squash_of_a_branch_lists_what_was_entered_in_time_too(ledger: Ledger) -> None:
    ledger.git("checkout", "-q", "-b", "side")
    commit(ledger, ANSWERED, written="2026-11-04T17:01:00+08:00")
    assert found(ledger, "main..side") == []
    ledger.git("checkout", "-q", "main")
    ledger.git("merge", "-q", "--squash", "side")
    ledger.commit(LIN, "2026-11-09T09:00:00+08:00")
    assert len(found(ledger)) == 1


def test_a_policy_that_sets_no_time_lists_nothing(ledger: Ledger) -> None:
    path = ledger.root / "policy/quality/2023-01-01/policy.yml"
    text = path.read_text("utf-8").replace("recording:\n  within: 1 wd\n  clause: A16\n  company_set: true\n", "")
    path.write_text(text, "utf-8")
    ledger.commit(LIN, "2026-11-03T12:00:00+08:00")
    commit(ledger, ANSWERED, written="2026-11-06T09:00:00+08:00")
    assert found(ledger) == []


def test_an_imported_case_is_listed_once(ledger: Ledger) -> None:
    ended = event("2024-03-05 09:00", "withdrawn", by="cs-04")
    old = case(event("2024-03-01 09:00", "received", by="cs-04"), ended, case_id="C-20240301-0000A")
    put(ledger.root, old)
    ledger.commit(LIN, "2026-11-06T09:00:00+08:00")
    [line] = found(ledger)
    assert "received of 2024-03-01T09:00:00+08:00 and 1 more: committed at 2026-11-06T09:00:00+08:00" in line


# corrections


def test_a_correction_that_saves_a_deadline_by_another_time_is_listed(ledger: Ledger) -> None:
    late = event("2026-11-09 09:00", "responded", via="email")
    commit(ledger, late, written="2026-11-09T09:10:00+08:00")
    named = {"at": late["at"], "type": "responded"}
    redated = event(
        "2026-11-10 09:00", "corrected", event=named, set={"at": "2026-11-05T09:00:00+08:00"}, reason="Letter found"
    )
    commit(ledger, late, redated, written="2026-11-10T09:10:00+08:00")
    assert found(ledger) == [
        "36 warning corrected of 2026-11-10T09:00:00+08:00 sets another time; without it these deadlines would be"
        " broken: First response (A11)."
    ]


def test_other_corrections_are_not(ledger: Ledger) -> None:
    named = {"at": VERIFIED["at"], "type": "verified"}
    sooner = event("2026-11-04 09:00", "corrected", event=named, set={"at": "2026-11-03T10:30:00+08:00"}, reason="x")
    other = event("2026-11-04 09:30", "corrected", event=named, set={"note": "y"}, reason="x")
    commit(ledger, sooner, other, written="2026-11-04T10:00:00+08:00")
    assert found(ledger) == []


# a case at other times


def test_moving_entries_keeps_their_order_and_what_corrections_name() -> None:
    named = {"at": ANSWERED["at"], "type": "responded"}
    data = case(VERIFIED, ANSWERED, event("2026-11-05 09:00", "corrected", event=named, set={"note": "x"}, reason="y"))
    moved = otherwise.moved(data, {1: instant.parse("2026-11-04T18:00:00+08:00")})
    assert [e["at"] for e in moved["events"]] == [
        "2026-11-03T09:12:00+08:00",
        "2026-11-04T18:00:00+08:00",
        "2026-11-04T18:00:00+08:00",
        "2026-11-05T09:00:00+08:00",
    ]
    assert moved["events"][3]["event"]["at"] == "2026-11-04T18:00:00+08:00"
    assert data["events"][1] == VERIFIED


@pytest.mark.parametrize("wrong", [{**ANSWERED, "via": 7}, {**ANSWERED, "type": "corrected"}, "no entry", {"at": 1}])
def test_of_a_case_of_no_shape_no_deadline_is_told(ledger: Ledger, wrong: JSON) -> None:
    data = case(VERIFIED, wrong, {"type": "note"}, ANSWERED)
    (ledger.root / PATH).write_text(yamltext.write(data), "utf-8")
    ledger.commit(LIN, "2026-11-20T09:00:00+08:00")
    assert len(found(ledger)) == 1
