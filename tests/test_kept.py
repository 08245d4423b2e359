"""What is kept between runs saves time and changes nothing: with it and without it, check says the same."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseledger import files, kept, register
from caseledger.cache import Cache
from tests import mini
from tests.conftest import ROOT

SHIPPED = sorted((ROOT / "cases").glob("*/*/C-*.yml"))[:12]
NOW = mini.NOW + timedelta(days=3650)
"""After all that the shipped cases tell."""


MOMENTS = (NOW, mini.NOW, mini.NOW - timedelta(days=200), mini.NOW - timedelta(days=1430))


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some cases are enough, and files that were just written are old enough, for something to be kept of them."""
    monkeypatch.setattr(register, "MANY", 0)
    monkeypatch.setattr(kept, "FRESH", -(10**18))


@pytest.fixture
def some(tmp_path: Path) -> Path:
    """A repository with shipped cases."""
    shutil.copytree(ROOT / "policy", tmp_path / "policy")
    shutil.copy(ROOT / "caseledger.yml", tmp_path)
    for path in SHIPPED:
        place = tmp_path / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    return tmp_path


def store(root: Path) -> kept.Store:
    names = {files.shown(path, root): path for path in register.case_files(root)}
    return kept.Store(Cache(root, register.house(root)), kept.CHECKED, names)


def kept_of(root: Path) -> set[str]:
    """The files that would not be read again."""
    return {name for name, _ in store(root).untouched()}


def agree(root: Path, now: datetime = NOW) -> list[register.Entry]:
    """The entries as they are found anew; those with what is kept are the same."""
    anew = register.read_all(root, now, whole=False)
    assert register.check_all(root, now) == anew
    assert register.load_all(root) == [register.load(root, path)[0] for path in register.case_files(root)]
    return anew


def test_what_nobody_touched_is_kept_and_the_rest_read_again(some: Path) -> None:
    entries = agree(some)
    clean = {entry.path for entry in entries if not entry.problems}
    assert len(clean) > 8
    assert kept_of(some) == clean
    first = some / sorted(clean)[0]
    first.write_text(first.read_text("utf-8").replace("summary: ", "summary: Again: "), "utf-8")
    assert kept_of(some) == clean - {files.shown(first, some)}
    assert agree(some)[0].problems[0].code == "yaml-syntax"
    assert kept_of(some) == clean - {files.shown(first, some)}


def test_a_file_of_the_same_bytes_is_not_read_as_yaml_again(some: Path) -> None:
    agree(some)
    again = kept_of(some)
    for path in register.case_files(some):
        os.utime(path, (1, 1))
    assert kept_of(some) == set()
    agree(some)
    assert kept_of(some) == again


def test_another_law_or_a_lost_case_is_noticed(some: Path) -> None:
    found = agree(some)
    people = some / "policy" / "people.yml"
    people.write_text(people.read_text("utf-8") + "# reviewed\n", "utf-8")
    assert kept_of(some) == set()
    agree(some)
    case = some / found[0].path
    other = Path(found[1].path).stem
    case.write_text(case.read_text("utf-8").replace("events:\n", f"related: [{other}]\nevents:\n", 1), "utf-8")
    assert agree(some)[0].problems == ()
    (some / found[1].path).unlink()
    assert [problem.code for problem in agree(some)[0].problems] == ["related-known"]


def test_what_is_kept_is_a_shortcut_and_nothing_else(some: Path) -> None:
    found = agree(some)
    (some / ".cache" / "caseledger" / "kept.sqlite").write_bytes(b"no database")
    assert agree(some) == found
    shutil.rmtree(some / ".cache")
    assert agree(some) == found
    assert agree(some, MOMENTS[-1]) != found


def test_few_cases_keep_nothing(some: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "MANY", 200)
    agree(some)
    assert not (some / ".cache").exists()


def _rewritten(old: str, new: str) -> Callable[[Path], None]:
    def edit(path: Path) -> None:
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    return edit


EDITS: dict[str, Callable[[Path], object]] = {
    "comment": lambda path: path.write_text(path.read_text("utf-8") + "# looked at\n", "utf-8"),
    "break": _rewritten("events:", "events"),
    "mend": _rewritten("events\n", "events:\n"),
    "leak": _rewritten("description: ", "description: Call +44 20 7946 0123. "),
    "language": _rewritten("language: ", "language: x"),
    "relate": _rewritten("events:", f"related: [{SHIPPED[0].stem}]\nevents:"),
    "touch": lambda path: os.utime(path, (1, 1)),
    "delete": lambda path: path.unlink(),
    "move": lambda path: path.rename(path.with_name(f"{path.stem}-old.yml")),
    "copy": lambda path: (path.parent / "C-20261103-00000.yml").write_bytes(path.read_bytes()),
    "restore": lambda path: shutil.copy(ROOT / "cases" / Path(*path.parts[-3:]), path),
    "forget": lambda path: shutil.rmtree(path.parents[3] / ".cache"),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 7), st.sampled_from(MOMENTS)), min_size=1, max_size=6
    )
)
def test_after_any_edits_a_check_says_the_same(some: Path, steps: list[tuple[str, int, datetime]]) -> None:
    agree(some)
    for edit, which, now in steps:
        path = some / SHIPPED[which].relative_to(ROOT)
        if path.is_file() or edit == "restore":
            EDITS[edit](path)
        agree(some, now)
    for path in SHIPPED:  # for the next example
        shutil.copy(path, some / path.relative_to(ROOT))
    for path in (*some.glob("cases/*/*/*-old.yml"), *some.glob("cases/*/*/C-20261103-00000.yml")):
        path.unlink()
