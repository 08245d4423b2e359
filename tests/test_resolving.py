"""Conflicts that Git left are settled as the merge driver would: asked about where both took the same step."""

from pathlib import Path

import pytest

from tests.clones import Clone, Server
from tests.opened import BASE, PATH
from tests.test_merging import CLOSED, DECLINED, FI, N9, N11, RESPONDED, SE, V

GRADED = """\
  - at: "2026-11-04T10:00:00+08:00"
    type: graded
    by: cs-01
    as: customer-service
    grade: major
    reason: Ours
"""
REGRADED = GRADED.replace("T10", "T11").replace("major", "important").replace("Ours", "Theirs")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone in which no merge driver is set up."""
    return Server(tmp_path, {PATH: BASE}).clone("one")


def part(clone: Clone, ours: str, theirs: str) -> None:
    """Two branches: `main` with ours, `other` with theirs."""
    clone.git("checkout", "--quiet", "-b", "other")
    commit(clone, theirs)
    clone.git("checkout", "--quiet", "main")
    commit(clone, ours)


def commit(clone: Clone, text: str) -> None:
    clone.write(PATH, text)
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "--allow-empty", "--message", "x")


@pytest.mark.parametrize("command", ["merge", "rebase", "cherry-pick"])
def test_a_conflict_is_settled(clone: Clone, command: str) -> None:
    part(clone, BASE + N11, BASE + V)
    clone.git(command, "other", code=1)
    assert clone.run("resolve") == f"Merged: {PATH}\nGo on with: git {command} --continue\n"
    assert clone.read(PATH) == BASE + V + N11
    clone.git("-c", "core.editor=true", command, "--continue")
    assert clone.status() == ""
    assert clone.run("resolve") == "There are no conflicts.\n"


def test_a_case_that_both_sides_began_from_the_same_entry(clone: Clone) -> None:
    clone.git("rm", "--quiet", PATH)
    clone.git("commit", "--quiet", "--message", "x")
    part(clone, BASE + N11, BASE + V)
    clone.git("merge", "other", code=1)
    assert clone.git("status", "--porcelain") == f"AA {PATH}\n"
    clone.run("resolve")
    assert clone.read(PATH) == BASE + V + N11


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_that_somebody_committed(clone: Clone, style: str, end: str) -> None:
    clone.git("config", "merge.conflictStyle", style)
    part(clone, BASE + N11, BASE + V + N11.replace("eleven", "twelve"))
    clone.git("merge", "other", code=1)
    clone.write(PATH, clone.read(PATH).replace("\n", end))
    clone.git("commit", "--quiet", "--all", "--message", "x")
    assert clone.run("resolve") == f"Merged: {PATH}\n"
    assert clone.read(PATH) == (BASE + V + N11 + N11.replace("eleven", "twelve")).replace("\n", end)
    assert clone.status() == f" M {PATH}\n"


def test_only_the_named_file(clone: Clone) -> None:
    second = PATH.replace("7K3QD", "00000")
    clone.write(second, BASE)
    clone.git("add", "--all")
    part(clone, BASE + N11, BASE + V)
    clone.git("merge", "other", code=1)
    assert clone.run("resolve", second, code=2) == f"Error: There is no conflict in {second}.\n"
    assert clone.run("resolve", PATH).startswith(f"Merged: {PATH}\n")


def test_the_same_step_is_asked_about(clone: Clone) -> None:
    part(clone, BASE + GRADED, BASE + REGRADED)
    clone.git("merge", "other", code=1)
    assert clone.run("resolve", code=1) == (
        f"Not merged: {PATH}. Both sides took the same step: graded of 2026-11-04T10:00:00+08:00 by cs-01;"
        " and graded of 2026-11-04T11:00:00+08:00 by cs-01. Say which with --keep.\n"
    )
    said = clone.answer("resolve", answers="neither\ntheirs\n")
    assert said.splitlines() == [
        f"{PATH}: both sides took the same step.",
        "ours, which is there already:",
        *(line[2:] for line in GRADED.splitlines()),
        "theirs, which is to be added:",
        *(line[2:] for line in REGRADED.splitlines()),
        "Keep (ours, theirs, both): Error: 'neither' is not one of 'ours', 'theirs', 'both'.",
        "Keep (ours, theirs, both): Left out:",
        *(line[2:] for line in GRADED.splitlines()),
        f"Merged: {PATH}",
        "Go on with: git merge --continue",
    ]
    assert clone.read(PATH) == BASE + REGRADED


@pytest.mark.parametrize(("keep", "wanted"), [("ours", GRADED), ("theirs", REGRADED), ("both", GRADED + REGRADED)])
def test_or_told_beforehand(clone: Clone, keep: str, wanted: str) -> None:
    part(clone, BASE + GRADED, BASE + REGRADED)
    clone.git("merge", "other", code=1)
    clone.run("resolve", "--keep", keep)
    assert clone.read(PATH) == BASE + wanted


def test_a_field_that_both_changed_is_asked_about(clone: Clone) -> None:
    part(clone, SE, FI + N9)
    clone.git("merge", "other", code=1)
    assert clone.run("resolve", "--keep", "both", code=1) == (
        f"Not merged: {PATH}. Both sides changed market: to SE, and to FI.\n"
    )
    said = clone.answer("resolve", answers="theirs\n").splitlines()
    assert said[:3] == [
        f"{PATH}: both sides changed market.",
        "ours, which is there already: SE",
        "theirs, which is to be added: FI",
    ]
    assert clone.read(PATH) == FI + N9


def test_an_entry_that_cannot_stand_may_be_left_out(clone: Clone) -> None:
    part(clone, BASE + DECLINED, BASE + RESPONDED)
    clone.git("merge", "other", code=1)
    for keep in ("theirs", "both"):
        assert "responded cannot follow: the case ended with declined" in clone.run("resolve", "--keep", keep, code=1)
    assert "cannot stand together" in clone.answer("resolve", answers="n\n", code=1)
    said = clone.answer("resolve", answers="y\n").splitlines()
    assert said[0] == f"{PATH}: an entry cannot stand (theirs, which is to be added)."
    assert "Leave it out [y/N]: Left out:" in said
    assert clone.read(PATH) == BASE + DECLINED


def test_what_cannot_be_meant_is_left_to_people_and_the_rest_is_settled(clone: Clone) -> None:
    second = PATH.replace("7K3QD", "00000")
    other = BASE.replace("7K3QD", "00000")
    clone.write("caseledger.yml", clone.read("caseledger.yml") + "# 0\n")
    clone.write(second, other + N9)
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "--message", "x")
    clone.write(second, other + N9.replace("nine", "changed"))
    clone.write("caseledger.yml", clone.read("caseledger.yml").replace("# 0", "# 1"))
    part(clone, BASE + N11, BASE + V)
    clone.git("checkout", "--quiet", "other")
    clone.write(second, other + N9 + N11)
    clone.write("caseledger.yml", clone.read("caseledger.yml").replace("# 1", "# 2"))
    clone.git("commit", "--quiet", "--all", "--amend", "--message", "x")
    clone.git("checkout", "--quiet", "main")
    clone.write(second, other + N9.replace("nine", "also changed"))
    clone.write("caseledger.yml", clone.read("caseledger.yml").replace("# 0", "# 3"))
    clone.git("commit", "--quiet", "--all", "--amend", "--message", "x")
    clone.git("merge", "other", code=1)
    said = clone.run("resolve", code=1).splitlines()
    assert said[0] == f"Merged: {PATH}"
    assert said[1].startswith(f"Not merged: {second}. On our side, entries of {second} were changed or removed")
    assert said[2:] == ["caseledger.yml is no case; settle it by hand."]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BASE + N11 + V, f"{PATH} has no conflict marks any more. If it was settled by hand: git add {PATH}"),
        (None, f"{PATH} was deleted on one side. Cases are kept: git add {PATH}"),
    ],
)
def test_what_somebody_settled_or_deleted_is_not_touched(clone: Clone, text: str | None, message: str) -> None:
    part(clone, BASE + N11, BASE + V)
    if text is None:
        clone.git("rm", "--quiet", PATH)
        clone.git("commit", "--quiet", "--message", "x")
    clone.git("merge", "other", code=1)
    if text:
        clone.write(PATH, text)
    before = clone.read(PATH)
    assert clone.run("resolve", code=1) == f"Not merged: {PATH}. {message}\n"
    assert clone.read(PATH) == before


def test_half_of_a_mark_is_not_guessed_at(clone: Clone) -> None:
    clone.write(PATH, BASE + "<<<<<<< ours\n" + N9 + ">>>>>>> theirs\n")
    assert clone.run("resolve", code=1) == (
        f"Not merged: {PATH}. The conflict marks in {PATH} are not complete."
        f" Take the file back: git checkout -m {PATH}\n"
    )


def test_a_file_elsewhere(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("<<<<<<< a\n")
    assert clone.run("resolve", "../x.yml", code=2) == "Error: ../x.yml is not in this clone.\n"


def test_closed_on_both_sides(clone: Clone) -> None:
    """Both cannot stand, whatever somebody says."""
    part(clone, BASE + CLOSED, BASE + CLOSED.replace("T12", "T13"))
    clone.git("merge", "other", code=1)
    assert "closed cannot follow: the case ended with closed" in clone.run("resolve", "--keep", "both", code=1)
    clone.run("resolve", "--keep", "ours")
    assert clone.read(PATH) == BASE + CLOSED
