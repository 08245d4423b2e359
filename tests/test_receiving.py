"""The pre-receive hook: real pushes to a bare repository, let in or refused before anything is kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import deeds, swift
from tests.ledgers import ENVIRONMENT, Commit, Content, Deed, Ledger, changed, git, text

ZERO = "0" * 40


class Server:
    """A bare repository with the hook, its branch main at the beginning of a history, and whoever pushes to it."""

    def __init__(self, folder: Path, options: str = "", within: str = "") -> None:
        self.ledger = Ledger.begun(7)
        self.begun = self.ledger.commits[-1]
        self.folder, self.options, self.within = folder, options, within
        self.bare = folder / "server.git"

    def push(self, head: Commit, branch: str = "main", *more: str) -> tuple[int, str]:
        """Push a commit of the history; the exit code, and what the server said."""
        if not self.bare.exists():
            self._set_up()
        local = self.folder / f"local-{head.mark}-{len(list(self.folder.iterdir()))}"
        self.ledger.write(local, head)
        ran = subprocess.run(
            ["git", "push", "-q", *more, str(self.bare), f"refs/made/{head.mark}:refs/heads/{branch}"],
            cwd=local,
            env={**swift.plain(ENVIRONMENT), "LANGUAGE": "en"},
            capture_output=True,
            text=True,
            check=False,
        )
        said = [
            line.removeprefix("remote: ").rstrip() for line in ran.stderr.splitlines() if line.startswith("remote:")
        ]
        assert "Traceback" not in ran.stderr
        return ran.returncode, "\n".join(line for line in said if line)

    def at(self, branch: str = "main") -> str:
        return git(self.bare, "for-each-ref", "--format=%(subject)", f"refs/heads/{branch}")

    def _set_up(self) -> None:
        self.ledger.write(self.bare, self.begun)
        git(self.bare, "for-each-ref", "--format=delete %(refname)", "refs/made")
        hook = self.bare / "hooks" / "pre-receive"
        hook.parent.mkdir(exist_ok=True)
        program = self.folder / "caseledger"
        swift.put(program)
        hook.write_text(f"#!/bin/sh\nexec {program} hook pre-receive {self.options}\n")
        hook.chmod(0o755)


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path)


@pytest.mark.parametrize("deed", deeds.HONEST, ids=lambda deed: deed.__name__)
def test_honest_work_is_let_in(server: Server, deed: Deed) -> None:
    head = deed(server.ledger, server.begun)
    assert server.push(head) == (0, "")


def test_tampering_is_refused_with_the_reason_in_both_languages(server: Server) -> None:
    path = server.ledger.case(server.begun)
    body = text(server.begun, path)
    head = server.ledger.commit(
        "Tidy up", [server.begun], changed(server.begun, {path: body.replace("cs-01", "cs-02")})
    )
    code, said = server.push(head)
    assert code == 1
    lines = said.splitlines()
    assert lines[:3] == [
        "  refs/heads/main 未被接受。",
        "  refs/heads/main is not accepted.",
        f"{path}:17:5 [audit-entries]",
    ]
    assert "被修改：by: cs-01 → cs-02。提交 " in lines[3]
    assert "was changed: by: cs-01 → cs-02. Commit " in lines[4]
    assert server.at() == "Begin"


def test_a_file_that_check_refuses_is_refused(server: Server) -> None:
    path = server.ledger.case(server.begun)
    wrong = server.ledger.entry().replace("type: note", "type: sung")
    head = server.ledger.commit("Sing", [server.begun], changed(server.begun, {path: text(server.begun, path) + wrong}))
    code, said = server.push(head)
    assert code == 1
    assert "[schema-value]" in said
    assert "must be one of" in said


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cases/2026/11/notes.txt": "x\n"}, "file-name"),
        ({"cases/2026/11/C-20261102-AAAAA.yml": "schema: 1\n"}, "schema-required"),
        ({"reviews/2026/odd.txt": "x\n"}, "review-path"),
        ({"policy/people.yml": "schema: 1\n"}, "schema-required"),
    ],
)
def test_whatever_file_is_wrong_is_named(server: Server, change: dict[str, Content], code: str) -> None:
    head = server.ledger.commit("Wrong", [server.begun], changed(server.begun, change))
    refused, said = server.push(head)
    assert (refused, f"[{code}]" in said) == (1, True), said


def test_a_case_may_name_one_that_was_there_before(server: Server) -> None:
    path, body = server.ledger.new_case()
    known = server.ledger.case(server.begun).rpartition("/")[2].removesuffix(".yml")
    related = body.replace("summary:", f"related: [{known}]\nsummary:")
    head = server.ledger.commit("Related", [server.begun], changed(server.begun, {path: related}))
    assert server.push(head) == (0, "")


def test_a_forced_push_is_refused_and_so_is_deletion(server: Server) -> None:
    head = deeds.append(server.ledger, server.begun)
    assert server.push(head) == (0, "")
    other = deeds.open_cases(server.ledger, server.begun)
    code, said = server.push(other, "main", "--force")
    assert (code, "[audit-rewritten]" in said) == (1, True)
    local = next(path for path in server.folder.iterdir() if path.name.startswith("local"))
    git(server.bare, "config", "receive.denyDeleteCurrent", "ignore")
    ran = subprocess.run(
        ["git", "push", "-q", str(server.bare), ":main"],
        cwd=local,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "A protected branch is not deleted." in ran.stderr
    assert server.at() == "Append an entry"


def test_an_unrelated_history_is_refused(server: Server) -> None:
    strange = server.ledger.commit("Strange", [], server.begun.tree)
    code, said = server.push(strange, "main", "--force")
    assert (code, "[audit-rewritten]" in said) == (1, True)


def test_other_branches_are_free_and_what_is_protected_is_a_setting(server: Server) -> None:
    path = server.ledger.case(server.begun)
    head = server.ledger.commit("Tidy up", [server.begun], changed(server.begun, {path: None}))
    assert server.push(head, "draft") == (0, "")
    assert server.push(head, "master")[0] == 1  # new, but judged by what main holds
    settings = text(server.begun, "caseledger.yml") + "audit: {branches: [main, release/2026]}\n"
    protected = server.ledger.commit("Protect", [server.begun], changed(server.begun, {"caseledger.yml": settings}))
    assert server.push(protected) == (0, "")
    bad = server.ledger.commit("Tidy up", [protected], changed(protected, {path: None}))
    assert server.push(bad, "release/2026")[0] == 1
    assert server.push(bad, "master") == (0, "")


def test_the_first_push_of_all_is_let_in_and_checked(tmp_path: Path) -> None:
    server = Server(tmp_path)
    head = server.ledger.commit("Wrong", [server.begun], changed(server.begun, {"cases/2026/11/x.yml": "schema: 1\n"}))
    server.push(server.begun)
    git(server.bare, "update-ref", "-d", "refs/heads/main")
    code, said = server.push(head)
    assert (code, "[file-name]" in said) == (1, True)
    assert server.push(server.begun) == (0, "")
    assert server.at() == "Begin"


def test_what_is_refused_is_not_kept(server: Server) -> None:
    head = server.ledger.commit(
        "Delete", [server.begun], changed(server.begun, {server.ledger.case(server.begun): None})
    )
    assert server.push(head)[0] == 1
    objects = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)"],
        cwd=server.bare,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    kept = [line.split()[1] for line in objects.splitlines() if line.startswith("commit")]
    subjects = {git(server.bare, "log", "-1", "--format=%s", name) for name in kept}
    assert "Tidy up" not in subjects


def test_a_repository_within_another(tmp_path: Path) -> None:
    server = Server(tmp_path, "--folder complaints")
    server.begun = server.ledger.commit(
        "Move", [], {f"complaints/{path}": content for path, content in server.begun.tree.items()}
    )
    path = next(name for name in server.begun.tree if name.endswith(".yml") and "/cases/" in name)
    head = server.ledger.commit("Beside", [server.begun], changed(server.begun, {"other/cases/x": "x\n"}))
    assert server.push(head) == (0, "")
    bad = server.ledger.commit("Tidy up", [head], changed(head, {path: None}))
    code, said = server.push(bad)
    assert (code, "[audit-case-deleted]" in said) == (1, True)


def test_much_that_is_wrong_is_cut(server: Server) -> None:
    wrong = {f"cases/2026/11/{n:02}.txt": "x\n" for n in range(25)}
    head = server.ledger.commit("Much", [server.begun], changed(server.begun, wrong))
    _, said = server.push(head)
    assert said.count("[file-name]") == 20
    assert said.splitlines()[-1] == "  And 5 more."


def test_outside_of_git_nothing_can_be_said(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "caseledger", "hook", "pre-receive"],
        cwd=tmp_path,
        env={**os.environ, "LANGUAGE": "en"},
        input="",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (2, f"Error: {tmp_path} is not under Git.\n")


def test_files_of_the_archive_are_no_cases_and_are_checked(server: Server) -> None:
    head = deeds.place_hold(server.ledger, server.begun)
    assert server.push(head) == (0, "")
    wrong = text(head, deeds.HOLDS).replace("placed", "paused")
    head = server.ledger.commit("Pause", [server.begun], changed(server.begun, {deeds.HOLDS: wrong}))
    code, said = server.push(head, "master")
    assert (code, "[schema-value]" in said) == (1, True), said
