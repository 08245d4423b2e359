"""A fork of the loaded program is what a fresh start is: it finds the same, does the same, ends the same way."""

import functools
import gc
import io
import json
import locale
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests import swift
from tests.conftest import ROOT

ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "LANGUAGE": "en", "TZ": "Asia/Shanghai", "ODD": "\udcff"}
TEXT = "一\r\nTwo\n"


def open_files() -> list[int]:
    """The numbers of open files."""
    found = []
    for number in range(100):
        with suppress(OSError):
            os.fstat(number)
            found.append(number)
    return found


def look() -> None:
    """Print what a process finds when it starts."""
    streams = [stream for stream in (sys.stdin, sys.stdout, sys.stderr) if isinstance(stream, io.TextIOWrapper)]
    found = {
        "folder": str(Path.cwd()),
        "environment": dict(os.environ),
        "words": sys.argv[1:],
        "input": sys.stdin.read(),
        "streams": [(one.fileno(), one.encoding, one.errors, one.line_buffering, one.newlines) for one in streams],
        "files": open_files(),
        "locale": locale.setlocale(locale.LC_ALL),
        "zone": time.strftime("%Z %z", time.localtime(0)),
        "signals": {one.name: str(signal.getsignal(one)) for one in signal.valid_signals() if hasattr(one, "name")},
        "blocked": [str(one) for one in signal.pthread_sigmask(signal.SIG_BLOCK, [])],
        "mask": os.umask(0),
        "flags": str(sys.flags),
        "recursion": sys.getrecursionlimit(),
        "collecting": gc.isenabled(),
        "threads": threading.active_count(),
        "temporary": tempfile.tempdir,
        "traced": [str(sys.gettrace()), str(sys.getprofile())],
        "hooks": [sys.excepthook is sys.__excepthook__, sys.displayhook is sys.__displayhook__],
    }
    print(json.dumps(found))


def remember() -> None:
    """Print which functions of the program remember that they were called, and what of it is loaded."""
    gc.unfreeze()
    caches = (one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper))
    used = [f"{one.__module__}.{one.__qualname__}" for one in caches if one.cache_info().currsize]
    print(*sorted(one for one in used if one.startswith("caseledger")))
    print(*sorted(name for name in sys.modules if re.fullmatch(r"caseledger\.cli\.\w+_", name)))


def end() -> None:
    """End as the first word says."""
    sys.stdout.write("printed")
    if sys.argv[1] == "killed":
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGTERM)
    if sys.argv[1] == "failed":
        raise ValueError
    sys.exit(int(sys.argv[1]))


def forked(function: Callable[[], None], *words: str, folder: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    """A function of this module, called in a fork."""
    return swift.run(words, folder, ENVIRONMENT, TEXT, f"{__name__}:{function.__name__}")


def started(function: Callable[[], None], *words: str, folder: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    """The same, called in a process of its own."""
    script = f"import sys; sys.path[0] = {str(ROOT)!r}; from {__name__} import {function.__name__} as begin; begin()"
    return real("-c", script, *words, folder=folder)


def real(*command: str, folder: Path, given: str = TEXT) -> "subprocess.CompletedProcess[str]":
    """What a fresh interpreter prints."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=ENVIRONMENT,
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_fork_finds_what_a_start_finds(tmp_path: Path) -> None:
    found, wanted = (json.loads(run(look, "一", "", folder=tmp_path).stdout) for run in (forked, started))
    assert found == wanted
    assert found["folder"] == str(tmp_path)
    assert found["environment"] == ENVIRONMENT
    assert found["words"] == ["一", ""]
    assert found["input"] == TEXT


def test_a_fork_remembers_nothing() -> None:
    assert forked(remember).stdout == "\n\n"


@pytest.mark.parametrize(("how", "code"), [("0", 0), ("4", 4), ("killed", -signal.SIGTERM), ("failed", 1)])
def test_a_fork_ends_as_a_process_does(how: str, code: int) -> None:
    found, wanted = forked(end, how), started(end, how)
    assert (found.returncode, found.stdout) == (wanted.returncode, wanted.stdout) == (code, "printed")
    assert found.stderr.splitlines()[-1:] == wanted.stderr.splitlines()[-1:] == ["ValueError"] * (how == "failed")


@pytest.mark.parametrize(
    "words",
    [
        "--version",
        "--help",
        "--lang zh check --help",
        "check --format json",
        "--lang zh list",
        "sla",
        "nonsense",
    ],
)
def test_a_command_prints_the_same(mini_repository: Path, words: str) -> None:
    found = swift.run(words.split(), mini_repository, ENVIRONMENT)
    wanted = real("-m", "caseledger", *words.split(), folder=mini_repository)
    assert (found.returncode, found.stdout, found.stderr) == (wanted.returncode, wanted.stdout, wanted.stderr)


def test_what_the_interpreter_is_told_starts_for_real(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("print('Begun')\n", "utf-8")
    ran = swift.run(["--version"], tmp_path, {**ENVIRONMENT, "PYTHONPATH": str(tmp_path)})
    assert ran.stdout.startswith("Begun\ncaseledger, version ")
