"""The restore drill comes out as docs/operations.md shows it."""

import re
import subprocess
import sys

from tests.console import ROOT


def test_everything_is_brought_back_as_the_document_shows() -> None:
    shown = (ROOT / "docs/operations.md").read_text("utf-8")
    [expected] = re.findall(r"(?s)^```text\n(A clone is lost.*?)^```$", shown, re.MULTILINE)
    ran = subprocess.run([sys.executable, ROOT / "tools/drill.py"], capture_output=True, encoding="utf-8", check=False)
    assert re.sub(r"\d+", "N", ran.stdout) == re.sub(r"\d+", "N", expected)
    assert (ran.returncode, ran.stderr) == (0, "")
