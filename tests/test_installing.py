"""A clone is set up once and for all, by whichever program runs hooks, and nobody else's hook is touched."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clones import Clone, Server
from tests.console import ROOT
from tests.opened import BASE, PATH

CONFIGURATION = ".pre-commit-config.yaml"


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone of a repository that ships what this one ships."""
    return Server(tmp_path, {PATH: BASE, CONFIGURATION: (ROOT / CONFIGURATION).read_text("utf-8")}).clone("one")


def commits(clone: Clone, text: str, *, code: int) -> str:
    """What is said when somebody commits the case with this text."""
    clone.write(PATH, text)
    clone.git("add", PATH)
    return clone.git("commit", "--quiet", "--message", "x", code=code)


def test_git_itself_runs_the_hook(clone: Clone) -> None:
    program = f"{sys.executable} -m caseledger"
    assert clone.run("install", "--hooks", "git").splitlines() == [
        "Merge driver: set up.",
        "Hook: set up; Git calls caseledger check on what is to be committed.",
    ]
    assert clone.git("config", "merge.caseledger.driver").strip() == (
        f"{program} merge-driver --marker-size=%L %O %A %B %P"
    )
    assert clone.run("install", "--hooks", "git") == "Merge driver: set up already.\nHook: set up already.\n"
    assert f"{PATH}:9:9: error:" in commits(clone, BASE.replace("demand: refund", "demand: gold"), code=1)
    commits(clone, BASE + "# fine\n", code=0)


def test_the_hook_looks_at_staged_files_only(clone: Clone) -> None:
    clone.run("install", "--hooks", "git")
    clone.write(PATH.replace("7K3QD", "00000"), "wrong\n")
    commits(clone, BASE + "# fine\n", code=0)
    clone.write("README.md", "x\n")
    clone.git("add", "README.md")
    clone.git("commit", "--quiet", "--message", "x")
    clone.write(PATH, BASE + "# staged\n")
    clone.git("add", PATH)
    clone.write(PATH, BASE + "# not staged\n")
    assert clone.git("commit", "--quiet", "--message", "x", code=1) == (
        "Of a file that is to be committed, stage all changes: git add -u\n"
    )


def test_entries_pass_the_hook(clone: Clone) -> None:
    clone.run("install", "--hooks", "git")
    clone.write(PATH.replace("7K3QD", "00000"), "wrong\n")
    said = clone.run("append", Path(PATH).stem, "note", "--note", "x", "--push")
    assert "Pushed to origin" in said


@pytest.mark.parametrize("program", ["pre-commit", "prek"])
def test_hooks_by_a_program(clone: Clone, program: str) -> None:
    assert clone.run("install", "--hooks", program).splitlines()[1] == f"Hook: set up, by {program} install."
    assert clone.run("install", "--hooks", program).splitlines()[1] == "Hook: set up already."
    said = commits(clone, BASE.replace("demand: refund", "demand: gold"), code=1)
    assert f"{PATH}:9:9: error:" in said
    commits(clone, BASE + "# fine\n", code=0)
    assert clone.run("install", "--uninstall").splitlines() == [
        "Merge driver: removed.",
        f"Hook: removed, by {program} uninstall.",
    ]
    assert not (clone.folder / ".git/hooks/pre-commit").exists()
    assert clone.run("install", "--uninstall").splitlines() == ["Merge driver: was not set up.", "Hook: none of ours."]


def test_one_program_after_the_other(clone: Clone) -> None:
    for program in ("git", "pre-commit", "prek", "git"):
        clone.run("install", "--hooks", program)
        commits(clone, BASE.replace("demand: refund", "demand: gold"), code=1)
    found = (clone.folder / ".git/hooks").glob("pre-commit*")
    assert {path.name for path in found} == {"pre-commit.sample", "pre-commit"}
    clone.run("install", "--uninstall")
    assert not (clone.folder / ".git/hooks/pre-commit").exists()


def test_by_default_what_is_configured_and_there(clone: Clone) -> None:
    assert "by prek install" in clone.run("install")
    clone.run("install", "--uninstall")
    (clone.folder / CONFIGURATION).unlink()
    assert "Git calls caseledger check" in clone.run("install")
    assert clone.run("install", "--hooks", "prek", code=2).splitlines()[-1] == (
        "Error: There is no .pre-commit-config.yaml for prek to read."
    )


@pytest.mark.parametrize("hooks", ["git", "pre-commit", "prek"])
def test_a_hook_of_somebody_else_stays(clone: Clone, hooks: str) -> None:
    hook = clone.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n")
    said = clone.run("install", "--hooks", hooks).splitlines()[1]
    assert said == f"Hook: {hook} is not ours and stays. Call this in it: {sys.executable} -m caseledger check"
    assert clone.run("install", "--uninstall").splitlines()[1] == "Hook: none of ours."
    assert hook.read_text() == "#!/bin/sh\nexit 0\n"


def test_no_hook_is_wanted(clone: Clone) -> None:
    assert clone.run("install", "--hooks", "none") == "Merge driver: set up.\nHook: none is wanted.\n"
    assert not (clone.folder / ".git/hooks/pre-commit").exists()


def test_the_driver_is_named_where_it_is_not_yet(clone: Clone) -> None:
    clone.write(".gitattributes", "*.png binary")
    assert clone.run("install", "--hooks", "none").splitlines()[1] == (
        ".gitattributes: the line cases/**/C-*.yml merge=caseledger was added; commit it, so that it holds for all."
    )
    assert clone.read(".gitattributes") == "*.png binary\ncases/**/C-*.yml merge=caseledger\n"
    assert clone.run("install", "--hooks", "none").splitlines() == [
        "Merge driver: set up already.",
        "Hook: none is wanted.",
    ]


def test_below_the_top_of_the_clone(tmp_path: Path) -> None:
    clone = Server(tmp_path, {PATH: BASE}, within="the cases").clone("one")
    clone.folder /= "the cases"
    assert "Git calls caseledger check" in clone.run("install")
    assert f"{PATH}:9:9: error:" in commits(clone, BASE.replace("demand: refund", "demand: gold"), code=1)
    commits(clone, BASE + "# fine\n", code=0)


def test_a_merge_after_the_installation(clone: Clone) -> None:
    clone.run("install", "--hooks", "git")
    clone.git("checkout", "--quiet", "-b", "other")
    clone.run("append", Path(PATH).stem, "note", "--note", "theirs", "--at", "2026-11-04T09:00:00+08:00", "--commit")
    clone.git("checkout", "--quiet", "main")
    clone.run("append", Path(PATH).stem, "note", "--note", "ours", "--at", "2026-11-04T10:00:00+08:00", "--commit")
    clone.git("merge", "--quiet", "--no-edit", "other")
    assert clone.read(PATH).index("theirs") < clone.read(PATH).index("ours")


def test_published_hooks_are_valid() -> None:
    program = Path(sys.executable).parent / "pre-commit"
    for word, name in (("validate-manifest", ".pre-commit-hooks.yaml"), ("validate-config", CONFIGURATION)):
        subprocess.run([program, word, name], cwd=ROOT, check=True, capture_output=True)
    assert shutil.which("prek", path=str(program.parent))
