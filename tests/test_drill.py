"""The restore drill comes out as docs/operations.md shows it."""

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from tests import swift
from tests.console import ROOT


@pytest.fixture
def drill(tmp_path: Path) -> dict[str, Any]:
    """The drill, with commands that start quickly."""
    swift.put(tmp_path / "caseledger")
    loaded = runpy.run_path(str(ROOT / "tools/drill.py"))
    loaded["PROGRAM"][:] = [str(tmp_path / "caseledger")]
    return loaded


def test_everything_is_brought_back_as_the_document_shows(
    drill: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    shown = (ROOT / "docs/operations.md").read_text("utf-8")
    [expected] = re.findall(r"(?s)^```text\n(A clone is lost.*?)^```$", shown, re.MULTILINE)
    code = drill["main"]()
    said = capsys.readouterr()
    assert re.sub(r"\d+", "N", said.out) == re.sub(r"\d+", "N", expected)
    assert (code, said.err) == (0, "")
