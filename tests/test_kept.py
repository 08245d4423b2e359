"""What is kept between runs saves time and changes nothing: with it and without it, all commands say the same."""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseledger import cache, casefile, files, kept, register, yamltext
from caseledger.cache import Cache
from caseledger.cli.main import run
from caseledger.errors import CannotGoOn
from caseledger.rulebook import Rulebook
from caseledger.site import rows, survey
from tests import mini
from tests.conftest import ROOT

SHIPPED = sorted((ROOT / "cases").glob("*/*/C-*.yml"))[:12]
NOW = mini.NOW + timedelta(days=3650)
"""After all that the shipped cases tell."""


MOMENTS = (NOW, mini.NOW, mini.NOW - timedelta(days=200), mini.NOW - timedelta(days=1430))


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some cases are enough for something to be kept of them, and what was just written has a signature."""
    monkeypatch.setattr(register, "MANY", 0)
    monkeypatch.setattr(cache, "FRESH", -(10**18))


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


@pytest.fixture
def read_as_yaml(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cases that are read as YAML from now on."""
    read, seen = yamltext.read, []

    def watched(raw: bytes, path: str) -> yamltext.Document:
        seen.extend([path] if path.startswith("cases/") else [])
        return read(raw, path)

    monkeypatch.setattr(yamltext, "read", watched)
    return seen


def kept_of(root: Path, now: datetime = NOW) -> set[str]:
    """The files that would not be read again."""
    names = {files.shown(path, root): path for path in register.case_files(root)}
    store = kept.Store(Cache(root, register.house(root)), names)
    return {name for name, _ in store.clean(now, Rulebook(root).knows)}


def spoil(root: Path) -> list[str]:
    """Make something wrong with a case that can be read; all that there are with which something is."""
    path = root / SHIPPED[3].relative_to(ROOT)
    path.write_text(path.read_text("utf-8").replace("language: ", "language: x", 1), "utf-8")
    return [entry.path for entry in register.read_all(root, NOW) if entry.problems]


def surveyed(root: Path, now: datetime = NOW) -> list[survey.Surveyed]:
    """What the site finds."""
    found, paths = Cache(root, register.house(root)), list(register.case_files(root))
    with ThreadPoolExecutor(1) as pool:
        return survey.survey(Rulebook(root), now, found, paths, pool)


def agree(root: Path, now: datetime = NOW) -> list[casefile.Entry]:
    """The entries as they are found anew; those with what is kept are the same."""
    anew = register.read_all(root, now, whole=False)
    assert repr(register.check_all(root, now)) == repr(anew)  # moments have the offsets that the files give them
    assert register.load_all(root) == [casefile.load(root, path)[0] for path in register.case_files(root)]
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


@pytest.mark.parametrize("fresh", [-(10**18), 10**18])
def test_a_file_of_the_same_bytes_is_not_read_as_yaml_again(
    some: Path, read_as_yaml: list[str], monkeypatch: pytest.MonkeyPatch, fresh: int
) -> None:
    monkeypatch.setattr(cache, "FRESH", fresh)
    wrong = spoil(some)
    agree(some)
    for path in register.case_files(some):
        os.utime(path, (1, 1))
    read_as_yaml.clear()
    for _ in range(2):
        register.check_all(some, NOW)
        assert read_as_yaml == wrong
        read_as_yaml.clear()
        register.load_all(some)
        assert read_as_yaml == []


LOOKS: dict[str, Callable[[Path], object]] = {
    "check": lambda root: register.check_all(root, NOW),
    "load": register.load_all,
    "site": surveyed,
}


@pytest.mark.parametrize("first", ["check", "site"])
def test_what_one_command_found_out_serves_the_others(some: Path, read_as_yaml: list[str], first: str) -> None:
    wrong = spoil(some)
    LOOKS[first](some)
    read_as_yaml.clear()
    for name, anew in (("load", []), ("check", wrong), ("site", wrong), ("load", [])):
        LOOKS[name](some)
        assert (name, read_as_yaml) == (name, anew)
        read_as_yaml.clear()


def test_what_was_only_loaded_has_yet_to_be_checked(some: Path, read_as_yaml: list[str]) -> None:
    wrong = spoil(some)
    register.load_all(some)
    assert kept_of(some) == set()
    agree(some)
    read_as_yaml.clear()
    surveyed(some)
    assert read_as_yaml == wrong


def test_what_says_more_later_is_judged_again_then(some: Path) -> None:
    agree(some, MOMENTS[-1])
    early = kept_of(some, MOMENTS[-1])
    assert early < {entry.path for entry in agree(some) if not entry.problems}
    assert kept_of(some, MOMENTS[-1]) == early


def test_moments_keep_their_offsets(some: Path) -> None:
    rulebook = Rulebook(some)
    register.check_all(some, NOW)
    found, again = surveyed(some), surveyed(some)
    shutil.rmtree(some / ".cache")
    assert repr(found) == repr(again) == repr(surveyed(some))
    for one in found:
        entry = casefile.read(rulebook, NOW, some / one.path)
        judged = survey.judge(rulebook, entry, NOW)
        assert judged
        assert one.standing
        row = rows.row(judged, rulebook.calendar(judged.policy.calendar))
        assert repr((one.occurrence, one.standing.row)) == repr((entry.occurrence, row))


def test_data_that_somebody_took_from_the_cache_are_read_again(some: Path) -> None:
    surveyed(some)
    again = Cache(some, register.house(some))
    whole = dict(again.each(kept.DATA))
    assert len(whole) == len(SHIPPED)
    again.put(kept.DATA, {}, whole)
    agree(some)
    again.put(kept.DATA, {}, whole)
    found = surveyed(some)
    again.put(kept.DATA, {}, whole)
    assert survey.data_of(again, found) == {name: one.value for name, one in whole.items()}
    path = some / found[0].path
    path.write_text(path.read_text("utf-8") + "# looked at\n", "utf-8")
    with pytest.raises(CannotGoOn) as stopped:
        survey.data_of(again, found)
    assert stopped.value.text.to("en") == f"{found[0].path} was changed while the site was built; build it again."
    assert stopped.value.text.to("zh") == f"{found[0].path} 在生成网站期间被改动；请重新生成网站。"


def test_nothing_is_kept_of_a_file_that_is_gone(some: Path) -> None:
    surveyed(some)
    for command, path in zip(LOOKS.values(), list(register.case_files(some)), strict=False):
        path.unlink()
        command(some)
    left = {files.shown(path, some) for path in register.case_files(some)}
    again = Cache(some, register.house(some))
    surveyed(some)
    assert set(again.stamps(kept.CASE)) == set(again.stamps(kept.DATA)) == left
    assert set(again.stamps(survey.STANDING)) <= left


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


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
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


COMMANDS = {
    "list": "list --as-of {at}",
    "sla": "sla --as-of {at}",
    "obligations": "obligations --as-of {at}",
    "flag": "flag --dry-run --as-of {at}",
    "notify": "notify --dry-run --as-of {at}",
    "clusters": "clusters --as-of {at}",
    "check": "check",
}
NOTICES = "notices: {departments: {customer-service: {channels: [Q]}, quality-inspection: {channels: [Q]}}}\n"


@pytest.mark.parametrize("line", COMMANDS.values(), ids=COMMANDS)
def test_a_command_says_the_same_whatever_is_kept(
    some: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    monkeypatch.chdir(some)
    monkeypatch.setenv("Q", "json://127.0.0.1:9/")
    spoil(some)
    broken = some / SHIPPED[5].relative_to(ROOT)
    broken.write_text(broken.read_text("utf-8").replace("events:", "events", 1), "utf-8")
    with (some / "caseledger.yml").open("a", encoding="utf-8") as settings:
        settings.write(NOTICES)

    def said() -> tuple[int, str, str]:
        code = run(line.format(at=MOMENTS[2].isoformat()).split())
        return (code, *capsys.readouterr())

    with monkeypatch.context() as patched:
        patched.setattr(register, "MANY", len(SHIPPED) + 1)
        anew = said()
    assert anew[0] in (0, 1, 4)
    assert anew[1]
    assert said() == anew
    assert said() == anew
    surveyed(some)
    assert said() == anew
