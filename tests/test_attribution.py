"""Whose entry it is: authors, co-authors, no-reply addresses, bots, roles of the base."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger import people, schema, yamltext
from tests.casework import JSON, event
from tests.conftest import ROOT
from tests.ledger import LIN, PATH, Ledger

AT = "2026-11-03T18:00:00+08:00"
VERIFIED = event("2026-11-03 10:40", "verified", in_scope=True, complete=True)
BY_INGRID = event("2026-11-03 17:00", "responded", by="cs-02", via="email")
BY_BOT = event("2026-11-03 17:00", "acknowledged", by="bot-import", role="bot", via="email")
INGRID = "Ingrid <Ingrid.Solheim@example.com>"
CODES = ("audit-recorded-for", "audit-role")


@pytest.fixture
def ledger(repository: Path) -> Ledger:
    ledger = Ledger(repository)
    ledger.record(VERIFIED, at="2026-11-03T10:45:00+08:00")
    return ledger


def audit(ledger: Ledger, span: str = "HEAD~1..HEAD", *, code: int = 0, codes: tuple[str, ...] = CODES) -> list[str]:
    """What an audit says under these codes: message without the commit, line."""
    printed = ledger.shell("audit", span, "--format", "json", code=code)
    found, _ = json.JSONDecoder().raw_decode(printed)
    return [
        f"{p['line']} {p['severity']} {p['message'].partition(' Commit ')[0]}"
        for p in found["problems"]
        if p["code"] in codes
    ]


def commit(ledger: Ledger, author: str, *events: JSON, message: str = "A change") -> None:
    ledger.write(VERIFIED, *events)
    ledger.commit(author, AT, "-m", message)


def teach(ledger: Ledger, old: str, new: str) -> None:
    """Change policy/people.yml, in a commit of its own."""
    path = ledger.root / "policy/people.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def logins(ledger: Ledger) -> None:
    teach(
        ledger,
        "emails: [ingrid.solheim@example.com]",
        "emails: [ingrid.solheim@example.com]\n    logins: [Ingrid-S, '77-up']",
    )
    teach(ledger, "    bot: true\n", "    bot: true\n    logins: ['importer[bot]']\n")
    ledger.commit(LIN, "2026-11-03T11:00:00+08:00")


def test_an_author_who_acts_is_not_listed(ledger: Ledger) -> None:
    commit(ledger, INGRID, BY_INGRID)
    assert audit(ledger) == []


def test_one_who_records_for_another_is_listed(ledger: Ledger) -> None:
    commit(ledger, LIN, BY_INGRID, event("2026-11-03 17:10", "note", by="cs-02", note="x"))
    assert audit(ledger) == [
        "25 warning By cs-02, but recorded by cs-01: responded of 2026-11-03T17:00:00+08:00 and 1 more."
    ]
    assert ledger.shell("audit", "HEAD~1..HEAD", lang="zh").startswith(
        f"{PATH}:25:9: 警告: 办理人是 cs-02，登记人却是 cs-01："
    )


def test_an_author_whom_nobody_knows_is_listed_with_the_address(ledger: Ledger) -> None:
    commit(ledger, "X <x@example.com>", event("2026-11-03 17:00", "note", note="x"))
    assert audit(ledger) == [
        "25 warning By cs-01, but recorded by x@example.com, whom policy/people.yml does not know:"
        " note of 2026-11-03T17:00:00+08:00."
    ]


def test_co_authors_count_as_authors(ledger: Ledger) -> None:
    commit(ledger, LIN, BY_INGRID, message="Co-authored-by: Ingrid <ingrid.solheim@example.com>")
    assert audit(ledger) == []


def test_a_name_in_the_middle_of_a_message_is_no_co_author(ledger: Ledger) -> None:
    commit(ledger, LIN, BY_INGRID, message="Co-authored-by: Ingrid <ingrid.solheim@example.com>\n\nReally")
    assert len(audit(ledger)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "12345+Ingrid-S@users.noreply.github.com",
        "ingrid-s@users.noreply.github.com",
        "12345-ingrid-s@users.noreply.gitlab.com",
        "ingrid-s@noreply.git.example.com",
        "6543210+ingrid-s@user.noreply.gitee.com",
        "77-up@users.noreply.github.com",
    ],
)
def test_addresses_of_web_editors_are_known_by_their_login(ledger: Ledger, address: str) -> None:
    logins(ledger)
    commit(ledger, f"Ingrid <{address}>", BY_INGRID)
    assert audit(ledger) == []


@pytest.mark.parametrize(
    "address",
    [
        "ingrid-s@example.com",
        "ingrid-s@users.noreply.github.com.example",
        "x+ingrid-s@users.noreply.github.com",
        "1+ingrid@users.noreply.github.com",
        "@users.noreply.github.com",
    ],
)
def test_other_addresses_are_not(ledger: Ledger, address: str) -> None:
    logins(ledger)
    commit(ledger, f"Ingrid <{address}>", BY_INGRID)
    assert len(audit(ledger)) == (0 if address.endswith(".example") else 1)


def test_a_bot_acts_under_its_own_identity(ledger: Ledger) -> None:
    logins(ledger)
    commit(ledger, "importer <41898282+importer[bot]@users.noreply.github.com>", BY_BOT)
    assert audit(ledger) == []
    commit(ledger, LIN, BY_BOT, event("2026-11-03 17:30", "note", by="bot-import", role="bot", note="x"))
    assert audit(ledger) == ["30 warning By bot-import, but recorded by cs-01: note of 2026-11-03T17:30:00+08:00."]


def test_a_squash_that_names_all_its_authors_lists_nobody(ledger: Ledger) -> None:
    ledger.git("checkout", "-q", "-b", "side")
    commit(ledger, INGRID, BY_INGRID)
    note = event("2026-11-03 17:30", "note", note="x")
    commit(ledger, LIN, BY_INGRID, note)
    ledger.git("checkout", "-q", "main")
    ledger.git("merge", "-q", "--squash", "side")
    ledger.commit(LIN, AT, "-m", "Co-authored-by: Ingrid <ingrid.solheim@example.com>")
    assert audit(ledger) == []


def test_a_rebase_keeps_its_authors_and_a_merge_adds_none(ledger: Ledger) -> None:
    ledger.git("checkout", "-q", "-b", "side")
    commit(ledger, INGRID, BY_INGRID)
    ledger.git("checkout", "-q", "main")
    (ledger.root / "README.md").write_text("x", "utf-8")
    base = ledger.commit(LIN, AT)
    ledger.git("rebase", "-q", "main", "side")
    assert audit(ledger, f"{base}..side") == []
    ledger.git("checkout", "-q", "main")
    ledger.git("merge", "-q", "--no-ff", "-m", "A merge", "side")
    assert audit(ledger, f"{base}..HEAD") == []


def test_an_entry_that_a_merge_brings_by_itself_has_its_author(ledger: Ledger) -> None:
    ledger.git("checkout", "-q", "-b", "side")
    (ledger.root / "README.md").write_text("x", "utf-8")
    ledger.commit(INGRID, AT)
    ledger.git("checkout", "-q", "main")
    ledger.git("merge", "-q", "--no-ff", "--no-commit", "side")
    commit(ledger, LIN, BY_INGRID)
    assert len(audit(ledger)) == 1


def test_what_the_branch_mends_is_by_who_mended_it(ledger: Ledger) -> None:
    base = ledger.git("rev-parse", "HEAD")
    commit(ledger, INGRID, BY_INGRID)
    commit(ledger, LIN, {**BY_INGRID, "note": "another word"})
    assert len(audit(ledger, f"{base}..HEAD")) == 1


# roles


def test_a_role_that_was_not_held_on_that_day(ledger: Ledger) -> None:
    commit(ledger, LIN, event("2026-11-03 17:00", "note", role="management", note="x"))
    assert audit(ledger, code=1) == ["26 error cs-01 did not hold the role management on 2026-11-03."]
    retired = event("2026-11-03 17:00", "note", by="cs-04", note="x")
    commit(ledger, "R <rupert.ainsley@example.com>", retired)
    assert audit(ledger, code=1) == ["26 error cs-04 did not hold the role customer-service on 2026-11-03."]


def test_nobody_gives_themselves_a_role_in_the_change_that_uses_it(ledger: Ledger) -> None:
    given_role = '      - {role: customer-service, from: "2023-01-01"}\n'
    teach(ledger, given_role, given_role + '      - {role: management, from: "2023-01-01"}\n')
    commit(ledger, LIN, event("2026-11-03 17:00", "note", role="management", note="x"))
    assert audit(ledger, code=1) == ["26 error cs-01 is given the role management for 2026-11-03 by the same change."]
    assert audit(ledger, codes=("audit-people-past",), code=1) == [
        "9 warning cs-01 was given the role management from 2023-01-01 to 2026-11-02, days gone by."
    ]


def test_after_the_role_was_merged_it_may_be_used(ledger: Ledger) -> None:
    given_role = '      - {role: customer-service, from: "2023-01-01"}\n'
    teach(ledger, given_role, given_role + '      - {role: management, from: "2026-11-03"}\n')
    ledger.commit(LIN, "2026-11-03T11:00:00+08:00")
    commit(ledger, LIN, event("2026-11-03 17:00", "note", role="management", note="x"))
    assert audit(ledger) == []


def test_who_approves_held_their_role_too(ledger: Ledger) -> None:
    approval = {"by": "cs-02", "as": "management"}
    extended = event(
        "2026-11-03 17:00", "extended", clock="disposition", to="10 wd", reason="x", approved_by=approval,
        consumer_told="2026-11-03T16:00:00+08:00",
    )  # fmt: skip
    commit(ledger, LIN, extended)
    assert audit(ledger, code=1) == ["30 error cs-02 did not hold the role management on 2026-11-03."]


def test_a_first_push_is_judged_by_its_own_people(repository: Path) -> None:
    (repository / "policy").rename(repository / "later")
    ledger = Ledger(repository)
    (repository / "later").rename(repository / "policy")
    ledger.record(VERIFIED, at=AT)
    assert audit(ledger) == []


# logins in people.yml


def test_the_schema_takes_logins_and_only_such() -> None:
    path = ROOT / "policy/people.yml"
    for given_login, fits in (("lin-x", True), ("bot[bot]", True), ("a@b", False), ("a b", False), ("", False)):
        text = path.read_text("utf-8").replace("    emails:", f"    logins: ['{given_login}']\n    emails:", 1)
        document = yamltext.read(text.encode(), "policy/people.yml")
        assert (schema.problems("people", document) == []) is fits


@given(st.text(max_size=80))
def test_any_address_is_somebodys_or_nobodys(address: str) -> None:
    data = {"people": {"cs-01": {"name": "L", "logins": ["l"], "roles": []}}}
    found = people.load(data).by_address(address)
    assert found is None or "noreply." in address.casefold()
