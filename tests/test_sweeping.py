"""What disposed cases had in stores: removed for good once the disposal is on record, and never before or besides."""

import hashlib
import shutil
from pathlib import Path

import pytest

from tests import faults, samples
from tests.clones import Clone, Server
from tests.console import ROOT
from tests.test_archive import OLD, OPEN, path, shipped
from tests.test_retention import commit, propose, pull

HOW = ("--obtained", "From the consumer, by e-mail")
OWN, COMMON = samples.picture(), samples.PDF
NOTHING = "The stores keep nothing of cases that were disposed of.\n"


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server with a sealed case that has two files in a store, one of which an open case names as well."""
    example = (ROOT / "tests/files/pass/plain.yml").read_text("utf-8").replace("C-20261103-PASS0", OPEN)
    made = Server(tmp_path_factory.mktemp("archived"), {**shipped(OLD[0]), path(OPEN): example})
    clone = made.clone("archivist")
    clone.write("caseledger.yml", clone.read("caseledger.yml") + "stores: {evidence: file:kept}\n")
    commit(clone, "Name a store")
    (made.home / "own.jpg").write_bytes(OWN)
    (made.home / "common.pdf").write_bytes(COMMON)
    clone.run("evidence", "add", OLD[0], "../own.jpg", "../common.pdf", *HOW, "--push")
    clone.run("evidence", "add", OPEN, "../common.pdf", *HOW, "--push")
    clone.run("archive", "run", "--push")
    return made


@pytest.fixture
def server(archived: Server, tmp_path: Path) -> Server:
    """A server and a store like it, for one test."""
    shutil.copytree(archived.folder, tmp_path / "server.git")
    shutil.copytree(archived.home / "kept", tmp_path / "kept")
    made = Server.__new__(Server)
    made.home, made.folder = tmp_path, tmp_path / "server.git"
    return made


@pytest.fixture
def manager(server: Server) -> Clone:
    """The clone of somebody who has decided a disposal, which nobody has merged yet."""
    auditor = server.clone("auditor", "aud-01")
    number = propose(auditor, OLD[0])
    manager = server.clone("manager", "mgr-01")
    pull(manager)
    manager.run("retention", "dispose", "--decide", number)
    commit(manager, "Dispose", push=False)
    return manager


def kept(clone: Clone) -> set[str]:
    """What the store has."""
    folder = clone.folder.parent / "kept"
    return {file.name for file in folder.rglob("*") if file.is_file()}


def test_nothing_goes_before_the_disposal_is_on_record(manager: Clone) -> None:
    assert manager.run("retention", "sweep") == NOTHING
    assert kept(manager) == {digest(OWN), digest(COMMON)}


def test_what_only_disposed_cases_named_goes(manager: Clone) -> None:
    manager.git("push", "--quiet")
    orphan = manager.run("evidence", "verify", code=1)
    assert orphan.startswith(f"store:evidence/{digest(OWN)}:1:1: error:")
    assert "or of one that was disposed of: caseledger retention sweep." in orphan
    assert manager.run("retention", "sweep", "--dry-run") == f"evidence/{digest(OWN)} of {OLD[0]} would go.\n"
    assert kept(manager) == {digest(OWN), digest(COMMON)}
    assert manager.run("retention", "sweep") == f"Removed evidence/{digest(OWN)} of {OLD[0]}\n"
    assert kept(manager) == {digest(COMMON)}
    assert manager.run("retention", "sweep") == NOTHING
    assert manager.run("evidence", "verify").endswith("Problems: 0.\n")
    assert manager.run("archive", "verify").startswith("Sealed cases: 1. Archive numbers: 1. Problems: 0.\n")


def test_what_somebody_else_has_just_recorded_stays(server: Server, manager: Clone) -> None:
    manager.git("push", "--quiet")
    other = server.clone("other")
    other.git("switch", "--quiet", "--create", "proposed")
    (server.home / "own.jpg").write_bytes(OWN)
    other.run("evidence", "add", OPEN, "../own.jpg", *HOW, "--commit")
    other.git("push", "--quiet", "origin", "proposed")
    assert manager.run("retention", "sweep") == NOTHING
    assert kept(manager) == {digest(OWN), digest(COMMON)}


def test_a_clone_that_is_behind_sweeps_the_same(server: Server, manager: Clone) -> None:
    behind = server.clone("behind")
    manager.git("push", "--quiet")
    assert behind.run("retention", "sweep") == f"Removed evidence/{digest(OWN)} of {OLD[0]}\n"
    assert kept(manager) == {digest(COMMON)}


def test_of_a_case_that_has_come_back_nothing_goes(manager: Clone) -> None:
    manager.git("checkout", "--quiet", "HEAD~1", "--", path(OLD[0]))
    commit(manager, "Bring it back")
    assert manager.run("retention", "sweep") == NOTHING


def test_what_is_not_swept_now_is_swept_by_the_next(manager: Clone) -> None:
    manager.git("push", "--quiet")
    store = manager.folder.parent / "kept"
    shutil.copytree(store, store.with_name("copy"))
    for how in (faults.KILL, faults.READ_ONLY):
        for ran in faults.struck(manager, store, how, "retention", "sweep"):
            assert "Traceback" not in ran.stderr
            manager.run("retention", "sweep")
            assert kept(manager) == {digest(COMMON)}
            shutil.rmtree(store)
            shutil.copytree(store.with_name("copy"), store)
