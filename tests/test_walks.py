"""A walk for each profile: from a new case to its closing by commands alone, played as it is written."""

import re
from pathlib import Path

import pytest

from tests.console import ROOT, played
from tests.test_policy_texts import ROWS

WALKS = sorted((ROOT / "docs/walks").glob("*.md"))
REFUSED = re.compile(
    r"^\$ caseledger append (?:.*\\\n)*.*\n(?:Error: Nothing is written|错误：未写入任何内容)", re.MULTILINE
)


@pytest.fixture(params=WALKS, ids=lambda path: path.name)
def walk(request: pytest.FixtureRequest) -> Path:
    chosen: Path = request.param
    return chosen


def commands(path: Path) -> list[str]:
    """The commands of a walk, each with what it is about: "append verified", "clocks"."""
    found = re.findall(r"^\$ caseledger (\w+)(?: C-\d{8}-\w{5} ([a-z-]+))?", path.read_text("utf-8"), re.MULTILINE)
    return [" ".join(filter(None, words)) for words in found]


def test_a_walk_prints_what_it_shows(walk: Path, tmp_path: Path) -> None:
    assert played(walk, tmp_path) == walk.read_text(encoding="utf-8")


def test_there_is_a_walk_for_every_profile() -> None:
    names = {path.name for path in WALKS}
    assert {f"{profile}.md" for profile in ROWS} <= names
    assert names - {f"{profile}.md" for profile in ROWS} == {"quality.zh.md", "platform-service.zh.md"}


def test_a_walk_leads_from_new_to_closed_and_beyond(walk: Path) -> None:
    found = commands(walk)
    assert found[0] == "new"
    assert {"next", "append closed", "append reported"} <= set(found)
    assert [word.split()[0] for word in found[-4:]] == ["clocks", "explain", "show", "check"]
    text = walk.read_text(encoding="utf-8")
    assert REFUSED.search(text)
    assert text.endswith(
        ("\nCases checked: 1. Errors: 0. Warnings: 0.\n```\n", "\n已检查 1 个案件：0 个错误，0 个警告。\n```\n")
    )


def test_both_languages_walk_the_same_way() -> None:
    for path in WALKS:
        if path.name.endswith(".zh.md"):
            assert commands(path) == commands(path.with_name(path.name.replace(".zh.md", ".md")))


def test_the_guides_lead_to_every_walk() -> None:
    guides = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("staff.md", "staff.zh.md")}
    for path in WALKS:
        assert f"](walks/{path.name})" in guides["staff.zh.md" if ".zh." in path.name else "staff.md"]
