"""The served site follows the files."""

import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests import casework
from tests.casework import case
from tests.test_cli import Shell

PAGE = "en/cases/2026/11/C-20261103-7K3QD.html"


def test_an_edited_case_is_shown_and_the_browser_is_told(repository: Path) -> None:
    casework.put(repository, case())
    Shell(repository)("site", "build")
    command = [sys.executable, "-m", "caseledger", "--repo", str(repository), "site", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = (line.strip() for line in process.stdout)
        address = next(line for line in lines if re.fullmatch(r"http://127\.0\.0\.1:\d+/", line))
        with urllib.request.urlopen(f"{address}-/changes", timeout=100) as told:
            page = _get(address + PAGE)
            assert "Zip tears after two days" in page
            assert '<script src="/-/reload.js" defer></script></body>' in page
            assert "EventSource" in _get(address + "-/reload.js")
            casework.put(repository, case(summary="Zip tears after an hour"))
            assert next(line for line in told if line.startswith(b"data")) == b"data: changed\n"
            assert "Zip tears after an hour" in _get(address + PAGE)
        index = repository / "build" / "site" / "search" / "en.json"
        before = index.read_text(encoding="utf-8")
        _until(lambda: index.read_text(encoding="utf-8") != before)
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode == 0
    assert "/-/reload.js" not in (repository / "build" / "site" / PAGE).read_text(encoding="utf-8")


def _get(url: str) -> str:
    with urllib.request.urlopen(url) as response:
        text: str = response.read().decode()
    return text


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 100
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
