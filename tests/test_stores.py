"""Stores: each keeps what it is given, once, and gives back the same; a real server stands for object storage."""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseledger import files
from caseledger.errors import CannotGoOn
from caseledger.stores import naming, urls
from caseledger.stores.beside import Beside, pointer
from caseledger.stores.folder import Folder
from caseledger.stores.lfs import Lfs
from caseledger.stores.objects import Objects
from caseledger.stores.registry import Stores
from caseledger.stores.store import Changed, Different, Kept, Missing, Store
from tests.conftest import REGION

CASE = "cases/2026/11/C-20261103-7K3QD.yml"


def digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def pieces(raw: bytes, size: int = 1000) -> Iterator[bytes]:
    return (raw[begin : begin + size] for begin in range(0, len(raw), size))


@pytest.fixture
def bucket(endpoint: str) -> Objects:
    """Object storage with nothing in it."""
    store = Objects("main", urls.parse(f"s3://evidence/of/cases?endpoint={endpoint}&region={REGION}"))
    for kept in list(store.list()):
        store.remove(kept.key)
    return store


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder("main", tmp_path / "evidence")


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each kind of store outside Git."""
    found: Store = request.getfixturevalue(request.param)
    return found


def test_what_is_put_is_there_once_and_can_be_taken_away(store: Store) -> None:
    raw = b"a picture"
    key = store.key(CASE, digest(raw), ".jpg")
    assert store.uri(key) == f"store:main/{digest(raw)}"
    assert store.size(key) is None
    assert store.put(key, digest(raw), pieces(raw))
    assert not store.put(key, digest(raw), pieces(raw))
    assert b"".join(store.open(key)) == raw
    assert store.size(key) == len(raw)
    assert list(store.list()) == [Kept(key, len(raw))]
    store.remove(key)
    assert list(store.list()) == []
    with pytest.raises(Missing):
        store.open(key)
    with pytest.raises(Missing):
        store.remove(key)


def test_nothing_is_kept_of_a_file_that_changes_meanwhile(store: Store) -> None:
    for raw in (b"small", os.urandom(9 << 20)):
        with pytest.raises(Changed):
            store.put(digest(b"what it was"), digest(b"what it was"), pieces(raw, 1 << 20))
    assert list(store.list()) == []


def test_a_large_file_comes_back_as_it_was(store: Store) -> None:
    raw = os.urandom(20 << 20)
    key = digest(raw)
    assert store.put(key, key, pieces(raw, 1 << 20))
    assert digest(b"".join(store.open(key))) == key
    assert store.size(key) == len(raw)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(contents=st.lists(st.binary(min_size=1, max_size=3000), max_size=5), size=st.integers(1, 4000))
def test_all_that_is_put_comes_back_whatever_it_is(store: Store, contents: list[bytes], size: int) -> None:
    for kept in list(store.list()):
        store.remove(kept.key)
    for raw in contents:
        store.put(digest(raw), digest(raw), pieces(raw, size))
    assert {kept.key: kept.size for kept in store.list()} == {digest(raw): len(raw) for raw in contents}
    assert all(b"".join(store.open(digest(raw))) == raw for raw in contents)


def test_what_is_there_is_never_overwritten(folder: Folder) -> None:
    key = digest(b"right")
    folder.put(key, key, [b"right"])
    file = folder.folder / key[:2] / key
    assert file.stat().st_mode & 0o222 == 0
    file.chmod(0o644)
    file.write_bytes(b"wrong")
    with pytest.raises(Different) as refused:
        folder.put(key, key, [b"right"])
    assert str(refused.value.text) == (
        f"The store main keeps something else as {key}; nothing was overwritten. Find out what happened."
    )
    assert file.read_bytes() == b"wrong"


def test_object_storage_overwrites_nothing_either(bucket: Objects, endpoint: str) -> None:
    key = digest(b"right")
    client = boto3.client("s3", endpoint_url=endpoint, region_name=REGION)
    client.put_object(Bucket="evidence", Key=f"of/cases/{key[:2]}/{key}", Body=b"wrong")
    with pytest.raises(Different):
        bucket.put(key, key, [b"right"])
    assert b"".join(bucket.open(key)) == b"wrong"


def test_of_two_who_put_the_same_into_object_storage_one_is_first(bucket: Objects, endpoint: str) -> None:
    other = Objects("main", urls.parse(f"s3://evidence/of/cases?endpoint={endpoint}&region={REGION}"))
    key = digest(b"the same")

    def interrupted() -> Iterator[bytes]:
        assert other.put(key, key, [b"the same"])
        yield b"the same"

    assert not bucket.put(key, key, interrupted())
    assert list(bucket.list()) == [Kept(key, 8)]


def test_what_an_interrupted_run_left_is_listed_and_tidied_by_the_next(folder: Folder) -> None:
    key = digest(b"right")
    left = folder.folder / "incoming" / f"{key}.01234567"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"ri")
    assert list(folder.list()) == [Kept(f"incoming/{key}.01234567", 2)]
    folder.put(key, key, [b"right"])
    assert list(folder.list()) == [Kept(key, 5)]


def test_object_storage_that_does_not_answer_is_named(endpoint: str, bucket: Objects) -> None:
    store = Objects("main", urls.parse(f"s3://nothing-here?endpoint={endpoint}&region={REGION}"))
    with pytest.raises(CannotGoOn) as refused:
        store.put(digest(b"x"), digest(b"x"), [b"x"])
    assert str(refused.value.text).startswith(f"The store main at s3://nothing-here/ ({endpoint}) does not answer")
    closed = Objects("main", urls.parse(f"s3://evidence?endpoint=http://127.0.0.1:9&region={REGION}"))
    with pytest.raises(CannotGoOn, match="does not answer"):
        closed.size(digest(b"x"))


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository in which Git LFS is set up, with a server for it beside it."""
    root = tmp_path / "repository"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "server.git")
    git(tmp_path, "init", "-q", "-b", "main", str(root))
    git(root, "remote", "add", "origin", "../server.git")
    file = root / CASE
    file.parent.mkdir(parents=True)
    file.write_text("id: C-20261103-7K3QD\n")
    return root


def git(folder: Path, *words: str) -> str:
    environment = {"GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder), "PATH": os.environ["PATH"]}
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    ran = subprocess.run(
        ["git", *identity, *words], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return ran.stdout


def test_git_lfs_keeps_the_file_and_git_a_pointer(clone: Path, tmp_path: Path) -> None:
    git(clone, "lfs", "install", "--local")
    store, raw = Lfs("git", clone), b"a picture" * 100
    key = store.key(CASE, digest(raw), ".jpg")
    assert key == f"cases/2026/11/C-20261103-7K3QD/lfs/{digest(raw)}.jpg"
    assert store.uri(key) == f"lfs/{digest(raw)}.jpg"
    assert store.put(key, digest(raw), pieces(raw))
    assert not store.put(key, digest(raw), pieces(raw))
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "Begin")
    assert git(clone, "show", f"HEAD:{key}").encode() == pointer(digest(raw), len(raw))
    git(clone, "push", "-q", "origin", "main")
    git(tmp_path, "-c", "filter.lfs.required=true", "clone", "-q", "server.git", "other")
    git(tmp_path / "other", "lfs", "install", "--local")
    other = Lfs("git", tmp_path / "other")
    assert other.size(key) is None
    assert other.is_pointed_at(key)
    assert not other.put(key, digest(raw), pieces(raw))  # whoever has the pointer has the file
    with pytest.raises(Missing):
        other.open(key)
    git(tmp_path / "other", "lfs", "pull")
    assert b"".join(other.open(key)) == raw
    assert list(other.list()) == [Kept(key, 900)]
    other.remove(key)
    assert list(other.list()) == []
    with pytest.raises(Missing):
        other.remove(key)


def test_git_lfs_overwrites_nothing(clone: Path) -> None:
    git(clone, "lfs", "install", "--local")
    store = Lfs("git", clone)
    key = store.key(CASE, digest(b"right"), "")
    files.create(clone / key, b"wrong")
    with pytest.raises(Different):
        store.put(key, digest(b"right"), [b"right"])
    assert (clone / key).read_bytes() == b"wrong"


def test_without_git_lfs_it_says_what_to_do(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(clone))
    store = Lfs("git", clone)
    with pytest.raises(CannotGoOn) as refused:
        store.put(store.key(CASE, digest(b"x"), ""), digest(b"x"), [b"x"])
    assert str(refused.value.text) == (
        "The store git needs Git LFS, which is not set up here. Install git-lfs, then: git lfs install"
    )
    assert not (clone / "cases/2026/11/C-20261103-7K3QD").exists()


def test_files_beside_a_case_do_not_lead_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    beside = tmp_path / "cases/2026/11/C-20261103-7K3QD"
    beside.mkdir(parents=True)
    (beside / "link").symlink_to(tmp_path / "secret")
    store = Beside(tmp_path)
    for uri in ("../../../../secret", "link", "none"):
        with pytest.raises(Missing):
            store.open(store.path_of(CASE, uri))
        with pytest.raises(Missing):
            store.remove(store.path_of(CASE, uri))
    assert (tmp_path / "secret").read_bytes() == b"secret"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("file:evidence", "{around}/evidence"),
        ("file:shared/evidence%20of%202026", "{around}/shared/evidence of 2026"),
        ("file:///srv/evidence", "/srv/evidence"),
        ("lfs:", "{around}/repository/cases"),
        ("s3://complaints/evidence?region=eu-north-1", "s3://complaints/evidence"),
        (
            "s3://complaints?region=eu-north-1&endpoint=https://s3.example.com",
            "s3://complaints/ (https://s3.example.com)",
        ),
    ],
)
def test_a_url_says_where_a_store_is(url: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()
    stores = Stores(tmp_path / "repository", {"stores": {"evidence": url}})
    assert stores.are_set
    assert stores.named("evidence").shown == shown.format(around=tmp_path)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://files.example.com", "ftp://files.example.com is not the URL of a store."),
        ("/srv/evidence", "/srv/evidence is not the URL of a store."),
        ("file:", "file: is not the URL of a store."),
        ("file://server/evidence", "file://server/evidence is not the URL of a store."),
        ("lfs://server", "lfs://server is not the URL of a store."),
        ("s3:evidence", "s3:evidence is not the URL of a store."),
        ("s3://evidence?secret=x", "s3://evidence?secret=x is not the URL of a store."),
        ("s3://[evidence", "s3://[evidence is not the URL of a store."),
        (
            "s3://key:secret@evidence",
            "The URL of a store holds no names and passwords; they come from the environment.",
        ),
        (
            "s3://evidence?endpoint=http://s3.example.com",
            "The endpoint http://s3.example.com must begin with https://, so that nobody on the way can read evidence.",
        ),
    ],
)
def test_a_url_that_is_none_is_told(url: str, why: str) -> None:
    with pytest.raises(CannotGoOn) as refused:
        urls.parse(url)
    assert str(refused.value.text) == why


def test_without_settings_there_is_a_folder_beside_the_repository(tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()
    stores = Stores(tmp_path / "repository", {})
    assert not stores.are_set
    assert stores.names == ["evidence"]
    assert stores.named("evidence").shown == f"{tmp_path}/repository-evidence"
    assert stores.named("quarantine").shown == f"{tmp_path}/repository-quarantine"


def test_a_repository_within_a_clone_has_its_stores_outside_of_git(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "clone")
    (tmp_path / "clone/complaints").mkdir()
    assert Stores(tmp_path / "clone/complaints", {}).named("evidence").shown == f"{tmp_path}/complaints-evidence"


def test_stores_are_found_by_name(tmp_path: Path) -> None:
    stores = Stores(tmp_path, {"stores": {"new": "file:new", "old": "file:old", "quarantine": "file:unwanted"}})
    assert stores.names == ["new", "old"]
    key = digest(b"x")
    found = stores.holding(CASE, naming.uri("old", key))
    assert found
    assert (found[0].name, found[1]) == ("old", key)
    assert stores.holding(CASE, "https://files.example.com/x.jpg") is None
    beside = stores.holding(CASE, "x.jpg")
    assert beside
    assert beside[1] == "cases/2026/11/C-20261103-7K3QD/x.jpg"
    with pytest.raises(CannotGoOn) as refused:
        stores.holding(CASE, naming.uri("other", key))
    assert str(refused.value.text) == "There is no store other in caseledger.yml; there are: new, old."
