"""Evidence: added, verified, taken out; interrupted, by two at once, altered, lost."""

import hashlib
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from caseledger import casefile, instant, register, yamltext
from caseledger.cli import bar
from caseledger.evidence import adding
from caseledger.evidence.verifying import Report, Verification
from caseledger.rulebook import Rulebook
from caseledger.stores.folder import Folder
from caseledger.stores.registry import Stores
from tests import faults, samples
from tests.casework import JSON
from tests.clones import Clone, Server
from tests.conftest import REGION
from tests.console import ROOT
from tests.swift import PROGRAM

CASE = "C-20261103-7K3QD"
OTHER = "C-20261104-PASS1"
PATH = f"cases/2026/11/{CASE}.yml"
NOTHING = "Files of evidence verified: 0. Kept elsewhere, not read: 0. Problems: 0.\n"
FINE = "Files of evidence verified: 2. Kept elsewhere, not read: 0. Problems: 0.\n"
HOW = ("--obtained", "From the consumer, by e-mail")


def plain(case_id: str) -> str:
    """A case that has just been received."""
    example = (ROOT / "tests/files/pass/plain.yml").read_text("utf-8").replace("C-20261103-PASS0", case_id)
    return example.replace("2026-11-03T", f"2026-11-{case_id[8:10]}T")


@pytest.fixture
def server(tmp_path: Path) -> Server:
    """A server with two cases."""
    return Server(tmp_path, {f"cases/2026/11/{case}.yml": plain(case) for case in (CASE, OTHER)})


@pytest.fixture
def clone(server: Server) -> Clone:
    """A clone of it, and beside it a picture and a report from outside."""
    made = server.clone("one")
    (server.home / "zip.jpg").write_bytes(samples.picture())
    (server.home / "report.pdf").write_bytes(samples.PDF)
    return made


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


ZIP = digest(samples.picture())
REPORT = digest(samples.PDF)


def events(clone: Clone, case: str = CASE) -> list[JSON]:
    """The events of a case behind the first."""
    found: list[JSON] = yamltext.read(clone.read(f"cases/2026/11/{case}.yml").encode(), "").data["events"][1:]
    return found


def kept(clone: Clone, name: str = "one-evidence") -> dict[str, bytes]:
    """What the store beside the clone keeps."""
    folder = clone.folder.parent / name
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def damage(clone: Clone, key: str, raw: bytes) -> None:
    """Change what the store keeps."""
    file = clone.folder.parent / "one-evidence" / key[:2] / key
    file.chmod(0o644)
    file.write_bytes(raw)


def test_files_are_kept_and_then_named_by_one_event(clone: Clone) -> None:
    said = clone.run("evidence", "add", CASE, "../zip.jpg", "../report.pdf", *HOW)
    assert said.startswith(
        f"zip.jpg: image/jpeg, SHA-256 {ZIP}\nreport.pdf: application/pdf, SHA-256 {REPORT}\n{PATH}\n{CASE}: "
    )
    [event] = events(clone)
    assert {name: event[name] for name in ("type", "by", "as", "obtained", "files")} == {
        "type": "evidence",
        "by": "cs-01",
        "as": "customer-service",
        "obtained": "From the consumer, by e-mail",
        "files": [
            {
                "name": "zip.jpg",
                "sha256": ZIP,
                "size": len(samples.picture()),
                "media_type": "image/jpeg",
                "uri": f"store:evidence/{ZIP}",
            },
            {
                "name": "report.pdf",
                "sha256": REPORT,
                "size": len(samples.PDF),
                "media_type": "application/pdf",
                "uri": f"store:evidence/{REPORT}",
            },
        ],
    }
    assert kept(clone) == {f"{ZIP[:2]}/{ZIP}": samples.picture(), f"{REPORT[:2]}/{REPORT}": samples.PDF}
    assert clone.run("check") == "Cases checked: 2. Errors: 0. Warnings: 0.\n"
    assert (
        clone.run("evidence", "verify") == "Files of evidence verified: 2. Kept elsewhere, not read: 0. Problems: 0.\n"
    )


def test_the_same_content_is_kept_once_for_two_cases(clone: Clone) -> None:
    shutil.copy(clone.folder.parent / "zip.jpg", clone.folder.parent / "again.jpg")
    clone.run("evidence", "add", CASE, "../zip.jpg", "../again.jpg", *HOW)
    clone.run("evidence", "add", OTHER, "../again.jpg", *HOW)
    assert [file["name"] for event in events(clone) for file in event["files"]] == ["zip.jpg"]
    assert [file["name"] for event in events(clone, OTHER) for file in event["files"]] == ["again.jpg"]
    assert list(kept(clone)) == [f"{ZIP[:2]}/{ZIP}"]
    assert (
        clone.run("evidence", "verify") == "Files of evidence verified: 2. Kept elsewhere, not read: 0. Problems: 0.\n"
    )


def test_what_is_recorded_is_not_recorded_again(clone: Clone) -> None:
    clone.run("evidence", "add", CASE, "../zip.jpg", *HOW)
    assert clone.run("evidence", "add", CASE, "../zip.jpg", *HOW).startswith("zip.jpg is recorded already.\n")
    said = clone.run("evidence", "add", CASE, "../zip.jpg", "../report.pdf", *HOW)
    assert said.startswith(f"zip.jpg is recorded already.\nreport.pdf: application/pdf, SHA-256 {REPORT}\n")
    assert [[file["name"] for file in event["files"]] for event in events(clone)] == [["zip.jpg"], ["report.pdf"]]
    clone.run("evidence", "add", CASE, "../zip.jpg", "--obtained", "From the merchant")
    assert events(clone)[-1]["obtained"] == "From the merchant"


def test_of_the_default_store_one_is_told(clone: Clone) -> None:
    ran = clone.start("evidence", "add", CASE, "../zip.jpg", *HOW)
    assert ran.communicate()[1] == (
        f"The settings name no store: evidence is kept in {clone.folder.parent}/one-evidence. Others need it, too:"
        " docs/evidence.md\n"
    )


def test_what_may_not_be_evidence_is_refused_and_all_with_it(clone: Clone) -> None:
    (clone.folder.parent / "invoice.pdf").write_bytes(samples.program())
    said = clone.run("evidence", "add", CASE, "../zip.jpg", "../invoice.pdf", *HOW, code=1)
    assert said == (
        "Error: Nothing is recorded: not every file can be evidence.\n"
        "../invoice.pdf:1:1: error: The file is a program for Windows or DOS (MZ). [evidence-refused]\n"
        "    The file was left where it is. Ask for it in another form, such as a picture or a PDF; or set it aside, on"
        " record: --quarantine.\n"
    )
    assert events(clone) == []
    assert kept(clone) == {}
    assert (clone.folder.parent / "invoice.pdf").read_bytes() == samples.program()


def test_what_is_refused_can_be_set_aside_on_record(clone: Clone) -> None:
    (clone.folder.parent / "invoice.pdf").write_bytes(samples.program())
    bad = digest(samples.program())
    words = ("evidence", "add", CASE, "../zip.jpg", "../invoice.pdf", *HOW, "--quarantine")
    said = clone.run(*words, "--note", "Sent twice", code=1)
    assert "invoice.pdf: set aside. The file is a program for Windows or DOS (MZ).\n" in said
    [event] = events(clone)
    assert [file["name"] for file in event["files"]] == ["zip.jpg"]
    assert event["note"] == (
        f"Sent twice\nNot taken as evidence, kept in quarantine: invoice.pdf (SHA-256 {bad}): The file is a program for"
        " Windows or DOS (MZ)."
    )
    assert kept(clone, "one-quarantine") == {f"{bad[:2]}/{bad}": samples.program()}
    clone.run(*words, code=1)
    assert len(events(clone)) == 1
    assert clone.run("evidence", "verify").endswith("Problems: 0.\n")


def test_where_all_is_set_aside_a_note_says_so(clone: Clone) -> None:
    (clone.folder.parent / "start.bat").write_bytes(b"del *.*\n")
    clone.run("evidence", "add", CASE, "../start.bat", *HOW, "--quarantine", code=1)
    [event] = events(clone)
    assert (event["type"], event["note"]) == (
        "note",
        f"Not taken as evidence, kept in quarantine: start.bat (SHA-256 {digest(b'del *.*' + bytes([10]))}): The file"
        " is called so that systems start it (.bat).",
    )


def test_nothing_is_stored_for_an_event_that_would_be_refused(clone: Clone) -> None:
    said = clone.run("evidence", "add", CASE, "../zip.jpg", *HOW, "--as", "nobody", code=1)
    assert "[role-known]" in said or "[event-role]" in said
    assert kept(clone) == {}


def test_a_hostile_name_is_cleaned_before_it_is_written(clone: Clone) -> None:
    name = "-rf \u202egpj.\x1b[31mzip$(touch owned)`.jpg"
    (clone.folder.parent / name).write_bytes(samples.picture())
    clone.run("evidence", "add", CASE, f"../{name}", *HOW)
    assert events(clone)[0]["files"][0]["name"] == "rf gpj.[31mzip$(touch owned)`.jpg"
    assert clone.run("evidence", "get", CASE, ZIP[:8]) == "rf gpj.[31mzip$(touch owned)`.jpg\n"


def test_add_commits_the_case_alone_and_pushes_it(server: Server, clone: Clone) -> None:
    said = clone.run("evidence", "add", CASE, "../zip.jpg", *HOW, "--push")
    assert f"Pushed to origin: {CASE}: evidence (customer-service)\n" in said
    assert clone.status() == ""
    assert server.clone("two").read(PATH) == clone.read(PATH)


def test_files_are_gotten_by_name_or_by_hash(clone: Clone) -> None:
    clone.run("evidence", "add", CASE, "../zip.jpg", "../report.pdf", *HOW)
    assert clone.run("evidence", "get", CASE, "zip.jpg") == "zip.jpg\n"
    assert (clone.folder / "zip.jpg").read_bytes() == samples.picture()
    assert clone.run("evidence", "get", CASE, "zip.jpg", code=2) == (
        "Error: zip.jpg is there already. Name another with --output.\n"
    )
    assert clone.run("evidence", "get", CASE, REPORT[:8].upper(), "-o", "other.pdf") == "other.pdf\n"
    assert (clone.folder / "other.pdf").read_bytes() == samples.PDF
    assert clone.run("evidence", "get", CASE, "zipp.jpg", code=2) == (
        "Error: The case has no file of evidence called zipp.jpg; it has: zip.jpg, report.pdf.\n"
    )
    assert clone.run("evidence", "get", OTHER, "zip.jpg", code=2) == "Error: The case has no evidence.\n"
    shown = subprocess.run(
        [sys.executable, "-m", "caseledger", "evidence", "get", CASE, "report.pdf", "-o", "-"],
        cwd=clone.folder, env=clone.environment, capture_output=True, check=True,
    )  # fmt: skip
    assert shown.stdout == samples.PDF


def test_what_is_not_as_recorded_is_not_gotten(clone: Clone) -> None:
    clone.run("evidence", "add", CASE, "../zip.jpg", "../report.pdf", *HOW)
    damage(clone, ZIP, b"something else")
    store = clone.folder.parent / "one-evidence"
    (store / REPORT[:2] / REPORT).unlink()
    said = clone.run("evidence", "get", CASE, "zip.jpg", code=1)
    assert said.startswith(f"Error: zip.jpg in {store} is not what was recorded.\n")
    said = clone.run("evidence", "get", CASE, "zip.jpg", "-o", "-", code=1)
    assert said.startswith(f"Error: zip.jpg in {store} is not what was recorded.\n")
    assert clone.run("evidence", "get", CASE, "report.pdf", code=1).startswith(
        f"Error: report.pdf is not in {store}.\n"
    )
    assert not (clone.folder / "zip.jpg").exists()


def test_two_files_of_one_name_are_told_apart_by_hash(clone: Clone) -> None:
    clone.run("evidence", "add", CASE, "../zip.jpg", *HOW)
    (clone.folder.parent / "zip.jpg").write_bytes(samples.PDF)
    clone.run("evidence", "add", CASE, "../zip.jpg", *HOW)
    assert clone.run("evidence", "get", CASE, "zip.jpg", code=2) == (
        f"Error: Several files are called zip.jpg. Name one by its SHA-256: {ZIP[:12]}, {REPORT[:12]}.\n"
    )


def test_verify_names_what_is_missing_altered_and_orphaned(clone: Clone) -> None:
    clone.run("evidence", "add", CASE, "../zip.jpg", "../report.pdf", *HOW)
    store = clone.folder.parent / "one-evidence"
    damage(clone, ZIP, b"something else")
    (store / REPORT[:2] / REPORT).unlink()
    (store / "note.txt").write_text("mine")
    assert clone.run("evidence", "verify", code=1) == (
        f"{PATH}:27:14: error: zip.jpg in {store} has the SHA-256 {digest(b'something else')}. [evidence-altered]\n"
        "    Keep what is there apart, find out who changed it, and put the right one back from a backup of the"
        " store.\n"
        f"{PATH}:32:14: error: report.pdf is not in {store}. [evidence-missing]\n"
        "    Put it back from a backup of the store, or fetch it: git lfs pull. Until then the case stands without"
        " it.\n"
        "store:evidence/note.txt:1:1: error: note.txt is in the store evidence, and no case names it."
        " [evidence-orphaned]\n"
        "    It is of a command that was interrupted, which may be given again, of a case that is not here, or of one"
        " that was disposed of: caseledger retention sweep. Nothing removes it by itself.\n"
        "Files of evidence verified: 0. Kept elsewhere, not read: 0. Problems: 3.\n"
    )
    assert clone.run("evidence", "verify", OTHER) == (
        "Files of evidence verified: 0. Kept elsewhere, not read: 0. Problems: 0.\n"
    )
    assert clone.run("evidence", "verify", CASE, code=1).endswith("Problems: 2.\n")


def test_verify_knows_what_corrections_and_other_stores_say(clone: Clone) -> None:
    web = "https://files.example.com/zip.jpg"
    entry = f'{{"name": "zip.jpg", "sha256": "{ZIP}", "size": 1, "media_type": "image/jpeg", "uri": "URI"}}'
    words = ("append", CASE, "evidence", "--set", "obtained=From the carrier", "--set")
    clone.run(*words, f"files=[{entry.replace('URI', web)}]")
    clone.run(
        *words, f"files=[{entry.replace('URI', f'store:lost/{ZIP}')}]", "--at", "2026-11-21T12:00:00+08:00", code=1
    )
    clone.run(*words, f"files=[{entry.replace('URI', f'store:lost/{ZIP}')}]")
    said = clone.run("evidence", "verify", code=1)
    assert "There is no store lost in caseledger.yml; there are: evidence. [evidence-missing]\n" in said
    assert said.endswith("Files of evidence verified: 0. Kept elsewhere, not read: 1. Problems: 1.\n")


def test_a_case_that_cannot_be_read_makes_no_orphans(clone: Clone) -> None:
    clone.run("evidence", "add", CASE, "../zip.jpg", *HOW)
    clone.write(f"cases/2026/11/{CASE}/seen.txt", "mine")
    clone.write(PATH, clone.read(PATH) + "\tbroken: [\n")
    assert (
        clone.run("evidence", "verify") == "Files of evidence verified: 0. Kept elsewhere, not read: 0. Problems: 0.\n"
    )


def test_what_another_branch_names_is_no_orphan(clone: Clone) -> None:
    clone.git("switch", "--quiet", "--create", "proposed")
    clone.run("evidence", "add", CASE, "../zip.jpg", *HOW, "--commit")
    clone.git("switch", "--quiet", "main")
    assert (
        clone.run("evidence", "verify") == "Files of evidence verified: 0. Kept elsewhere, not read: 0. Problems: 0.\n"
    )
    clone.git("branch", "--quiet", "--delete", "--force", "proposed")
    said = clone.run("evidence", "verify", code=1)
    assert said.startswith(f"store:evidence/{ZIP}:1:1: error: {ZIP} is in the store evidence, and no case names it.")


def test_a_file_beside_a_case_that_no_entry_names_is_an_orphan(clone: Clone) -> None:
    clone.write(f"cases/2026/11/{CASE}/seen.txt", "mine")
    said = clone.run("evidence", "verify", code=1)
    assert said.startswith(
        f"cases/2026/11/{CASE}/seen.txt:1:1: error: cases/2026/11/{CASE}/seen.txt lies beside a case"
    )


class Stopped(Exception):
    """Somebody has pressed Ctrl-C."""


def verify(clone: Clone, *, stop: bool = False, again: bool = False) -> Report:
    """What a verification of all cases finds, stopped after its first file if asked for."""

    def stop_after_one(read: int) -> None:
        if stop and read:
            raise Stopped

    root = clone.folder
    entries = [casefile.load(root, path)[0] for path in register.case_files(root)]
    verification = Verification(root, Stores(root, Rulebook(root).settings), entries, instant.now())
    return verification.run(stop_after_one, again=again, whole=True)


def test_a_verification_that_was_interrupted_goes_on_where_it_was(clone: Clone) -> None:
    clone.run("evidence", "add", CASE, "../zip.jpg", "../report.pdf", *HOW)
    with pytest.raises(Stopped):
        verify(clone, stop=True)
    damage(clone, min(ZIP, REPORT), b"altered after it was verified")
    report = verify(clone)
    assert (report.verified, report.before, report.problems) == (2, 1, ())
    report = verify(clone)  # that run is over: the next looks at all of them
    assert (report.verified, report.before, [problem.code for problem in report.problems]) == (
        1,
        0,
        ["evidence-altered"],
    )


def test_a_verification_can_begin_again_after_an_interruption(clone: Clone) -> None:
    clone.run("evidence", "add", CASE, "../zip.jpg", "../report.pdf", *HOW)
    with pytest.raises(Stopped):
        verify(clone, stop=True)
    damage(clone, min(ZIP, REPORT), b"altered after it was verified")
    assert clone.run("evidence", "verify", "--again", code=1).endswith("Problems: 1.\n")


def test_it_is_said_where_a_verification_goes_on(clone: Clone) -> None:
    clone.run("evidence", "add", CASE, "../zip.jpg", "../report.pdf", *HOW)
    with pytest.raises(Stopped):
        verify(clone, stop=True)
    said, told = clone.start("evidence", "verify").communicate()
    assert said == "Files of evidence verified: 2. Kept elsewhere, not read: 0. Problems: 0.\n"
    assert told.startswith("Goes on with the run of 20")
    assert told.endswith(": 1 files were verified already.\n")


@pytest.mark.parametrize("how", [faults.KILL, faults.FULL, faults.READ_ONLY])
def test_wherever_it_stops_a_second_run_finishes(clone: Clone, how: str) -> None:
    before = clone.read(PATH)
    stopped = 0
    words = ("evidence", "add", CASE, "../zip.jpg", "../report.pdf", *HOW, "--commit")
    for ran in faults.struck(clone, clone.folder.parent, how, *words):
        stopped += 1
        assert how == faults.KILL or ran.returncode in (0, 2), ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr
        shutil.rmtree(clone.folder / ".git/index.lock", ignore_errors=True)
        named = {file["sha256"] for event in events(clone) for file in event["files"]}
        assert named in (set(), {ZIP, REPORT})
        store = kept(clone)
        assert named <= {digest(raw) for raw in store.values()}
        whole = {key for key, raw in store.items() if key.endswith(f"/{digest(raw)}")}
        verified = clone.run("evidence", "verify", code=1 if len(store) > len(named) else 0)
        assert verified.count("[evidence-orphaned]") == len(store) - len(named)
        assert verified.count("[evidence-") == verified.count("[evidence-orphaned]")
        assert {key.rpartition("/")[2] for key in whole} <= {ZIP, REPORT}
        clone.run(*words)
        assert clone.status() == ""
        assert [file["sha256"] for event in events(clone) for file in event["files"]] == [ZIP, REPORT]
        assert sorted(kept(clone)) == sorted(f"{key[:2]}/{key}" for key in (ZIP, REPORT))
        assert clone.run("evidence", "verify").endswith("Problems: 0.\n")
        clone.git("reset", "--quiet", "--hard", "origin/main")
        shutil.rmtree(clone.folder.parent / "one-evidence")
        assert clone.read(PATH) == before
    assert stopped > 8


def test_two_who_add_the_same_at_once_keep_it_once(clone: Clone) -> None:
    words = ("evidence", "add", CASE, "../zip.jpg", "../report.pdf", *HOW)
    running = [clone.start(*words, "--commit") for _ in range(2)]
    said = [ran.communicate() for ran in running]
    assert [ran.returncode for ran in running] == [0, 0], said
    assert sorted(kept(clone)) == sorted(f"{key[:2]}/{key}" for key in (ZIP, REPORT))
    assert [file["sha256"] for event in events(clone) for file in event["files"]] == [ZIP, REPORT]
    assert clone.run("evidence", "verify").endswith("Problems: 0.\n")


def test_git_lfs_takes_files_to_the_server_with_the_push(
    server: Server, clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_LFS_SKIP_SMUDGE", "1")
    clone.git("lfs", "install", "--local")
    clone.write("caseledger.yml", clone.read("caseledger.yml") + 'stores: {git: "lfs:"}\n')
    clone.git("commit", "--quiet", "--all", "--message", "Keep evidence in Git LFS")
    said = clone.run("evidence", "add", CASE, "../zip.jpg", *HOW, "--push")
    assert f"Pushed to origin: {CASE}: evidence (customer-service)\n" in said
    assert clone.status() == ""
    assert events(clone)[0]["files"][0]["uri"] == f"lfs/{ZIP}.jpg"
    assert (server.folder / "lfs/objects" / ZIP[:2] / ZIP[2:4] / ZIP).read_bytes() == samples.picture()
    other = server.clone("two")
    assert other.run("check") == "Cases checked: 2. Errors: 0. Warnings: 0.\n"
    said = other.run("evidence", "verify", code=1)
    assert "only its pointer is there. Fetch it: git lfs pull [evidence-missing]\n" in said
    other.git("lfs", "install", "--local")
    other.git("lfs", "pull")
    assert other.run("evidence", "verify").endswith("Problems: 0.\n")


def test_an_entry_is_carried_onto_what_others_pushed_with_its_files(server: Server, clone: Clone) -> None:
    clone.git("lfs", "install", "--local")
    clone.write("caseledger.yml", clone.read("caseledger.yml") + 'stores: {git: "lfs:"}\n')
    clone.git("commit", "--quiet", "--all", "--message", "Keep evidence in Git LFS")
    clone.git("push", "--quiet")
    other = server.clone("two", "cs-02")
    other.run("append", CASE, "note", "--note", "Called", "--as", "customer-service", "--push")
    clone.run("evidence", "add", CASE, "../zip.jpg", *HOW, "--commit")
    clone.run("append", "--push")
    assert sorted(event["type"] for event in events(clone)) == ["evidence", "note"]
    assert clone.status() == ""
    assert (clone.folder / f"cases/2026/11/{CASE}/lfs/{ZIP}.jpg").read_bytes() == samples.picture()


def test_a_case_with_files_in_git_lfs_is_sealed_and_stays_sealed_where_only_pointers_are(
    server: Server, clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_LFS_SKIP_SMUDGE", "1")
    clone.git("lfs", "install", "--local")
    clone.write("caseledger.yml", clone.read("caseledger.yml").replace("currency:", "archive: {grace: 1 d}\ncurrency:"))
    clone.write("caseledger.yml", clone.read("caseledger.yml") + 'stores: {git: "lfs:"}\n')
    old = "C-20230109-6YKVW"
    clone.write(f"cases/2023/01/{old}.yml", (ROOT / f"cases/2023/01/{old}.yml").read_text("utf-8"))
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "--message", "An old case")
    clone.run("evidence", "add", old, "../zip.jpg", *HOW, "--commit")
    clone.git("push", "--quiet")
    clone.run("archive", "run", "--push")
    assert clone.run("archive", "verify").endswith("Problems: 0.\n")
    other = server.clone("two")
    assert other.run("archive", "verify").endswith("Problems: 0.\n")
    (other.folder / f"cases/2023/01/{old}/lfs/{ZIP}.jpg").write_bytes(b"something else")
    assert other.run("archive", "verify", code=1).endswith("Problems: 1.\n")


def test_object_storage_from_the_first_picture_to_the_last_check(
    clone: Clone, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"s3://evidence/cli?endpoint={endpoint}&region={REGION}"
    clone.write("caseledger.yml", clone.read("caseledger.yml") + f'stores: {{evidence: "{url}"}}\n')
    environment = {**clone.environment, "AWS_ACCESS_KEY_ID": "caseledger", "AWS_SECRET_ACCESS_KEY": "only here"}
    monkeypatch.setattr(Clone, "environment", environment)
    said = clone.run("evidence", "add", CASE, "../zip.jpg", "../report.pdf", *HOW)
    assert said.startswith(f"zip.jpg: image/jpeg, SHA-256 {ZIP}\n")
    assert events(clone)[0]["files"][0]["uri"] == f"store:evidence/{ZIP}"
    assert clone.run("evidence", "verify") == FINE
    assert clone.run("evidence", "get", CASE, "report.pdf") == "report.pdf\n"
    store = Stores(clone.folder, Rulebook(clone.folder).settings).named("evidence")
    store.remove(ZIP)
    store.put(digest(b"orphan"), digest(b"orphan"), [b"orphan"])
    said = clone.run("evidence", "verify", code=1)
    assert [line.rpartition("[")[2] for line in said.splitlines() if "error:" in line] == [
        "evidence-missing]",
        "evidence-orphaned]",
    ]
    clone.write("caseledger.yml", clone.read("caseledger.yml").replace(endpoint, "http://127.0.0.1:9"))
    said = clone.run("evidence", "verify", code=2)
    assert said.startswith("Error: The store evidence at s3://evidence/cli (http://127.0.0.1:9) does not answer")


# how far a large file has come


def at_terminal(clone: Clone, *words: str) -> str:
    """What caseledger says to a terminal beside its output."""
    master, terminal = pty.openpty()
    with os.fdopen(master, "rb", buffering=0) as screen:
        ran = subprocess.Popen(
            [*PROGRAM, *words], cwd=clone.folder, env=clone.environment | {"TERM": "xterm", "COLUMNS": "80"},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=terminal,
        )  # fmt: skip
        os.close(terminal)
        said = b""
        try:
            while chunk := screen.read(1 << 16):
                said += chunk
        except OSError:  # the other side is closed
            pass
        assert ran.wait() == 0, said
    return said.decode("utf-8", "replace")


@pytest.mark.parametrize(("size", "shown"), [(bar.LONG, True), (1000, False)])
def test_people_see_how_far_a_large_file_was_read(clone: Clone, size: int, shown: bool) -> None:
    film = clone.folder.parent / "words.txt"
    film.write_bytes(b"The zip tears.\n" * (size // 15 + 1))
    said = at_terminal(clone, "evidence", "add", CASE, str(film), *HOW, "--by", "cs-01")
    assert ("━" in said, "MB" in said) == (shown, shown)
    assert film.stat().st_size == sum(len(raw) for raw in kept(clone).values())


def test_of_every_byte_it_is_told_that_it_was_read(clone: Clone, tmp_path: Path) -> None:
    told: list[int] = []
    found = adding.look([clone.folder.parent / "zip.jpg"], "500 MB", told.append)
    adding.keep(Folder("evidence", tmp_path / "store"), PATH, found, told.append)
    assert sum(told) == 2 * len(samples.picture())
