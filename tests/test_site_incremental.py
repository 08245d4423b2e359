"""A build with a cache gives what a build without one gives, whatever has changed since."""

import hashlib
import io
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from caseledger import files, kept, register, site
from caseledger.cache import FOLDER, Cache, Kept, contents
from caseledger.rulebook import Rulebook
from caseledger.site import places, stamping, survey
from caseledger.site.stamping import Stock
from caseledger.stores.registry import Stores
from tests import casework
from tests.casework import CASE, NOW, case, event
from tests.conftest import ROOT

IDS = (CASE, "C-20261102-2M4XN", "C-20260601-4XN2M")
ENTRIES = (
    event("2026-11-03 10:40", "verified", in_scope=True, complete=True),
    event("2026-11-10 10:00", "graded", grade="major", reason="Widespread"),
    event("2026-11-12 10:00", "note", note="Rang twice."),
    event("2026-11-13 09:00", "withdrawn", reason="Found it"),
    event("2026-11-20 09:00", "note", note="Filed."),
)


def _case(number: int, entries: int, related: list[int]) -> casework.JSON:
    received = event(f"{IDS[number][2:6]}-{IDS[number][6:8]}-{IDS[number][8:10]} 09:12", "received")
    named = [IDS[other] for other in related]
    return case(received, *ENTRIES[:entries], case_id=IDS[number], **({"related": named} if named else {}))


CHANGES = st.one_of(
    st.tuples(
        st.just("write"), st.integers(0, 2), st.integers(0, 5), st.lists(st.integers(0, 2), max_size=2, unique=True)
    ),
    st.tuples(st.just("break"), st.integers(0, 2)),
    st.tuples(st.just("remove"), st.integers(0, 2)),
    st.tuples(st.just("policy"), st.sampled_from(["1 wd", "2 wd", "9 wd"])),
    st.tuples(st.just("people"), st.sampled_from(["2023-01-01", "2026-11-11"])),
    st.tuples(st.just("clock"), st.integers(-20, 20)),
    st.tuples(st.just("forget"), st.sampled_from([kept.CASE, kept.DATA, survey.STANDING, places.KIND])),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("incremental")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(CHANGES, min_size=1, max_size=3), min_size=2, max_size=5))
def test_a_survey_with_a_cache_is_one_without(folder: Path, rounds: list[list[tuple[object, ...]]]) -> None:
    root = folder / "repository"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(ROOT / "policy", root / "policy")
    shutil.copy(ROOT / "caseledger.yml", root)
    now = NOW
    for changes in rounds:
        for change in changes:
            now = _apply(root, now, change)
        first = _stock(root, now)
        again = _stock(root, now)
        shutil.rmtree(root / FOLDER)
        fresh = _stock(root, now)
        assert _told(first) == _told(again) == _told(fresh)


def _apply(root: Path, now: datetime, change: tuple[object, ...]) -> datetime:
    match change:
        case ("write", int(number), int(entries), list(related)):
            casework.put(root, _case(number, entries, related))
        case ("break", int(number)):
            casework.put(root, {**_case(number, 1, []), "channel": "pigeon"})
        case ("remove", int(number)):
            files.case_path(root, IDS[number]).unlink(missing_ok=True)
        case ("policy", str(limit)):
            path = root / "policy/quality/2023-01-01/policy.yml"
            text = (ROOT / "policy/quality/2023-01-01/policy.yml").read_text(encoding="utf-8")
            path.write_text(text.replace("within: 1 wd", f"within: {limit}", 1), encoding="utf-8")
        case ("people", str(day)):
            text = (ROOT / "policy/people.yml").read_text(encoding="utf-8")
            (root / "policy/people.yml").write_text(text.replace("2023-01-01", day, 1), encoding="utf-8")
        case ("clock", int(days)):
            return NOW + timedelta(days=days)
        case ("forget", str(kind)) if (root / FOLDER / "kept.sqlite").exists():
            with sqlite3.connect(root / FOLDER / "kept.sqlite") as database:
                database.execute("delete from kept where kind = ?", (kind,))
            database.close()
    return now


def _stock(root: Path, now: datetime) -> Stock:
    rulebook, cache = Rulebook(root), Cache(root, register.house(root))
    with ThreadPoolExecutor(1) as pool:
        found = survey.survey(rulebook, now, cache, list(register.case_files(root)), pool)
        return stamping.stock(rulebook, now, cache, found)


def _told(stock: Stock) -> tuple[object, ...]:
    return (
        [(one.path, one.digest, one.standing, one.occurrence) for one in stock.known],
        stock.problems,
        stock.clusters,
        stock.around,
    )


def _pages(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and "search/" not in path.as_posix()
    }


def _steps(root: Path) -> Iterator[tuple[str, datetime]]:
    """Changes of a repository, one after the other, each with the moment of the build that follows."""
    casework.put(root, _case(0, 1, [1]))
    casework.put(root, _case(1, 4, []))
    casework.put(root, _case(2, 0, []))
    yield "a first build", NOW
    yield "later", NOW + timedelta(days=3)
    casework.put(root, _case(2, 5, []))
    yield "an open case ends", NOW + timedelta(days=3)
    casework.put(root, case(event("2026-11-02 09:12", "received"), case_id=IDS[1], summary="Another summary"))
    yield "what a neighbour shows", NOW + timedelta(days=3)
    text = root / "policy/quality/2023-01-01/text.en.md"
    text.write_text(text.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
    yield "a policy's text", NOW + timedelta(days=3)
    files.case_path(root, IDS[2]).unlink()
    yield "a case is gone", NOW + timedelta(days=3)
    yield "earlier", NOW - timedelta(days=12)
    (root / "build/site/en/cases/2026/11" / f"{CASE}.html").unlink()
    (root / "build/site/stray.html").write_text("stray", encoding="utf-8")
    yield "somebody was in the site", NOW - timedelta(days=12)
    shutil.rmtree(root / "build/site")
    yield "the site is gone", NOW


def test_a_site_that_is_brought_up_to_date_is_one_that_is_built_anew(repository: Path, tmp_path: Path) -> None:
    for said, now in _steps(repository):
        site.build(repository, repository / "build/site", now, searchable=False)
        fresh = tmp_path / "fresh"
        shutil.copytree(repository, fresh, ignore=shutil.ignore_patterns("build", ".cache", "fresh"))
        site.build(fresh, fresh / "build/site", now, searchable=False)
        assert _pages(repository / "build/site") == _pages(fresh / "build/site"), said
        shutil.rmtree(fresh)


def test_only_what_has_changed_is_made(repository: Path) -> None:
    out = repository / "build/site"
    for number in range(3):
        casework.put(repository, _case(number, 4, []))
    first = site.build(repository, out, NOW)
    assert first.made == first.pages
    index = sorted(path.name for path in (out / "search").iterdir())
    again = site.build(repository, out, NOW)
    assert (again.made, sorted(path.name for path in (out / "search").iterdir())) == (0, index)
    casework.put(repository, _case(0, 5, []))
    page = f"en/cases/2026/06/{IDS[2]}.html"
    untouched = (out / page).stat().st_mtime_ns
    changed = site.build(repository, out, NOW + timedelta(hours=1))
    assert (out / page).stat().st_mtime_ns == untouched
    assert 0 < changed.made < first.made
    assert "Filed." in (out / f"en/cases/2026/11/{CASE}.html").read_text(encoding="utf-8")


def test_a_picture_that_comes_later_is_shown_and_not_waited_for(repository: Path) -> None:
    root = repository / "repository"
    shutil.copytree(repository, root, ignore=shutil.ignore_patterns("repository"))
    raw = io.BytesIO()
    Image.new("RGB", (40, 30)).save(raw, "PNG")
    digest = hashlib.sha256(raw.getvalue()).hexdigest()
    named = {"name": "zip.png", "sha256": digest, "size": len(raw.getvalue()), "media_type": "image/png"}
    file = named | {"uri": f"store:evidence/{digest}"}
    events = event("2026-11-02 09:12", "received"), event("2026-11-03 12:00", "evidence", files=[file], obtained="x")
    casework.put(root, case(*events))
    site.build(root, root / "build/site", NOW, searchable=False)
    assert site.build(root, root / "build/site", NOW, searchable=False).made == 0
    Stores(root, {}).named("evidence").put(digest, digest, [raw.getvalue()])
    assert site.build(root, root / "build/site", NOW, searchable=False).made == 2
    copy = root / f"build/site/evidence/2026/11/{CASE}/{digest}-240.webp"
    assert copy.is_file()
    assert site.build(root, root / "build/site", NOW, searchable=False).made == 0
    shutil.rmtree(root / ".cache")
    Stores(root, {}).named("evidence").remove(digest)
    site.build(root, root / "build/site", NOW, searchable=False)
    assert not copy.exists()


def test_an_index_that_is_not_wanted_is_left_as_it_is(repository: Path) -> None:
    search = repository / "build/site/search"
    casework.put(repository, _case(0, 4, []))
    site.build(repository, search.parent, NOW, searchable=False)
    assert not search.exists()
    site.build(repository, search.parent, NOW)
    before = {path: path.stat().st_mtime_ns for path in search.rglob("*")}
    casework.put(repository, _case(0, 5, []))
    site.build(repository, search.parent, NOW, searchable=False)
    shutil.rmtree(repository / FOLDER)
    site.build(repository, search.parent, NOW, searchable=False)
    assert {path: path.stat().st_mtime_ns for path in search.rglob("*")} == before


@pytest.mark.parametrize("broken", [b"", b"not a database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_broken_cache_is_none(repository: Path, broken: bytes) -> None:
    casework.put(repository, _case(0, 4, []))
    (repository / FOLDER).mkdir(parents=True)
    (repository / FOLDER / "kept.sqlite").write_bytes(broken)
    assert len(_stock(repository, NOW).rows) == len(_stock(repository, NOW).rows) == 1


def test_a_cache_that_cannot_be_written_is_none(repository: Path) -> None:
    (repository / ".cache").write_text("a file", encoding="utf-8")
    casework.put(repository, _case(0, 4, []))
    assert len(_stock(repository, NOW).rows) == 1


@pytest.mark.parametrize("folder", [".cache", ".CACHE"])
def test_a_cache_that_came_with_the_repository_is_none(tmp_path: Path, folder: str) -> None:
    cache = Cache(tmp_path, "house")
    assert cache.put("kind", {"key": Kept(b"stamp", b"value")})
    assert cache.get("kind", ["key"]) == {"key": Kept(b"stamp", b"value")}
    (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / folder / "one.txt").write_text("one", encoding="utf-8")
    for words in (("init", "--quiet"), ("add", "--force", f"{folder}/one.txt")):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    again = Cache(tmp_path, "house")
    assert not again.put("kind", {"key": Kept(b"stamp", b"value")})
    assert (again.get("kind", ["key"]), again.stamps("kind")) == ({}, {})


def test_contents_are_those_of_the_bytes(tmp_path: Path) -> None:
    cache, path = Cache(tmp_path, "house"), tmp_path / "file"
    path.write_bytes(b"one")
    first = contents(cache, "kind", {"file": path, "none": tmp_path / "none"})
    path.write_bytes(b"two")
    second = contents(cache, "kind", {"file": path})
    assert first.keys() == second.keys() == {"file"}
    assert first != second
