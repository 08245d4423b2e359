"""Commands that are stopped at a write: killed there, or told that the disk is full or read-only.

Python announces every file that is opened for writing, every rename, link and removal, and every program that is
started (PEP 578). A hook counts these announcements and strikes at the one that is asked for, so that nothing in the
program has to know of it and no write is overlooked.
"""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from caseledger.cli.main import run
from tests import swift
from tests.clones import Clone

KILL, FULL, READ_ONLY = "kill", "ENOSPC", "EROFS"
"""Killed; or what the system says of a disk (errno.h): no space left, read-only."""


def strike() -> None:
    """Run the command line behind the place, the kind and the number of the strike; says how many writes it lacked."""
    place, how, number, *words = sys.argv[1:]
    left = int(number)

    def written(event: str, args: tuple[Any, ...]) -> bool:
        if event == "open":
            to_write = isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
            return bool(to_write) and str(args[0]).startswith(place)
        if event in ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir"):
            return str(args[0]).startswith(place)
        return event == "subprocess.Popen" and how == KILL

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal left
        if left and written(event, args):
            left -= 1
            if not left:
                if how == KILL:
                    os.kill(os.getpid(), signal.SIGKILL)
                code = getattr(errno, how)
                raise OSError(code, os.strerror(code), place)

    sys.argv[1:] = words
    sys.addaudithook(hook)
    sys.dont_write_bytecode = True
    code = run(words)
    sys.stdout.flush()
    sys.stderr.write(f"left {left}\n")
    sys.exit(code)


def struck(clone: Clone, place: Path, how: str, *words: str) -> Iterator[subprocess.CompletedProcess[str]]:
    """The command, stopped at its first write below `place`, at its second, and so on, while it has so many.

    What is given back has ended; whoever iterates puts the repository back between two of them.
    """
    for number in range(1, 200):
        strike = [str(place), how, str(number), *words]
        ran = swift.run(strike, clone.folder, clone.environment, begin="tests.faults:strike")
        if ran.returncode >= 0 and not ran.stderr.endswith("left 0\n"):
            return
        yield ran
    raise AssertionError("a command that never ends its writing")
