"""The served site follows the files."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path

from tests import casework
from tests.casework import case
from tests.test_cli import Shell

PATIENCE = 300
"""Seconds after which what has not come will not come, however busy the machine is."""
PAGE = "en/cases/2026/11/C-20261103-7K3QD.html"


def test_an_edited_case_is_shown_and_the_browser_is_told(repository: Path) -> None:
    casework.put(repository, case())
    Shell(repository)("site", "build")
    index = repository / "build" / "site" / "search" / "en.json"
    with _serving(repository) as (process, address):
        before = index.read_text(encoding="utf-8")
        with _listening(address) as told:
            page = _get(address + PAGE)
            assert "Zip tears after two days" in page
            assert '<script src="/-/reload.js" defer></script></body>' in page
            assert "EventSource" in _get(address + "-/reload.js")
            casework.put(repository, case(summary="Zip tears after an hour"))
            _told(told, lambda: "Zip tears after an hour" in _get(address + PAGE))
        _until(lambda: index.read_text(encoding="utf-8") != before)
        process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode == 0
    assert "/-/reload.js" not in (repository / "build" / "site" / PAGE).read_text(encoding="utf-8")


def test_what_goes_wrong_is_said_and_mended_files_are_shown(repository: Path) -> None:
    casework.put(repository, case())
    settings = repository / "caseledger.yml"
    before = settings.read_text(encoding="utf-8")
    with (
        _serving(repository) as (process, address),
        urllib.request.urlopen(f"{address}-/changes", timeout=PATIENCE) as told,
    ):
        settings.write_text("profile: [", encoding="utf-8")
        assert process.stderr is not None
        assert next(line for line in process.stderr if "yaml-syntax" in line)
        settings.write_text(before.replace("North Shore Outdoor Ltd.", "Renamed"), encoding="utf-8")
        _told(told, lambda: "Renamed complaints" in _get(address + PAGE))
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        _, said = process.communicate()
    assert process.returncode == 0
    assert "Traceback" not in said


def test_nothing_goes_on_once_the_server_is_killed(repository: Path) -> None:
    casework.put(repository, case())
    with _serving(repository) as (process, _):
        process.kill()
        process.communicate(timeout=PATIENCE)  # ends when nobody holds its output open any more


@contextmanager
def _serving(repository: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of the repository's site, and its address."""
    command = [sys.executable, "-m", "caseledger", "--repo", str(repository), "site", "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        lines = (line.strip() for line in process.stdout)
        try:
            yield process, next(line for line in lines if re.fullmatch(r"http://127\.0\.0\.1:\d+/", line))
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def _get(url: str) -> str:
    with urllib.request.urlopen(url) as response:
        text: str = response.read().decode()
    return text


def _listening(address: str) -> HTTPResponse:
    """What the server tells from now on."""
    told: HTTPResponse = urllib.request.urlopen(f"{address}-/changes", timeout=PATIENCE)
    return told


def _told(told: Iterable[bytes], holds: Callable[[], bool]) -> None:
    """Waits until it is told of the change after which something holds: half of an edit may be seen before."""
    end = time.monotonic() + PATIENCE
    for line in told:
        if line.startswith(b"data"):
            assert line == b"data: changed\n"
            if holds():
                return
        assert time.monotonic() < end


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
