"""Entries are committed and pushed: only they, told in words, once, whoever was faster and whatever was interrupted."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from caseledger import yamltext
from tests.clones import Clone, Server
from tests.opened import BASE, PATH

CASE = Path(PATH).stem
NEW = [
    "new", "--at", "2026-11-03T09:12:00+08:00", "--channel", "email", "--market", "NO", "--language", "nb",
    "--category", "product-quality", "--demand", "refund", "--summary", "Zip tears", "--description", "Glidelåsen røk.",
]  # fmt: skip
NOTED = f"{CASE}: note (customer-service)"


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path, {PATH: BASE})


@pytest.fixture
def clone(server: Server) -> Clone:
    return server.clone("one")


@pytest.fixture
def other(server: Server) -> Clone:
    return server.clone("two", "cs-02")


def note(clone: Clone, text: str, at: str, *options: str, code: int = 0) -> str:
    return clone.run("append", CASE, "note", "--note", text, "--at", f"2026-11-{at}:00+08:00", *options, code=code)


def notes(clone: Clone, path: str = PATH) -> list[str]:
    """The texts of the notes, in the file's order."""
    events = yamltext.read(clone.read(path).encode(), path).data["events"]
    return [event["note"] for event in events if event["type"] == "note"]


def pushed(server: Server, clone: Clone) -> list[str]:
    """The notes that the server has."""
    clone.git("fetch", "--quiet")
    text = clone.git("show", f"origin/main:{PATH}")
    return [event["note"] for event in yamltext.read(text.encode(), PATH).data["events"] if event["type"] == "note"]


# Committing


def test_a_commit_holds_the_entry_and_nothing_else(clone: Clone) -> None:
    clone.write("other.txt", "staged\n")
    clone.git("add", "other.txt")
    clone.write("caseledger.yml", clone.read("caseledger.yml") + "# not staged\n")
    said = note(clone, "secret words of the consumer", "04T10:00", "--commit")
    assert said.splitlines()[:2] == [PATH, f"Committed: {NOTED}"]
    assert clone.git("show", "--format=", "--name-only", "HEAD").splitlines() == [PATH]
    assert clone.status() == " M caseledger.yml\nA  other.txt\n"


def test_the_message_says_what_happened_but_not_what_was_said(clone: Clone) -> None:
    clone.run("append", CASE, "verified", "--at", "2026-11-04T10:00:00+08:00", "--set", "in_scope=true",
              "--set", "complete=true", "--note", "Kari said so.", "--commit")  # fmt: skip
    assert clone.git("log", "-1", "--format=%B").strip() == (
        f"{CASE}: verified (customer-service)\n\nverified at 2026-11-04T10:00:00+08:00 by cs-01"
    )
    clone.run("append", CASE, "graded", "--at", "2026-11-04T11:00:00+08:00", "--set", "grade=important",
              "--set", "reason=Kari is angry", "--by", "cs-02", "--commit")  # fmt: skip
    assert clone.git("log", "-1", "--format=%B").strip() == (
        f"{CASE}: graded (customer-service)\n\n"
        "graded at 2026-11-04T11:00:00+08:00 by cs-02, grade important\n\nRecorded-For: cs-02"
    )
    assert clone.git("log", "-1", "--format=%(trailers:key=Recorded-For)").strip() == "Recorded-For: cs-02"


def test_entries_that_were_not_committed_yet_go_along_and_are_named(clone: Clone) -> None:
    note(clone, "first", "04T10:00")
    clone.run("append", CASE, "verified", "--at", "2026-11-04T11:00:00+08:00", "--set", "in_scope=true",
              "--set", "complete=true", "--commit")  # fmt: skip
    assert clone.subjects()[-1] == f"{CASE}: note, verified (customer-service)"
    assert clone.status() == ""


def test_a_new_case_is_committed(clone: Clone) -> None:
    said = clone.run(*NEW, "--commit").splitlines()
    case = Path(said[0]).stem
    assert said[1] == f"Committed: {case}: received (customer-service)"
    assert clone.status() == ""


@pytest.mark.parametrize("command", ["merge", "cherry-pick", "revert", "rebase"])
def test_in_the_middle_of_something_nothing_is_written(clone: Clone, command: str) -> None:
    clone.git("checkout", "--quiet", "-b", "side")
    clone.write("x", "1\n")
    clone.git("add", "x")
    clone.git("commit", "--quiet", "--message", "x")
    clone.git("checkout", "--quiet", "main")
    clone.write("x", "2\n")
    clone.git("add", "x")
    clone.git("commit", "--quiet", "--message", "y")
    clone.write("x", "3\n")
    clone.git("commit", "--quiet", "--all", "--message", "z")
    clone.git(command, *(["--no-edit", "HEAD~1"] if command == "revert" else ["side"]), code=1)
    assert note(clone, "a", "04T10:00", "--commit", code=2) == (
        f"Error: A {command} is not finished in this clone. Finish it, or git {command} --abort, then record the"
        " entry.\n"
    )
    assert clone.read(PATH) == BASE


def test_other_changes_that_are_staged_are_not_taken_along(clone: Clone) -> None:
    clone.write(PATH, BASE.replace("NO", "SE"))
    clone.git("add", PATH)
    clone.write(PATH, BASE)
    assert note(clone, "a", "04T10:00", "--commit", code=2) == (
        f"Error: {PATH} has other changes that are staged. Commit them, or git restore --staged {PATH}\n"
    )
    assert clone.read(PATH) == BASE


def test_changes_that_are_no_entries_are_not_taken_along(clone: Clone) -> None:
    clone.write(PATH, BASE.replace("market: NO", "market: SE"))
    assert note(clone, "a", "04T10:00", "--commit", code=2) == (
        f"Error: {PATH} has changes that are no new entries. Commit or undo them first: git diff {PATH}\n"
    )


def test_hooks_of_the_clone_are_asked(clone: Clone) -> None:
    hook = clone.write(".git/hooks/pre-commit", "#!/bin/sh\necho no commits on a Sunday >&2\nexit 1\n")
    hook.chmod(0o755)
    assert note(clone, "a", "04T10:00", "--commit", code=2) == (
        f"{PATH}\nError: git commit failed: no commits on a Sunday\n"
    )
    hook.unlink()
    assert note(clone, "a", "04T10:00", "--commit").splitlines()[1] == f"Committed: {NOTED}"
    assert notes(clone) == ["a"]


def test_names_of_other_files_are_only_names(clone: Clone) -> None:
    for name in ("--force", "a\nb", "$(touch hacked)", "é ü.yml", ":!cases"):
        clone.write(name, "x\n")
    note(clone, "a", "04T10:00", "--push")
    assert clone.git("show", "--format=", "--name-only", "HEAD").splitlines() == [PATH]
    assert not (clone.folder / "hacked").exists()


# Pushing


def test_an_entry_is_pushed(server: Server, clone: Clone) -> None:
    said = note(clone, "a", "04T10:00", "--push").splitlines()
    assert said[:2] == [PATH, f"Pushed to origin: {NOTED}"]
    assert said[2].startswith(f"{CASE}: Open.")
    assert pushed(server, clone) == ["a"]
    assert clone.run("append", "--push") == "Nothing to push: origin has it all.\n"


def test_a_new_case_is_pushed(clone: Clone, other: Clone) -> None:
    path, said = clone.run(*NEW, "--push").splitlines()
    assert said == f"Pushed to origin: {Path(path).stem}: received (customer-service)"
    other.git("pull", "--quiet")
    assert (other.folder / path).is_file()


def test_what_was_committed_before_is_pushed_along(server: Server, clone: Clone) -> None:
    note(clone, "a", "04T10:00", "--commit")
    note(clone, "b", "04T11:00", "--commit")
    assert clone.run("append", "--push") == f"Pushed to origin: {NOTED}\nPushed to origin: {NOTED}\n"
    assert pushed(server, clone) == ["a", "b"]


def test_several_entries_of_a_case_are_put_on_top_of_what_others_pushed(clone: Clone, other: Clone) -> None:
    for text, at in (("a", "04T11:00"), ("b", "04T12:00"), ("c", "04T13:00")):
        note(clone, text, at, "--commit")
    note(other, "theirs", "04T10:00", "--push")
    assert clone.run("append", "--push") == f"Pushed to origin: {NOTED}\n" * 3
    assert notes(clone) == ["theirs", "a", "b", "c"]
    assert clone.git("rev-list", "--merges", "HEAD") == ""


def test_an_entry_meets_the_newest_ones(clone: Clone, other: Clone) -> None:
    note(other, "theirs", "04T10:00", "--push")
    note(clone, "ours", "04T11:00", "--push")
    assert notes(clone) == ["theirs", "ours"]
    assert clone.git("rev-list", "--merges", "HEAD") == ""


def test_a_later_entry_is_put_on_top_of_what_others_pushed(server: Server, clone: Clone, other: Clone) -> None:
    note(clone, "ours", "04T11:00", "--commit")
    date = clone.git("log", "-1", "--format=%an %ae %ad")
    note(other, "theirs", "04T10:00", "--push")
    assert clone.run("append", "--push") == f"Pushed to origin: {NOTED}\n"
    assert pushed(server, clone) == notes(clone) == ["theirs", "ours"]
    assert clone.subjects() == ["Begin", NOTED, NOTED]
    assert clone.git("log", "-1", "--format=%an %ae %ad") == date
    assert clone.status() == ""


def test_an_earlier_entry_comes_in_its_place_by_a_merge(server: Server, clone: Clone, other: Clone) -> None:
    note(clone, "ours", "04T09:00", "--commit")
    ours = clone.git("rev-parse", "HEAD").strip()
    note(other, "theirs", "04T10:00", "--push")
    theirs = other.git("rev-parse", "HEAD").strip()
    assert clone.run("append", "--push") == f"Pushed to origin: {NOTED}\n"
    assert pushed(server, clone) == notes(clone) == ["ours", "theirs"]
    assert clone.git("log", "-1", "--format=%P").split() == [theirs, ours]
    assert clone.git("log", "-1", "--format=%B").strip() == f"Merge entries recorded at the same time\n\n{NOTED}"
    assert clone.run("check") == "Cases checked: 1. Errors: 0. Warnings: 0.\n"
    note(other, "later", "04T11:00", "--push")
    assert notes(other) == ["ours", "theirs", "later"]


def test_who_signs_commits_signs_them_on_top_as_well(clone: Clone, other: Clone, tmp_path: Path) -> None:
    keygen = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "id")]
    subprocess.run(keygen, check=True)
    for name, value in (
        ("gpg.format", "ssh"), ("user.signingKey", str(tmp_path / "id.pub")), ("commit.gpgSign", "true"),
    ):  # fmt: skip
        clone.git("config", name, value)
    note(clone, "early", "04T09:00", "--commit")
    note(clone, "late", "04T12:00", "--commit")
    note(other, "theirs", "04T10:00", "--push")
    clone.run("append", "--push")
    assert notes(clone) == ["early", "theirs", "late"]
    raw = [clone.git("cat-file", "commit", name) for name in clone.git("rev-list", "HEAD", "--not", "HEAD^1").split()]
    assert len(raw) == 3
    assert all("gpgsig -----BEGIN SSH SIGNATURE-----" in text for text in raw)


def test_changes_of_other_files_are_carried_along(clone: Clone, other: Clone) -> None:
    other.write("new.txt", "x\n")
    other.git("add", "new.txt")
    other.git("rm", "--quiet", "policy/rates.yml")
    other.git("commit", "--quiet", "--message", "Others do other things")
    note(clone, "ours", "04T11:00", "--push")
    assert other.run("append", "--push") == "Pushed to origin: Others do other things\n"
    assert notes(other) == ["ours"]
    assert other.status() == ""
    assert not (other.folder / "policy/rates.yml").exists()


def test_where_both_changed_another_file_a_person_has_to_look(clone: Clone, other: Clone) -> None:
    for one in (clone, other):
        one.write("caseledger.yml", one.read("caseledger.yml") + f"# {one.folder.name}\n")
        one.git("commit", "--quiet", "--all", "--message", "x")
    clone.run("append", "--push")
    before = other.git("rev-parse", "HEAD")
    assert other.run("append", "--push", code=2) == (
        "Error: caseledger.yml was changed here and by others. Bring both together with git pull, then push again.\n"
    )
    assert other.git("rev-parse", "HEAD") == before


DECLINE = ["append", CASE, "declined", "--set", "reason=Not ours", "--at", "2026-11-04T10:00:00+08:00"]


def test_an_entry_that_is_not_legal_any_more_is_set_aside(server: Server, clone: Clone, other: Clone) -> None:
    clone.run("append", CASE, "responded", "--at", "2026-11-04T11:00:00+08:00", "--commit")
    commit = clone.git("rev-parse", "HEAD").strip()
    note(clone, "stays", "04T12:00", "--commit")
    other.run(*DECLINE, "--push")
    ref = f"refs/caseledger/aside/{commit[:12]}"
    assert clone.run("append", "--push", code=1).splitlines()[:3] == [
        f"Pushed to origin: {NOTED}",
        f"Error: Not pushed: {CASE}: responded (customer-service). responded of 2026-11-04T11:00:00+08:00 by cs-01"
        f" cannot stand together with what the other side recorded. Nothing is lost: git show {ref}",
        f"{PATH}:29:11: error: responded cannot follow: the case ended with declined of 2026-11-04T10:00:00+08:00."
        " [after-end]",
    ]
    assert clone.git("rev-parse", ref).strip() == commit
    assert clone.status() == ""
    assert pushed(server, clone) == notes(clone) == ["stays"]
    assert clone.git("rev-parse", "HEAD") == clone.git("rev-parse", "origin/main")
    assert clone.run("append", "--push") == "Nothing to push: origin has it all.\n"


def test_where_both_took_the_same_step_the_second_is_set_aside(clone: Clone, other: Clone) -> None:
    other.git("pull", "--quiet")
    clone.run(*DECLINE, "--commit")
    other.run(*DECLINE, "--push")
    said = clone.run("append", "--push", code=1)
    assert said.startswith(
        f"Error: Not pushed: {CASE}: declined (customer-service). Both sides took the same step:"
        " declined of 2026-11-04T10:00:00+08:00 by cs-02; and declined of 2026-11-04T10:00:00+08:00 by cs-01."
        " Nothing is lost: git show refs/caseledger/aside/"
    )
    assert clone.read(PATH) == other.read(PATH)


def test_a_legal_entry_between_others_goes_without_the_one_set_aside(clone: Clone, other: Clone) -> None:
    note(clone, "early", "04T09:00", "--commit")
    clone.run("append", CASE, "responded", "--at", "2026-11-04T11:00:00+08:00", "--commit")
    other.run(*DECLINE, "--push")
    clone.run("append", "--push", code=1)
    assert clone.git("log", "--format=%s", "HEAD^2").splitlines() == [NOTED, "Begin"]
    assert [event["type"] for event in yamltext.read(clone.read(PATH).encode(), PATH).data["events"]] == [
        "received", "note", "declined",
    ]  # fmt: skip


def test_without_the_server_an_entry_waits(server: Server, clone: Clone) -> None:
    away = server.folder.rename(server.home / "away")
    said = note(clone, "a", "04T10:00", "--push", code=2)
    assert said.startswith(f"{PATH}\nError: git fetch failed: ")
    assert said.endswith("What is committed here is kept; once that is settled: caseledger append --push\n")
    away.rename(server.folder)
    assert clone.run("append", "--push") == f"Pushed to origin: {NOTED}\n"
    assert pushed(server, clone) == ["a"]


def test_what_the_server_refuses_is_kept(server: Server, clone: Clone) -> None:
    hook = server.folder / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    said = note(clone, "a", "04T10:00", "--push", code=2)
    assert "remote: not today" in said
    assert "pre-receive hook declined" in said
    hook.unlink()
    assert clone.run("append", "--push") == f"Pushed to origin: {NOTED}\n"


def test_a_file_with_changes_of_its_own_stays_as_it_is(clone: Clone, other: Clone) -> None:
    note(clone, "ours", "04T11:00", "--commit")
    second = PATH.replace("7K3QD", "00000")
    clone.write(second, "not committed\n")
    other.write(second, BASE.replace("7K3QD", "00000"))
    other.git("add", "--all")
    other.git("commit", "--quiet", "--message", "x")
    other.run("append", "--push")
    said = clone.start("append", "--push").communicate()
    assert said[0] == f"Pushed to origin: {NOTED}\n"
    assert said[1].startswith("Your files are not up to date with what was pushed: git reset failed:")
    assert clone.read(second) == "not committed\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["checkout", "--quiet", "--detach"], "No branch is checked out here; git switch main, or whichever it is."),
        (
            ["checkout", "--quiet", "-b", "side"],
            "The branch side follows none of a server. Push it once: git push -u origin side",
        ),
    ],
)
def test_where_to_push_must_be_known(clone: Clone, words: list[str], message: str) -> None:
    clone.git(*words)
    assert clone.run("append", "--push", code=2) == f"Error: {message}\n"


def test_a_branch_that_the_server_does_not_have_yet_is_made(server: Server, clone: Clone) -> None:
    clone.git("checkout", "--quiet", "-b", "side")
    clone.git("config", "branch.side.remote", "origin")
    clone.git("config", "branch.side.merge", "refs/heads/side")
    note(clone, "a", "04T10:00", "--push")
    assert clone.git("rev-parse", "HEAD") == clone.git("ls-remote", "origin", "refs/heads/side").split("\t")[0] + "\n"


def test_a_case_repository_below_the_top_of_the_clone(tmp_path: Path) -> None:
    server = Server(tmp_path, {PATH: BASE}, within="complaints of 2026")
    one, two = server.clone("one"), server.clone("two")
    for clone in (one, two):
        clone.folder /= "complaints of 2026"
    note(one, "one", "04T09:00", "--commit")
    note(two, "two", "04T10:00", "--push")
    assert one.run("append", "--push") == f"Pushed to origin: {NOTED}\n"
    assert notes(one) == ["one", "two"]


def test_without_git_there_is_nothing_to_commit(repository: Path) -> None:
    clone = object.__new__(Clone)
    clone.folder = repository
    clone.write(PATH, BASE)
    assert note(clone, "a", "04T10:00", "--commit", "--by", "cs-01", code=2) == (
        f"Error: {repository} is not in a clone with a work tree.\n"
    )
    assert clone.read(PATH) == BASE


def test_append_alone_asks_for_more(clone: Clone) -> None:
    assert "Error: Name the case and the type of the event, as in: append C-20261103-7K3QD verified" in clone.run(
        "append", CASE, "--push", code=2
    )
    clone.run("append", code=2)


# Interruptions


def test_the_same_command_given_again_means_the_entry_that_was_interrupted(server: Server, clone: Clone) -> None:
    away = server.folder.rename(server.home / "away")
    command = ["append", CASE, "note", "--note", "a", "--push"]
    clone.run(*command, code=2)
    away.rename(server.folder)
    process = clone.start(*command)
    out, said = process.communicate()
    assert process.returncode == 0
    assert said == "This entry is recorded already; it only has to be passed on.\n"
    assert out.splitlines()[:2] == [PATH, f"Pushed to origin: {NOTED}"]
    assert pushed(server, clone) == notes(clone) == ["a"]
    clone.run(*command)
    assert pushed(server, clone) == ["a", "a"]


def test_a_git_command_that_outlived_it_does_not_hide_the_entry(server: Server, clone: Clone) -> None:
    away = server.folder.rename(server.home / "away")
    command = ["append", CASE, "note", "--note", "a", "--push"]
    clone.run(*command, code=2)
    away.rename(server.folder)
    now, before = clone.read(PATH), clone.git("show", f"HEAD~1:{PATH}")
    clone.write(PATH, before)
    process = clone.start(*command)
    time.sleep(1)  # so that it looks at the file before the entry is back
    clone.write(PATH, now)
    process.communicate()
    assert process.returncode == 0
    assert pushed(server, clone) == notes(clone) == ["a"]


def test_an_entry_that_is_committed_and_gone_from_its_file_is_not_recorded_again(server: Server, clone: Clone) -> None:
    server.folder.rename(server.home / "away")
    command = ["append", CASE, "note", "--note", "a", "--push"]
    clone.run(*command, code=2)
    before = clone.git("show", f"HEAD~1:{PATH}")
    clone.write(PATH, before)
    assert clone.run(*command, code=2) == (
        f"Error: {PATH} lacks an entry that is committed."
        f" Bring it back, then give the command again: git restore {PATH}\n"
    )
    assert clone.read(PATH) == before


def test_another_command_finishes_what_was_interrupted(server: Server, clone: Clone) -> None:
    hook = clone.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    note(clone, "a", "04T10:00", "--push", code=2)
    hook.unlink()
    process = clone.start("append", CASE, "note", "--note", "b", "--push")
    _, said = process.communicate()
    assert said == f"Committed what was interrupted: {NOTED}\n"
    assert pushed(server, clone) == ["a", "b"]


def test_killed_at_any_moment_it_goes_on_where_it_was(server: Server, clone: Clone, other: Clone) -> None:
    """Kill the command at ever later moments while others push; given again it ends with each entry there, once."""
    delay, number = 0.2, 0
    while True:
        other.run("append", CASE, "note", "--note", f"theirs {number}", "--push")
        command = ["append", CASE, "note", "--note", f"ours {number}", "--push"]
        process = clone.start(*command)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        out, _ = process.communicate()
        number += 1
        delay *= 1.25  # on a machine that takes ten times as long, ten times the moments would take a hundred times
        if "Pushed to origin" not in out:
            clone.run(*command)
        elif process.returncode == 0:
            break
    found = pushed(server, clone)
    assert sorted(found) == sorted([*(f"ours {n}" for n in range(number)), *(f"theirs {n}" for n in range(number))])
    assert notes(clone) == found
    assert clone.status() == ""
