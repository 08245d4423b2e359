"""The program without the wait for its start: a process that has loaded all of its modules forks for each command.

Most of what a short command takes is the start of the interpreter. A fork of a process that has imported the program
and never called it goes on where a fresh one would be after its imports: folder, environment, streams and arguments
are those of the caller, nothing is cached, and all that the command does is gone when it ends. `test_swift.py` holds
the one against the other.

What the interpreter reads before any of our code starts for real: another locale, settings of Python. So do tests of
the start itself, processes that work side by side, and what Git calls: hooks and merge drivers.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import selectors
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tests import calling
from tests.calling import LOCALE, MAIN

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, "-m", "caseledger"]
ALSO = (
    "apprise", "caseledger.cli.main", "git", "holidays", "icalendar", "phonenumbers", "puremagic", "rich.console",
    "rich.progress",
)  # fmt: skip
"""What commands import only once they need it."""


def run(
    words: Sequence[str],
    folder: Path,
    environment: dict[str, str],
    stdin: str | int = "",
    begin: str = MAIN,
) -> subprocess.CompletedProcess[str]:
    """What a command line of caseledger prints, given a text or an open file as its input.

    `begin` is the function that a fork calls; the words are in `sys.argv`.
    """
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as given,
        tempfile.TemporaryFile("w+", encoding="utf-8") as out,
        tempfile.TemporaryFile("w+", encoding="utf-8") as err,
    ):
        if isinstance(stdin, str):
            given.write(stdin)
            given.seek(0)
            stdin = given.fileno()
        if calling.forks(environment):
            files = (stdin, out.fileno(), err.fileno())
            code = calling.ask(_address(), begin, list(words), str(folder), environment, files)
        else:
            command = [*PROGRAM, *words]
            code = subprocess.call(command, cwd=folder, env=environment, stdin=stdin, stdout=out, stderr=err)
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(words, code, out.read(), err.read())


def plain(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without what keeps a command from running in a fork."""
    kept = {name: value for name, value in environment.items() if not name.startswith(("LC_", "PYTHON"))}
    return {**kept, "LANG": LOCALE}


def put(file: Path, begin: str = MAIN) -> None:
    """Write a program that does in a fork what `begin` does."""
    call = shlex.join([sys.executable, "-IS", calling.__file__, _address(), begin])
    file.write_text(f'#!/bin/sh\nexec {call} "$@"\n', "utf-8")
    file.chmod(0o755)


@cache
def _address() -> str:
    """Where the process listens that forks; it ends when this one does."""
    address = str(Path(tempfile.mkdtemp()) / "socket")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.swift", str(listener.fileno())],
            cwd=ROOT,
            env={"LANG": LOCALE, "PATH": os.environ["PATH"]},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[listener.fileno()],
            start_new_session=True,
        )

    def end() -> None:
        process.communicate()
        shutil.rmtree(Path(address).parent)

    atexit.register(end)
    return address


def _serve(listener: socket.socket) -> socket.socket:
    """Fork for each that calls, tell them how it ended; returns in the fork, with the caller."""
    with selectors.DefaultSelector() as selector:
        selector.register(sys.stdin, selectors.EVENT_READ)
        selector.register(listener, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is sys.stdin:
                    sys.exit()
                if key.fileobj is listener:
                    caller = listener.accept()[0]
                    child = os.fork()
                    if not child:
                        return caller
                    selector.register(os.pidfd_open(child), selectors.EVENT_READ, (child, caller))
                else:
                    child, caller = key.data
                    selector.unregister(key.fd)
                    os.close(key.fd)
                    with caller:
                        status = os.waitpid(child, 0)[1]
                        caller.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def _become(caller: socket.socket) -> str:
    """Take on what the caller wants this process to be; what to call."""
    with caller:
        _, files, _, _ = socket.recv_fds(caller, 1, 3)
        with caller.makefile() as asked:
            request = json.load(asked)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["folder"])
    sys.path[0] = request["folder"]
    sys.argv[1:] = request["words"]
    return str(request["begin"])


def _load() -> None:
    """Import what commands import but the commands themselves, which choose the language of their help as they load."""
    package = importlib.import_module("caseledger")
    found = [module.name for module in pkgutil.walk_packages(package.__path__, "caseledger.")]
    for name in (*found, *ALSO):
        if not name.startswith(("caseledger.__main__", "caseledger.cli.")):
            importlib.import_module(name)
    gc.freeze()


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        _load()
        caller = _serve(listener)
    module, _, function = _become(caller).partition(":")
    try:
        getattr(importlib.import_module(module), function)()
    except SystemExit as leaving:
        sys.stdout.flush()
        sys.stderr.flush()
        atexit._run_exitfuncs()
        os._exit(int(leaving.code or 0))
