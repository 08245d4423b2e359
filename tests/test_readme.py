"""The worked example of the README, in both languages, and what it promises."""

import re
from pathlib import Path

import pytest

from caseledger import errors
from tests.console import ROOT, played

READMES = ("README.md", "README.zh.md")


@pytest.mark.parametrize("name", READMES)
def test_the_worked_example_prints_what_the_readme_says(name: str, tmp_path: Path) -> None:
    assert played(ROOT / name, tmp_path) == (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_every_exit_code_is_explained(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    codes = [int(code) for code in re.findall(r"^\| (\d) \|", text, re.MULTILINE)]
    assert codes == [0, errors.PROBLEMS, errors.USAGE, errors.BUG, errors.BREACHED]


def test_both_languages_run_the_same_commands_and_have_the_same_sections() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in READMES)
    for pattern in (r"^\$ caseledger (\w+)", r"^(#+) ", r"^make (\w+)"):
        assert re.findall(pattern, english, re.MULTILINE) == re.findall(pattern, chinese, re.MULTILINE)


def test_the_readme_is_short() -> None:
    assert [name for name in READMES if len((ROOT / name).read_text(encoding="utf-8").splitlines()) > 100] == []
