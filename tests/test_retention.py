"""Retention: holds, what may be disposed of, disposal by two people, and everything that must not be disposed of."""

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pyrage.x25519 import Identity

from caseledger import instant, register, seals, yamltext
from caseledger.audience import INSIDE
from caseledger.errors import CannotGoOn
from caseledger.retention import deciding, proposing
from caseledger.rulebook import Rulebook
from caseledger.site import archive, gone, management
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.words import Words
from caseledger.vault.places import Places
from caseledger.vault.readers import Reader
from caseledger.vault.store import Vault
from tests import casework, faults
from tests.casework import Page
from tests.clones import Clone, Server
from tests.console import ROOT
from tests.test_archive import OLD, OPEN, path, shipped

HOLDS = "cases/archive/holds.yml"
EVIDENCE = "cases/2023/01/C-20230118-69HP3/evidence/discharge.csv"


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server with two sealed cases whose time is over, and one case that is open."""
    example = (ROOT / "tests/files/pass/plain.yml").read_text("utf-8").replace("C-20261103-PASS0", OPEN)
    made = Server(tmp_path_factory.mktemp("archived"), {**shipped(*OLD), path(OPEN): example})
    made.clone("archivist").run("archive", "run", "--push")
    return made


@pytest.fixture
def server(archived: Server, tmp_path: Path) -> Server:
    """A server like it, for one test."""
    shutil.copytree(archived.folder, tmp_path / "server.git")
    made = Server.__new__(Server)
    made.home, made.folder = tmp_path, tmp_path / "server.git"
    return made


@pytest.fixture
def auditor(server: Server) -> Clone:
    """The clone of somebody who may propose."""
    return server.clone("auditor", "aud-01")


@pytest.fixture
def manager(server: Server) -> Clone:
    """The clone of somebody who may place holds, and decide."""
    return server.clone("manager", "mgr-01")


def commit(clone: Clone, subject: str, *, push: bool = True) -> None:
    """Commit all that was done, and have it merged."""
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "--message", subject)
    if push:
        clone.git("push", "--quiet", "origin", "HEAD:main")


def pull(clone: Clone) -> None:
    clone.git("pull", "--quiet", "--ff-only")


def propose(clone: Clone, *cases: str) -> str:
    """Propose a disposal, and have it merged; its number."""
    said = clone.run("retention", "dispose", *cases)
    number = said.partition(":")[0]
    commit(clone, f"Propose {number}")
    return number


def hold(clone: Clone, *words: str) -> str:
    """Place a hold; its number."""
    return clone.run("retention", "hold", *words).partition(":")[0]


def of(clone: Clone, name: str) -> dict[str, Any]:
    """The data of a file of a clone."""
    data = yamltext.read(clone.read(name).encode(), name).data
    assert isinstance(data, dict)
    return data


def audited(clone: Clone, code: int = 1) -> list[str]:
    """The errors that an audit of what is not on the server finds: code and message."""
    said = json.loads(clone.run("audit", "--format", "json", "origin/main..HEAD", code=code).partition("\nCommits")[0])
    return [f"{one['code']}: {one['message']}" for one in said["problems"] if one["severity"] == "error"]


def rows(said: str) -> list[list[str]]:
    """The rows of a table that was printed."""
    return [re.split(r" {2,}", line.strip()) for line in said.splitlines() if line.startswith(" standard")]


# what is due


def test_what_may_be_disposed_of_is_listed_with_what_holds_it(auditor: Clone, manager: Clone) -> None:
    number = hold(manager, OLD[1], "--reason", "A lawsuit", "--until", "2099-12-31")
    commit(manager, "Hold")
    pull(auditor)
    said = auditor.run("retention", "due")
    year = rows(said)[0][2][:4]
    assert rows(said) == [
        ["standard", OLD[0], f"{year}-000001", "2026-01-19", "-", "-"],
        ["standard", OLD[1], f"{year}-000002", "2026-02-06", "-", f"on hold under {number}"],
    ]
    assert said.endswith("May be disposed of: 1. On hold: 1. Kept for another reason: 0.\n")
    [free, held] = json.loads(auditor.run("retention", "due", "--format", "json"))
    assert free == {
        "case": OLD[0],
        "number": f"{year}-000001",
        "class": "standard",
        "kept_until": "2026-01-19",
        "free": True,
        "holds": [],
        "amiss": None,
        "proposed": None,
    }
    [of_it] = held["holds"]
    assert of_it.pop("from")[10] == "T"
    assert of_it == {
        "hold": number,
        "by": "mgr-01",
        "as": "management",
        "reason": "A lawsuit",
        "until": "2099-12-31",
    }


@pytest.mark.parametrize(
    ("as_of", "free"), [("2026-01-19", 0), ("2026-01-20", 1), ("2026-02-06", 1), ("2026-02-07", 2)]
)
def test_a_case_is_free_on_the_day_after_its_last(auditor: Clone, as_of: str, free: int) -> None:
    said = auditor.run("retention", "due", "--as-of", f"{as_of}T12:00:00+08:00")
    assert said.endswith(f"May be disposed of: {free}. On hold: 0. Kept for another reason: 0.\n")


def test_what_is_not_as_it_was_sealed_stays(auditor: Clone) -> None:
    words = ("--by", "cs-01", "--as", "customer-service", "--at", "2023-03-01T09:00:00+08:00")
    auditor.run("append", OLD[0], "reopened", "--set", "reason=Torn again", *words)
    file = auditor.folder / path(OLD[1])
    file.write_text(file.read_text().replace("\nevents:", "\n# looked at\nevents:"))
    said = auditor.run("retention", "due")
    assert [row[-1] for row in rows(said)] == [
        "it is open again, or what judges it is missing",
        "it is not as it was sealed: caseledger archive verify",
    ]
    assert said.endswith("May be disposed of: 0. On hold: 0. Kept for another reason: 2.\n")
    assert "stays: it is open again" in auditor.run("retention", "dispose", OLD[0], code=1)


# holds


def test_holds_are_added_and_released_and_never_taken_out(manager: Clone) -> None:
    lawsuit = hold(manager, OLD[0], OPEN, "--reason", "A lawsuit")
    first = manager.read(HOLDS)
    recall = hold(manager, OLD[0], "--reason", "A recall: “batch 7”")
    said = manager.run("retention", "release", OLD[0], "--reason", "Over", code=2)
    assert f"{OLD[0]} is on hold under several numbers: {', '.join(sorted((lawsuit, recall)))}." in said
    assert manager.run("retention", "release", recall, "--reason", "Over").startswith(
        f"{recall} released for {OLD[0]}.\n"
    )
    assert manager.read(HOLDS).startswith(first)
    lines = of(manager, HOLDS)["holds"]
    assert [(line["hold"], line["type"], line["cases"], line["by"], line["as"], line["reason"]) for line in lines] == [
        (lawsuit, "placed", [OLD[0], OPEN], "mgr-01", "management", "A lawsuit"),
        (recall, "placed", [OLD[0]], "mgr-01", "management", "A recall: “batch 7”"),
        (recall, "released", [OLD[0]], "mgr-01", "management", "Over"),
    ]
    manager.run("retention", "release", lawsuit, "--reason", "Over")
    assert "is not on hold" in manager.run("retention", "release", OPEN, "--reason", "Over", code=2)
    assert manager.run("check", HOLDS, code=0).endswith("Errors: 0. Warnings: 0.\n")


@pytest.mark.parametrize(
    "words",
    [
        ("hold", "C-20230109-6YKVW", "--reason", "Her lawyer: ola.nordmann@example.com"),
        ("dispose", "--reason", "Her lawyer: ola.nordmann@example.com"),
    ],
)
def test_no_reason_with_personal_data_is_written(auditor: Clone, manager: Clone, words: tuple[str, ...]) -> None:
    clone = manager if words[0] == "hold" else auditor
    before = clone.status()
    said = clone.run("retention", *words, code=1)
    assert "Error: Nothing is written: Git keeps the reason for ever.\n--reason:1:1: error: --reason holds" in said
    assert "[personal-data]" in said
    assert "nordmann" not in said
    assert clone.status() == before


def test_a_hold_that_ends_by_itself_stands_to_its_last_day(manager: Clone) -> None:
    lines = (
        "schema: 1\nholds:\n"
        f"  - {{hold: H-20260101-AAAAA, type: placed, cases: [{OLD[0]}], at: 2026-01-01T09:00:00+08:00,"
        " by: mgr-01, as: management, reason: Claim, until: 2026-06-30}\n"
    )
    manager.write(HOLDS, lines.replace("at: 2026-01-01T09:00:00+08:00", 'at: "2026-01-01T09:00:00+08:00"'))
    for day, held in (("2026-06-30", 1), ("2026-07-01", 0)):
        said = manager.run("retention", "due", "--as-of", f"{day}T23:30:00+08:00")
        assert said.endswith(f"May be disposed of: {2 - held}. On hold: {held}. Kept for another reason: 0.\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((OLD[0], "--by", "cs-01"), "cs-01 holds none of the roles that may do this: legal, management."),
        ((OLD[0], "--by", "cs-01", "--as", "customer-service"), "This is for legal, management, not for customer-serv"),
        ((OLD[0], "--by", "cs-01", "--as", "legal"), "cs-01 does not hold the role legal today."),
        ((OLD[0], "--until", "2026-01-01"), "A hold until 2026-01-01 has ended already."),
        ((OLD[0], "--until", "soon"), "soon is no day; write 2026-11-03."),
        (("C-20230101-AAAAA",), "There is no case C-20230101-AAAAA"),
    ],
)
def test_a_hold_that_may_not_be_placed_is_not(manager: Clone, words: tuple[str, ...], message: str) -> None:
    assert message in manager.run("retention", "hold", "--reason", "Claim", *words, code=2)
    assert manager.status() == ""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("type: released, cases: [{case}]", "{case} is not on hold under H-20260101-AAAAA above this line."),
        ("type: placed, cases: [{case}], until: 2025-01-01", "The hold H-20260101-AAAAA ends before it begins."),
        ("type: released, cases: [{case}], until: 2027-01-01", "A release ends no hold later: until is for holds."),
        ("type: paused, cases: [{case}]", "holds[0].type is paused, but must be one of: placed, released."),
        ("type: placed, cases: []", "holds[0].cases is empty."),
    ],
)
def test_a_wrong_line_is_found_and_disposes_of_nothing(manager: Clone, line: str, message: str) -> None:
    rest = 'at: "2026-01-01T09:00:00+08:00", by: mgr-01, as: management, reason: Claim'
    text = f"schema: 1\nholds:\n  - {{hold: H-20260101-AAAAA, {line.format(case=OLD[0])}, {rest}}}\n"
    manager.write(HOLDS, text)
    assert message.format(case=OLD[0]) in manager.run("check", code=1)
    assert "nothing is disposed of" in manager.run("retention", "due", code=1)
    assert "nothing is disposed of" in manager.run("retention", "dispose", "--by", "aud-01", code=1)


# disposal


def test_one_proposes_and_another_decides(auditor: Clone, manager: Clone) -> None:
    assert auditor.run("retention", "dispose", "--dry-run") == (
        f"{OLD[0]} would be proposed; kept until 2026-01-19\n{OLD[1]} would be proposed; kept until 2026-02-06\n"
    )
    assert auditor.status() == ""
    said = auditor.run("retention", "dispose", "--reason", "Three years are over")
    number = said.partition(":")[0]
    proposal = f"cases/archive/disposals/{number}.yml"
    assert said == (
        f"{number}: 2 cases proposed, none removed.\n"
        f"Have it reviewed and merged; then somebody else decides: caseledger retention dispose --decide {number}\n"
        f"  git add {proposal} && git commit\n"
    )
    assert auditor.run("check").endswith("Errors: 0. Warnings: 0.\n")
    commit(auditor, "Propose", push=False)
    assert audited(auditor, code=0) == []
    auditor.git("push", "--quiet")
    assert "Nothing may be disposed of that is not proposed already." in auditor.run("retention", "dispose")

    pull(manager)
    before = seals.read(manager.folder)
    said = manager.run("retention", "dispose", "--decide", number)
    assert said == (
        f"Removed {path(OLD[0])}\n"
        f"Removed {EVIDENCE}\n"
        f"Removed {path(OLD[1])}\n"
        f"{number}: 2 cases disposed of.\n"
        "Have it reviewed and merged:\n  git add cases && git commit\n"
    )
    sealed = before.newest(OLD[0])
    assert sealed
    year = sealed.number[:4]
    assert manager.run("archive", "verify") == (
        f"Sealed cases: 2. Archive numbers: 2. Problems: 0.\nDisposed of under {number}: 2 cases.\n"
    )
    assert manager.run("check") == "Cases checked: 1. Errors: 0. Warnings: 0.\n"
    certificate = of(manager, f"cases/archive/certificates/{number}.yml")
    proposed = of(manager, proposal)
    assert certificate["cases"] == proposed["cases"]
    assert certificate["cases"][0] == {
        "case": OLD[0],
        "number": f"{year}-000001",
        "sha256": sealed.sha256,
        "class": "standard",
        "kept_until": "2026-01-19",
    }
    assert (certificate["proposed"], certificate["decided"]["by"]) == (proposed["proposed"], "mgr-01")
    assert certificate["counts"]["cases"] == [
        {
            "received": "2023-01",
            "ended": month,
            "profile": "quality",
            "category": "product-quality",
            "channel": channel,
            "grade": "general",
            "state": "closed",
            "outcome": "resolved",
            "nature": "product-defect",
            "responsible": responsible,
            "cases": 1,
        }
        for month, channel, responsible in (
            ("2023-01", "marketplace", certificate["counts"]["cases"][0].get("responsible")),
            ("2023-02", "email", certificate["counts"]["cases"][1].get("responsible")),
        )
    ]
    commit(manager, "Dispose", push=False)
    assert audited(manager, code=0) == []
    assert manager.run("retention", "due") == "May be disposed of: 0. On hold: 0. Kept for another reason: 0.\n"
    assert f"{OLD[0]} was disposed of under {number}." in manager.run("show", OLD[0], code=2)


def test_a_case_that_names_one_that_is_gone_stays_right(auditor: Clone, manager: Clone) -> None:
    file = auditor.folder / path(OPEN)
    file.write_text(file.read_text().replace("\nevents:", f"\nrelated: [{OLD[0]}]\nevents:", 1))
    commit(auditor, "Relate")
    number = propose(auditor)
    pull(manager)
    manager.run("retention", "dispose", "--decide", number)
    assert manager.run("check") == "Cases checked: 1. Errors: 0. Warnings: 0.\n"
    assert manager.run("check", path(OPEN)) == "Cases checked: 1. Errors: 0. Warnings: 0.\n"


def test_who_proposes_does_not_decide(server: Server) -> None:
    one = server.clone("one", "mgr-01")
    number = one.run("retention", "dispose", "--by", "le-01", "--as", "legal").partition(":")[0]
    commit(one, "Propose")
    said = one.run("retention", "dispose", "--decide", number, "--by", "le-01", "--as", "management", code=2)
    assert "le-01 does not hold the role management today." in said
    people = one.read("policy/people.yml")
    one.write(
        "policy/people.yml",
        people.replace(
            '- {role: legal, from: "2023-01-01"}',
            '- {role: legal, from: "2023-01-01"}\n      - {role: management, from: "2023-01-01"}',
        ),
    )
    commit(one, "Promote")
    said = one.run("retention", "dispose", "--decide", number, "--by", "le-01", "--as", "management", code=2)
    assert f"le-01 has proposed {number}; somebody else decides it." in said
    assert one.status() == ""


def test_what_is_not_on_record_is_not_decided(auditor: Clone, manager: Clone) -> None:
    number = auditor.run("retention", "dispose").partition(":")[0]
    name = f"cases/archive/disposals/{number}.yml"
    manager.write(name, auditor.read(name))
    said = manager.run("retention", "dispose", "--decide", number, code=2)
    assert f"{number} is not on record" in said
    commit(manager, "Smuggle", push=False)
    assert "is not on record" in manager.run("retention", "dispose", "--decide", number, code=2)
    assert (manager.folder / path(OLD[0])).is_file()


def test_a_hold_stops_a_disposal_that_was_proposed(auditor: Clone, manager: Clone, server: Server) -> None:
    number = propose(auditor)
    lawyer = server.clone("lawyer", "le-01")
    held = hold(lawyer, OLD[0], "--reason", "A lawsuit")
    commit(lawyer, "Hold")
    pull(manager)
    said = manager.run("retention", "dispose", "--decide", number, code=1)
    assert f"{OLD[0]} stays: on hold under {held}" in said
    assert "Nothing was decided and nothing removed." in said
    manager.run("retention", "release", held, "--reason", "Mine alone")
    said = manager.run("retention", "dispose", "--decide", number, code=1)
    assert f"{OLD[0]} stays: on hold under {held}" in said  # on record it still stands
    assert (manager.folder / path(OLD[0])).is_file()


# what an audit refuses


@pytest.fixture
def decided(auditor: Clone, manager: Clone) -> str:
    """The number of a disposal that the manager has decided and committed, and that is not merged."""
    number = propose(auditor)
    pull(manager)
    manager.run("retention", "dispose", "--decide", number)
    commit(manager, "Dispose", push=False)
    return number


def test_a_case_does_not_go_without_a_certificate(manager: Clone) -> None:
    manager.git("rm", "--quiet", path(OLD[0]))
    commit(manager, "Delete", push=False)
    found = audited(manager)
    assert [one.split(":")[0] for one in found] == ["audit-archived", "audit-case-deleted"]


def test_a_proposal_is_on_record_before_it_is_decided(manager: Clone, decided: str) -> None:
    base = manager.git("rev-parse", "HEAD~2").strip()
    said = manager.run("audit", f"{base}..HEAD", code=1)
    assert f"The proposal {decided} was not on record before." in said
    assert "audit-case-deleted" not in said


def test_a_certificate_of_the_proposer_or_in_the_name_of_another_counts_for_nothing(
    manager: Clone, decided: str
) -> None:
    manager.git("commit", "--quiet", "--amend", "--no-edit", "--author", "Martin Fjeld <martin.fjeld@example.com>")
    assert [one.partition(" Commit")[0] for one in audited(manager)] == [
        "audit-disposal: It is by mgr-01, but the author of the commit is aud-01.",
        f"audit-disposal: aud-01 has proposed {decided} and decides it.",
    ]


def test_a_proposal_in_the_name_of_another_counts_for_nothing(manager: Clone) -> None:
    manager.run("retention", "dispose", "--by", "aud-01")
    commit(manager, "Propose", push=False)
    assert [one.partition(" Commit")[0] for one in audited(manager)] == [
        "audit-disposal: It is by aud-01, but the author of the commit is mgr-01."
    ]


def test_nothing_goes_before_its_time_whatever_the_commit_says_of_the_certificate(manager: Clone, decided: str) -> None:
    early = {"GIT_COMMITTER_DATE": "2026-02-06T10:00:00+08:00"}
    words = ["git", "commit", "--quiet", "--amend", "--no-edit", "--date", "2026-02-06T10:00:00+08:00"]
    subprocess.run(words, cwd=manager.folder, env={**manager.environment, **early}, check=True)
    assert [one.partition(" Commit")[0] for one in audited(manager)] == [
        "audit-disposal: It is later than its commit.",
        f"audit-disposal: {OLD[1]} is kept until 2026-02-06.",
    ]


def test_a_hold_that_came_meanwhile_stops_it(manager: Clone, server: Server, decided: str) -> None:
    lawyer = server.clone("lawyer", "le-01")
    held = hold(lawyer, OLD[0], "--reason", "A lawsuit")
    commit(lawyer, "Hold")
    manager.git("fetch", "--quiet")
    assert [one.partition(" Commit")[0] for one in audited(manager)] == [
        f"audit-disposal: {OLD[0]} is on hold under {held}."
    ]
    manager.git("merge", "--quiet", "origin/main")
    manager.run("retention", "release", held, "--reason", "Mine alone")
    commit(manager, "Release", push=False)
    assert [one.partition(" Commit")[0] for one in audited(manager)] == [
        f"audit-disposal: {OLD[0]} is on hold under {held}."
    ]


def test_a_certificate_names_what_was_sealed_and_is_gone(manager: Clone, decided: str) -> None:
    manager.git("checkout", "--quiet", "HEAD~1", "--", path(OLD[0]))
    commit(manager, "Put back", push=False)
    assert f"audit-disposal: {OLD[0]} is still there." in audited(manager)[0]
    said = manager.run("archive", "verify", code=1)
    assert f"{path(OLD[0])}:1:1: error: {OLD[0]} was disposed of under {decided}, and this is still here." in said
    name = f"cases/archive/certificates/{decided}.yml"
    manager.write(name, manager.read(name).replace("2026-01-19", "2026-01-18"))
    said = manager.run("check", code=1)
    assert f"These are not the cases of the proposal {decided}." in said
    assert f"{OLD[0]} was not sealed as {decided} says." in said


def test_what_is_on_record_of_disposals_and_holds_stays(manager: Clone, decided: str) -> None:
    hold(manager, OPEN, "--reason", "A lawsuit")
    commit(manager, "Hold")
    assert audited(manager, code=0) == []
    for name in (f"cases/archive/certificates/{decided}.yml", f"cases/archive/disposals/{decided}.yml", HOLDS):
        text = manager.read(name)
        manager.write(name, text.replace("A lawsuit", "An error").replace("class: standard", "class: other"))
        commit(manager, "Alter", push=False)
        [first, *_] = audited(manager)
        assert first.startswith("audit-archive: ")
        manager.git("rm", "--quiet", name)
        commit(manager, "Delete", push=False)
        assert "audit-archive: " in audited(manager)[-1]
        manager.git("reset", "--quiet", "--hard", "origin/main")


def test_a_hold_is_placed_by_whoever_commits_it(manager: Clone) -> None:
    hold(manager, OPEN, "--reason", "A lawsuit", "--by", "le-01")
    commit(manager, "Hold", push=False)
    assert [one.partition(" Commit")[0] for one in audited(manager)] == [
        "audit-hold: It is by le-01, but the author of the commit is mgr-01."
    ]


def test_only_roles_of_the_settings_on_record_place_holds(server: Server) -> None:
    clone = server.clone("clerk", "cs-01")
    settings = clone.read("caseledger.yml")
    clone.write("caseledger.yml", settings.replace("hold: [legal, management]", "hold: [customer-service]"))
    hold(clone, OPEN, "--reason", "A lawsuit")
    commit(clone, "Hold", push=False)
    assert [one.partition(" Commit")[0] for one in audited(clone)] == [
        "audit-hold: By caseledger.yml of the base this is not for customer-service."
    ]


# what must never be disposed of


def test_nothing_is_disposed_of_where_the_settings_are_silent(auditor: Clone, manager: Clone) -> None:
    number = propose(auditor)
    settings = auditor.read("caseledger.yml")
    auditor.write("caseledger.yml", settings[: settings.index("retention:")])
    commit(auditor, "Say nothing")
    pull(manager)
    for words in (("dispose",), ("dispose", "--decide", number), ("hold", OPEN, "--reason", "x")):
        said = auditor.run("retention", *words, "--by", "mgr-01", code=0 if words == ("dispose",) else 2)
        assert "names no role" in said or "Nothing may be disposed of" in said
    assert "names no role" in manager.run("retention", "dispose", OLD[0], code=2)
    assert (manager.folder / path(OLD[0])).is_file()


@pytest.fixture
def elsewhere(auditor: Clone) -> Clone:
    """A clone in which new cases come under another policy than those that are archived."""
    auditor.write("caseledger.yml", auditor.read("caseledger.yml").replace("profile: quality", "profile: trade"))
    return auditor


@pytest.mark.parametrize("keep", ["0 y", "", "-1 y", "0"])
def test_a_policy_cannot_keep_for_no_time(elsewhere: Clone, keep: str) -> None:
    name = "policy/quality/2023-01-01/policy.yml"
    elsewhere.write(name, elsewhere.read(name).replace("keep: 3 y", f"keep: {keep}"))
    assert "retention.keep" in elsewhere.run("check", name, code=1)
    assert elsewhere.run("retention", "due").endswith("disposed of: 0. On hold: 0. Kept for another reason: 2.\n")
    assert "stays: it is open again, or what judges" in elsewhere.run("retention", "dispose", OLD[0], code=1)


def test_what_judges_a_case_must_be_there(elsewhere: Clone) -> None:
    shutil.rmtree(elsewhere.folder / "policy/quality")
    assert elsewhere.run("retention", "due").endswith("disposed of: 0. On hold: 0. Kept for another reason: 2.\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"kept_until": "2026-01-19", ', ""),
        ('"kept_until": "2026-01-19"', '"kept_until": 0'),
        ('"kept_until": "2026-01-19"', '"kept_until": null'),
        ('"kept_until": "2026-01-19"', '"kept_until": "0000-00-00"'),
    ],
)
def test_a_seal_without_its_last_day_frees_nothing(auditor: Clone, old: str, new: str) -> None:
    [file] = (auditor.folder / "cases/archive").glob("2*.yml")
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    assert "nothing is disposed of" in auditor.run("retention", "due", code=1)
    assert "nothing is disposed of" in auditor.run("retention", "dispose", code=1)


def test_a_seal_that_frees_too_early_is_outdone_by_the_policy(auditor: Clone) -> None:
    [file] = (auditor.folder / "cases/archive").glob("2*.yml")
    file.write_text(file.read_text().replace('"kept_until": "2026-01-19"', '"kept_until": "2023-01-19"'))
    said = auditor.run("retention", "due", "--as-of", "2025-01-01T12:00:00+08:00")
    assert rows(said) == [["standard", OLD[0], f"{file.stem}-000001", "2026-01-19", "-", "it is kept until 2026-01-19"]]


def test_a_clock_that_is_wrong_by_a_year_disposes_of_nothing(auditor: Clone, manager: Clone) -> None:
    number = propose(auditor)
    pull(manager)
    rulebook = Rulebook(manager.folder)
    people = rulebook.people.persons
    now = rulebook.local(instant.now())
    year = timedelta(days=365)
    with pytest.raises(CannotGoOn, match="but the newest commit is of"):
        deciding.decide(rulebook, number, people["mgr-01"], "management", now - year)
    with pytest.raises(CannotGoOn, match="look at another clock and say what day it is"):
        deciding.decide(rulebook, number, people["mgr-01"], "management", now + year)
    with pytest.raises(CannotGoOn, match="look at another clock and say what day it is"):
        proposing.refuse_unfit(rulebook, people["aud-01"], "supervision", now + year, None)
    with pytest.raises(CannotGoOn, match=r"The clock says .* Set it right first"):
        deciding.decide(rulebook, number, people["mgr-01"], "management", now + year, now.date())
    assert manager.status() == ""


def test_what_was_proposed_before_its_time_by_another_clock_is_not_decided(auditor: Clone, manager: Clone) -> None:
    number = auditor.run("retention", "dispose").partition(":")[0]
    name = f"cases/archive/disposals/{number}.yml"
    text = auditor.read(name)
    at = re.search(r'at: "?([^"\n]*)', text)
    assert at
    auditor.write(name, text.replace(at[1], "2026-01-19T12:00:00+08:00"))
    commit(auditor, "Propose")
    pull(manager)
    said = manager.run("retention", "dispose", "--decide", number, code=1)
    assert f"{OLD[0]} stays: it is kept until 2026-01-19" in said
    assert manager.status() == ""


# disposals that are interrupted, or not alone


@pytest.mark.parametrize("how", [faults.KILL, faults.FULL, faults.READ_ONLY])
def test_a_decision_that_is_stopped_at_any_write_is_finished_by_the_next(
    auditor: Clone, manager: Clone, how: str
) -> None:
    number = propose(auditor)
    pull(manager)
    words = ("retention", "dispose", "--decide", number)
    strikes = 0
    for ran in faults.struck(manager, manager.folder, how, *words):
        strikes += 1
        assert ran.returncode == (-9 if how == faults.KILL else 2), ran.stderr
        assert "Traceback" not in ran.stderr
        certified = (manager.folder / f"cases/archive/certificates/{number}.yml").is_file()
        left = [name for name in (path(OLD[0]), EVIDENCE, path(OLD[1])) if (manager.folder / name).is_file()]
        said = manager.run("archive", "verify", code=1 if certified and left else 0)
        named = re.findall(r"^(\S+):1:1: error: \S+ was disposed of under", said, re.MULTILINE)
        assert sorted(named) == sorted(left if certified else [])
        assert certified or len(left) == 3
        manager.run(*words)
        assert manager.run("archive", "verify").endswith(f"Disposed of under {number}: 2 cases.\n")
        assert not [name for name in (path(OLD[0]), EVIDENCE, path(OLD[1])) if (manager.folder / name).exists()]
        manager.git("reset", "--quiet", "--hard")
        manager.git("clean", "--quiet", "--force", "-d", "-x")
    assert strikes >= 6


@pytest.mark.parametrize("how", [faults.KILL, faults.FULL, faults.READ_ONLY])
def test_a_proposal_or_hold_that_is_stopped_is_there_or_not(auditor: Clone, how: str) -> None:
    for words in (("dispose",), ("hold", OPEN, "--reason", "A lawsuit", "--by", "le-01")):
        for ran in faults.struck(auditor, auditor.folder / "cases", how, "retention", *words):
            assert "Traceback" not in ran.stderr
            auditor.run("archive", "verify")
            auditor.git("clean", "--quiet", "--force", "-d")


def test_two_decide_at_once(auditor: Clone, manager: Clone) -> None:
    number = propose(auditor)
    pull(manager)
    running = [manager.start("retention", "dispose", "--decide", number, "--by", by) for by in ("mgr-01", "mgr-02")]
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    assert manager.run("archive", "verify").endswith(f"Disposed of under {number}: 2 cases.\n")
    assert of(manager, f"cases/archive/certificates/{number}.yml")["decided"]["by"] in ("mgr-01", "mgr-02")


def test_what_changed_after_it_was_decided_stays(auditor: Clone, manager: Clone) -> None:
    number = propose(auditor)
    pull(manager)
    manager.run("retention", "dispose", "--decide", number)
    manager.git("checkout", "--quiet", "HEAD", "--", path(OLD[0]))
    words = ("--by", "cs-01", "--as", "customer-service", "--at", "2023-03-01T09:00:00+08:00")
    manager.run("append", OLD[0], "reopened", "--set", "reason=Torn again", *words)
    said = manager.run("retention", "dispose", "--decide", number, code=1)
    assert f"What was disposed of under {number} is not as it was sealed." in said
    assert (manager.folder / path(OLD[0])).is_file()


# what is shown


def test_show_names_the_holds_of_a_case(manager: Clone) -> None:
    number = hold(manager, OPEN, "--reason", "A lawsuit", "--until", "2099-12-31")
    hold(manager, OPEN, "--reason", "Over", "--until", "2099-12-31")
    said = manager.run("show", OPEN)
    assert re.search(
        rf"  On hold: {number} since 20\d\d-\d\d-\d\d until 2099-12-31, by mgr-01 as Management: A lawsuit\n", said
    )
    assert said.count("  On hold: ") == 2


def test_a_summary_names_holds_and_disposals(auditor: Clone, manager: Clone) -> None:
    held = hold(manager, OPEN, "--reason", "A lawsuit")
    commit(manager, "Hold", push=False)
    said = manager.run("summary", "origin/main..HEAD")
    assert said == f"Holds placed or released: 1.\n\nLegal hold {held} placed by mgr-01\n  {OPEN}\n"
    manager.git("reset", "--quiet", "--hard", "origin/main")
    number = propose(auditor)
    said = auditor.run("summary", "HEAD~1..HEAD")
    assert said == (
        f"Cases proposed for disposal: 2.\n\nDisposal {number} proposed by aud-01\n  {OLD[0]}\n  {OLD[1]}\n"
    )
    pull(manager)
    manager.run("retention", "dispose", "--decide", number)
    commit(manager, "Dispose", push=False)
    assert manager.run("summary", "origin/main..HEAD") == (
        "Cases disposed of: 2.\n"
        f"! {number}: 2 cases are disposed of for ever, decided by mgr-01.\n\n"
        f"Disposal {number} decided by mgr-01\n  {OLD[0]}\n  {OLD[1]}\n"
    )


def test_the_site_shows_holds_and_what_was_disposed_of(auditor: Clone, manager: Clone) -> None:
    file = auditor.folder / path(OPEN)
    file.write_text(file.read_text().replace("\nevents:", f"\nrelated: [{OLD[0]}]\nevents:", 1))
    held = hold(auditor, OPEN, OLD[1], "--reason", "A <b>lawsuit</b>", "--by", "mgr-01")
    commit(auditor, "Relate")
    number = propose(auditor, OLD[0])
    before = pages(auditor.folder)
    page = before[f"cases/2026/11/{OPEN}.html"]
    assert re.search(rf"On hold {held} since 20\d\d-\d\d-\d\d A <b>lawsuit</b>", page.words)
    assert "A <b>lawsuit</b> 沈国华 (Management)" in page.words
    assert f"{OLD[0]} Closed" in page.words
    assert re.search(rf"2026-02-06 {year_of(auditor)}-000002 {held}", before["archive/2023.html"].words)
    assert f"On hold: 1. {held}" in re.sub(r" Kept until.*?000002", "", before["archive/disposal.html"].words)
    counted = before["management/2023.html"]
    pull(manager)
    manager.run("retention", "dispose", "--decide", number)
    after = pages(manager.folder)
    page = after[f"cases/2026/11/{OPEN}.html"]
    assert f"Related cases {OLD[0]} disposed of {number}" in page.words
    assert f"../../../archive/disposed/{number}.html" in page.links
    assert f"cases/2023/01/{OLD[0]}.html" not in after
    assert f"{number} 20" in after["archive/disposed.html"].words
    assert f"../archive/disposed/{number}.html" in after["archive/disposed.html"].links
    assert f"{year_of(auditor)}-000001 {OLD[0]} 2026-01-19" in after[f"archive/disposed/{number}.html"].words
    assert "Disposed of: 1." in after["archive/index.html"].words
    gone = "Of these cases, 1 were disposed of: they are counted, and cannot be listed any more. Disposed of "
    assert gone in after["management/2023.html"].words
    assert after["management/2023.html"].words.replace(gone, "") == counted.words


def year_of(clone: Clone) -> str:
    """The year of the archive numbers."""
    [file] = (clone.folder / "cases/archive").glob("2*.yml")
    return file.stem


def pages(root: Path) -> dict[str, Page]:
    """The English pages of a repository, by path."""
    rulebook = Rulebook(root)
    rows = casework.stamp_files(root, list(register.case_files(root))).rows
    writer = Writer(root / "docs", Names(rulebook, Words("en")), casework.NOW)
    archive.write(writer, rows)
    management.write(writer, rows, (), (), gone.counted(root, rows, INSIDE))
    found = {name: Page(page.html) for name, page in writer.made.items()}
    return found | {row.url: Page(casework.page(root, row)) for row in rows}


# what lies outside Git


def test_evidence_in_stores_and_keys_go_once_the_certificate_is_on_record(tmp_path: Path) -> None:
    example = (ROOT / "tests/files/pass/plain.yml").read_text("utf-8").replace("C-20261103-PASS0", OPEN)
    server = Server(tmp_path, {**shipped(*OLD), path(OPEN): example})
    clerk = server.clone("clerk")
    own, shared = clerk.write("own.txt", "Only of one case\n"), clerk.write("shared.txt", "Of two cases\n")
    words = ("--obtained", "By mail", "--by", "cs-01", "--as", "customer-service")
    clerk.run("evidence", "add", OLD[0], str(own), str(shared), "--at", "2023-02-20T09:00:00+08:00", *words)
    clerk.run("evidence", "add", OPEN, str(shared), *words)
    own.unlink()
    shared.unlink()
    commit(clerk, "Add evidence")
    clerk.run("archive", "run", "--push")
    ref, other = (of(clerk, path(case))["consumer"]["ref"] for case in OLD)
    kept = {case: of(clerk, path(case))["consumer"]["ref"] for case in (*OLD, OPEN)}
    assert len(set(kept.values())) == 3

    manager = server.clone("manager", "mgr-01")
    shutil.copytree(tmp_path / "clerk-evidence", tmp_path / "manager-evidence")
    store = tmp_path / "manager-evidence"
    vault = Vault(Places(tmp_path / "manager-vault", tmp_path / "manager-keys"))
    reader = Reader("customer-service", "cs-01", str(Identity.generate().to_public()))
    for one in kept.values():
        vault.put(one, {"name": "Kari Nordmann"}, [reader])
    number = propose(server.clone("auditor", "aud-01"))
    pull(manager)
    before = names(store)
    manager.run("retention", "dispose", "--decide", number)
    assert of(manager, f"cases/archive/certificates/{number}.yml")["consumers"] == sorted((ref, other))
    commit(manager, "Dispose", push=False)
    nothing = "The stores keep nothing of cases that were disposed of.\n"
    assert manager.run("retention", "sweep") == nothing  # nobody has agreed yet
    assert names(store) == before
    assert vault.erased(ref) is None
    assert audited(manager, code=0) == []

    manager.git("push", "--quiet", "origin", "HEAD:main")
    digest = hashlib.sha256(b"Only of one case\n").hexdigest()
    assert f"evidence/{digest} of {OLD[0]} would go.\n" in manager.run("retention", "sweep", "--dry-run")
    assert names(store) == before
    said = manager.run("retention", "sweep")
    assert f"Removed evidence/{digest} of {OLD[0]}\n" in said
    assert before - names(store) == {digest}
    for one in (ref, other):
        stone = vault.erased(one)
        assert stone
        assert (stone.by, stone.reason) == ("mgr-01", f"disposed of under {number}")
        assert f"{one}: the key is destroyed" in said
    assert vault.erased(kept[OPEN]) is None
    assert manager.run("retention", "sweep") == nothing


def test_a_consumer_whom_another_case_names_stays(tmp_path: Path) -> None:
    example = (ROOT / "tests/files/pass/plain.yml").read_text("utf-8").replace("C-20261103-PASS0", OPEN)
    ref = yamltext.read(shipped(OLD[0])[path(OLD[0])].encode(), "").data["consumer"]["ref"]
    example = re.sub(r"U-[0-9A-Z]{10}", ref, example)
    server = Server(tmp_path, {**shipped(*OLD), path(OPEN): example})
    server.clone("archivist").run("archive", "run", "--push")
    number = propose(server.clone("auditor", "aud-01"))
    manager = server.clone("manager", "mgr-01")
    manager.run("retention", "dispose", "--decide", number)
    assert ref not in of(manager, f"cases/archive/certificates/{number}.yml")["consumers"]


def test_a_certificate_destroys_no_key_of_somebody_else(manager: Clone, decided: str) -> None:
    name = f"cases/archive/certificates/{decided}.yml"
    text = manager.read(name)
    assert "consumers: [" in text
    manager.write(name, text.replace("consumers: [", "consumers: [U-AAAAAAAAAA, "))
    commit(manager, "Add", push=False)
    manager.git("reset", "--quiet", "--soft", "origin/main")
    commit(manager, "Dispose", push=False)
    assert [one.partition(" Commit")[0] for one in audited(manager)] == [
        "audit-disposal: U-AAAAAAAAAA is the consumer of none of these cases."
    ]


def names(folder: Path) -> set[str]:
    """The names of all files below a folder."""
    return {file.name for file in folder.rglob("*") if file.is_file()}


def test_a_copy_tells_what_is_gone_from_what_is_missing(auditor: Clone, manager: Clone, tmp_path: Path) -> None:
    number = propose(auditor, OLD[0])
    pull(manager)
    manager.run("retention", "dispose", "--decide", number)
    year = year_of(manager)
    assert manager.run("archive", "export", year) == f"archive-{year}.zip: 1 cases\n"
    with zipfile.ZipFile(manager.folder / f"archive-{year}.zip") as found:
        found.extractall(tmp_path / "restored")
    words = ["--repo", str(tmp_path / "restored")]
    assert manager.run(*words, "archive", "verify").startswith("Sealed cases: 2. Archive numbers: 2. Problems: 0.\n")
    assert manager.run(*words, "check") == "Cases checked: 1. Errors: 0. Warnings: 0.\n"
