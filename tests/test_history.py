"""What Git says happened: commits, changes and ranges, whatever was done to the repository that says so."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from caseledger.errors import CannotGoOn
from caseledger.history import changes, commits, span
from caseledger.history.changes import Blob, Change
from caseledger.history.checkout import Checkout
from caseledger.history.commits import Commit, Identity
from caseledger.history.repository import Repository
from caseledger.history.span import Span
from tests.conftest import ROOT

WHO = {
    "GIT_AUTHOR_NAME": "林晓晴",
    "GIT_AUTHOR_EMAIL": "lin.xiaoqing@example.cn",
    "GIT_AUTHOR_DATE": "2026-11-03T09:12:00+08:00",
    "GIT_COMMITTER_NAME": "Ingrid Solheim",
    "GIT_COMMITTER_EMAIL": "ingrid.solheim@example.com",
    "GIT_COMMITTER_DATE": "2026-11-03T02:30:00-03:30",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


class Work:
    """A Git repository with a working copy."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str, given: str | None = None, **more: str) -> str:
        ran = subprocess.run(
            ["git", *words],
            cwd=self.root,
            input=given,
            env={**os.environ, **WHO, **more},
            check=True,
            capture_output=True,
            text=True,
        )
        return ran.stdout.strip()

    def commit(self, message: str = "A change", **texts: str | None) -> str:
        """A commit in which files (a/b is a__b) get these texts, or go."""
        for name, text in texts.items():
            path = self.root / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink() if text is None else path.write_text(text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path / "work")


def names(work: Work, base: str, head: str) -> list[str]:
    with Repository(work.root) as repository:
        return [commit.subject for commit in commits.commits(repository, base, head)]


def test_a_commit_is_read_as_it_was_written(work: Work) -> None:
    first = work.commit("First")
    message = "Answer \x1b[31mthe\x07 consumer\n\nWhy.\n\nSee-also: me\nCo-Authored-By: Rupert <rupert@example.com>\n"
    second = work.commit(message, a="1")
    with Repository(work.root) as repository:
        assert commits.commits(repository, first, second) == [
            Commit(
                id=second,
                parents=(first,),
                author=Identity("林晓晴", "lin.xiaoqing@example.cn"),
                authored=datetime(2026, 11, 3, 9, 12, tzinfo=timezone(timedelta(hours=8))),
                committer=Identity("Ingrid Solheim", "ingrid.solheim@example.com"),
                committed=datetime(2026, 11, 3, 6, 0, tzinfo=UTC),
                coauthors=(Identity("Rupert", "rupert@example.com"),),
                subject="Answer �[31mthe� consumer",
                body="Why.\n\nSee-also: me\nCo-Authored-By: Rupert <rupert@example.com>",
                tree=work.git("rev-parse", "HEAD^{tree}"),
            )
        ]
        [commit] = commits.commits(repository, first, second)
        assert commit.committed.utcoffset() == timedelta(hours=-3, minutes=-30)


def test_a_co_author_is_one_of_the_trailers_only(work: Work) -> None:
    first = work.commit("First")
    work.commit("Second\n\nco-authored-by: In The Text <a@example.com>\n\nThe last paragraph.")
    work.commit("Third\n\nA sentence, and\nco-authored-by: In The Text <a@example.com>")
    work.commit("Co-authored-by: In The Subject <a@example.com>")
    last = work.commit("Fifth\n\nCo-authored-by: A <a@example.com>\nCo-authored-by: B <b@example.com>")
    with Repository(work.root) as repository:
        assert [[one.name for one in commit.coauthors] for commit in commits.commits(repository, first, last)] == [
            [],
            [],
            [],
            ["A", "B"],
        ]


def test_every_parent_is_followed_and_the_oldest_comes_first(work: Work) -> None:
    base = work.commit("base")
    work.git("checkout", "-q", "-b", "side")
    work.commit("side", side="1")
    work.git("checkout", "-q", "-b", "third", base)
    work.commit("third", third="1")
    work.git("checkout", "-q", "main")
    work.commit("main", main="1")
    work.git("merge", "-q", "-m", "octopus", "side", "third")
    found = names(work, base, "HEAD")
    assert (set(found[:-1]), found[-1]) == ({"main", "side", "third"}, "octopus")
    assert names(work, "", base) == ["base"]


def test_a_damaged_commit_is_refused(work: Work) -> None:
    work.commit("First")
    tree = work.git("rev-parse", "HEAD^{tree}")
    text = f"tree {tree}\nauthor A <a@example.com> 99999999999999 +0000\ncommitter A <a@example.com> 1 +0000\n\nx\n"
    bad = work.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=text)
    with Repository(work.root) as repository, pytest.raises(CannotGoOn) as caught:
        commits.commits(repository, "", bad)
    assert caught.value.text.to("en") == (
        f"The commit {bad[:10]} is damaged: its author, committer or time cannot be read."
    )


def test_changes_have_names_modes_and_blobs(work: Work) -> None:
    one, two = "d00491fd7e5bb6fa28c517a0bb32b8b506539d4d", "0cfbf08886fca9a91cb753ec8734c84fcbe52c9f"
    first = work.commit(a="1\n", b="1\n", c="1\n")
    (work.root / "c").chmod(0o755)
    (work.root / "link").symlink_to("a")
    (work.root / 'new\n"é').write_text("1\n")
    second = work.commit(a="2\n", b=None)
    with Repository(work.root) as repository:
        found = changes.changes(repository, first, second)
        blobs = [change.before or change.after for change in found]
        texts = list(repository.read(blob.id for blob in blobs if blob))
        assert changes.changes(repository, None, first) == [
            Change(name, None, Blob(one, changes.FILE)) for name in ("a", "b", "c")
        ]
        assert list(repository.read([one, one], largest=1)) == [b"1", b"1"]
    link = Blob(work.git("rev-parse", "HEAD:link"), changes.LINK)
    assert found == [
        Change("a", Blob(one, changes.FILE), Blob(two, changes.FILE)),
        Change("b", Blob(one, changes.FILE), None),
        Change("c", Blob(one, changes.FILE), Blob(one, changes.EXECUTABLE)),
        Change("link", None, link),
        Change('new\n"é', None, Blob(one, changes.FILE)),
    ]
    assert texts == [b"1\n", b"1\n", b"1\n", b"a", b"1\n"]


def test_many_pairs_are_compared_and_many_blobs_read_at_once(work: Work) -> None:
    ids = [work.commit(f"{i}", a=f"{i}") for i in range(3)]
    trees = [work.git("rev-parse", f"{name}^{{tree}}") for name in ids]
    pairs = [(trees[0], trees[1]), (trees[1], trees[1]), (trees[1], trees[2])] * 100
    with Repository(work.root) as repository:
        found = list(changes.compared(repository, pairs))
        assert [len(one) for one in found] == [1, 0, 1] * 100
        after = [change.after.id for one in found for change in one if change.after]
        assert list(repository.read(after)) == [b"1", b"2"] * 100


def test_a_case_repository_within_another_sees_only_its_own_files(work: Work) -> None:
    first = work.commit(inner__a="1", outer="1")
    second = work.commit(inner__a="2", inner__b__c="1", outer="2")
    with Repository(work.root / "inner") as repository:
        assert [change.path for change in changes.changes(repository, first, second)] == ["a", "b/c"]
        assert list(changes.files(repository, second)) == ["a", "b/c"]
        assert list(changes.files(repository, second, ["b"])) == ["b/c"]


@pytest.mark.parametrize(("dots", "expected"), [("..", "onward"), ("...", "shared")])
def test_a_range_is_read_as_git_reads_it(work: Work, dots: str, expected: str) -> None:
    known = {"shared": work.commit("shared")}
    work.git("checkout", "-q", "-b", "side")
    known["head"] = work.commit("head", side="1")
    work.git("checkout", "-q", "main")
    known["onward"] = work.commit("onward", main="1")
    with Repository(work.root) as repository:
        assert span.parse(repository, f"main{dots}side") == Span(known[expected], known["head"], (known["shared"],))
        assert span.parse(repository, f"main{dots}") == Span(known["onward"], known["onward"], (known["onward"],))
        assert not span.parse(repository, "main..side").forward
        assert span.parse(repository, "main...side").forward


def test_commits_that_were_replaced_or_grafted_are_what_they_were(work: Work) -> None:
    first = work.commit("First", a="1")
    second = work.commit("Second", a="2")
    third = work.commit("Third", a="3")
    work.git("replace", third, first)
    (work.root / ".git/info/grafts").write_text(f"{third} {first}\n")
    with Repository(work.root) as repository:
        assert [commit.parents for commit in commits.commits(repository, first, third)] == [(first,), (second,)]
        assert span.parse(repository, f"{second}..{third}").forward
        [change] = changes.changes(repository, second, third)
        assert change.after
        assert list(repository.read([change.after.id])) == [b"3"]


def test_a_commit_graph_that_lies_is_not_believed(work: Work) -> None:
    first = work.commit("First")
    work.commit("Second")
    third = work.commit("Third")
    work.git("replace", third, first)
    work.git("-c", "core.commitGraph=true", "commit-graph", "write", "--reachable")
    assert names(work, first, third) == ["Second", "Third"]


def test_nothing_that_a_configuration_names_is_run(work: Work, tmp_path: Path) -> None:
    first = work.commit(a="1", x__gitattributes="")
    (work.root / ".gitattributes").write_text("* diff=evil filter=evil\n")
    second = work.commit(a="2")
    trap = tmp_path / "trap"
    for key in ("diff.evil.textconv", "diff.evil.command", "diff.external", "core.fsmonitor", "core.pager"):
        work.git("config", key, f"touch {trap}; cat")
    work.git("config", "filter.evil.smudge", f"touch {trap}; cat")
    with Repository(work.root) as repository:
        assert span.parse(repository, f"{first}..{second}").forward
        assert len(changes.changes(repository, first, second)) == 2
        Checkout(repository, second, tmp_path / "out").write(changes.files(repository, second))
    assert (tmp_path / "out" / "a").read_text() == "2"
    assert not trap.exists()


@pytest.mark.parametrize("depth", [1, 2])
def test_a_shallow_clone_is_refused_with_the_remedy(work: Work, tmp_path: Path, depth: int) -> None:
    ids = [work.commit(f"{i}") for i in range(4)]
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "-q", f"--depth={depth}", f"file://{work.root}", clone], check=True, capture_output=True
    )
    with Repository(clone) as repository:
        assert repository.shallow
        if depth == 1:
            with pytest.raises(CannotGoOn) as caught:
                span.parse(repository, f"{ids[2]}..HEAD")
            assert caught.value.text.to("en") == (
                f"There is no commit {ids[2]} here; where not all commits were fetched, git fetch --unshallow."
            )
        else:
            assert span.parse(repository, f"{ids[2]}..HEAD").forward
            with pytest.raises(CannotGoOn) as caught:
                span.parse(repository, f"{ids[1]}..HEAD")
            assert "git fetch --unshallow" in caught.value.text.to("en")


def test_a_boundary_within_the_range_is_refused(work: Work, tmp_path: Path) -> None:
    base = work.commit("base")
    work.git("checkout", "-q", "-b", "side")
    for i in range(3):
        work.commit(f"side {i}")
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--depth=2", "--no-single-branch", f"file://{work.root}", clone],
        check=True,
        capture_output=True,
    )
    with Repository(clone) as repository, pytest.raises(CannotGoOn) as caught:
        span.parse(repository, f"{base}..HEAD")
    head = work.git("rev-parse", "HEAD")
    assert caught.value.text.to("en") == (
        f"Not all commits between {base[:10]} and {head[:10]} were fetched. Fetch them first: git fetch --unshallow"
    )


def test_a_folder_without_git_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn) as caught:
        Repository(tmp_path)
    assert caught.value.text.to("en") == f"{tmp_path} is not under Git."


def test_an_object_that_is_missing_is_named(work: Work) -> None:
    work.commit(a="1")
    with Repository(work.root) as repository, pytest.raises(CannotGoOn) as caught:
        list(repository.read(["0" * 40]))
    assert caught.value.text.to("en") == (
        f"The object {'0' * 40} is missing here; where not everything was fetched, git fetch --unshallow --refetch."
    )


def test_a_bare_repository_answers_like_any_other(work: Work, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policy", work.root / "policy")
    shutil.copy(ROOT / "caseledger.yml", work.root)
    first = work.commit()
    (work.root / "policy/calendars/CN.yml").unlink()
    (work.root / "policy/link.yml").symlink_to("people.yml")
    second = work.commit()
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "clone", "-q", "--bare", work.root, bare], check=True)
    with Repository(bare) as repository:
        assert [change.path for change in changes.changes(repository, first, second)] == [
            "policy/calendars/CN.yml",
            "policy/link.yml",
        ]
        old = Checkout(repository, first, tmp_path / "old").rulebook
        new = Checkout(repository, second, tmp_path / "new").rulebook
        assert old.calendar("CN").name == "CN"
        assert old.policy_names == new.policy_names
        assert not (tmp_path / "new/policy/calendars").exists()
        assert not (tmp_path / "new/policy/link.yml").is_symlink()


def test_a_tree_that_leads_out_of_its_folder_is_left_alone(work: Work, tmp_path: Path) -> None:
    blob = work.git("hash-object", "-w", "--stdin", given="trap")
    inner = work.git("mktree", given=f"100644 blob {blob}\ttrap\n")
    evil = b"40000 ..\0" + bytes.fromhex(inner)
    raw = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"],
        cwd=work.root,
        input=evil,
        check=True,
        capture_output=True,
    ).stdout
    tree = work.git("mktree", given=f"040000 tree {raw.decode().strip()}\tpolicy\n")
    commit = work.git("commit-tree", tree, "-m", "evil")
    with Repository(work.root) as repository:
        Checkout(repository, commit, tmp_path / "within" / "out")
    assert not list(tmp_path.rglob("trap"))
