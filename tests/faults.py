"""Commands that are stopped at a write: killed there, or told that the disk is full or read-only.

Python announces every file that is opened for writing, every rename, link and removal, and every program that is
started (PEP 578). A hook counts these announcements and strikes at the one that is asked for, so that nothing in the
program has to know of it and no write is overlooked.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.clones import Clone

KILL, FULL, READ_ONLY = "kill", "ENOSPC", "EROFS"
"""Killed; or what the system says of a disk (errno.h): no space left, read-only."""

_SCRIPT = """
import errno, importlib, os, signal, sys
place, how, left = sys.argv[1], sys.argv[2], int(sys.argv[3])

def written(event, args):
    if event == "open":
        return isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR) and str(args[0]).startswith(place)
    if event in ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir"):
        return str(args[0]).startswith(place)
    return event == "subprocess.Popen" and how == "kill"

def hook(event, args):
    global left
    if left and written(event, args):
        left -= 1
        if not left:
            if how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            code = getattr(errno, how)
            raise OSError(code, os.strerror(code), place)

main = importlib.import_module("caseledger.cli.main")
sys.argv[1:] = sys.argv[4:]
sys.addaudithook(hook)
sys.dont_write_bytecode = True
code = main.run(sys.argv[1:])
sys.stdout.flush()
sys.stderr.write(f"left {left}\\n")
sys.exit(code)
"""


def struck(clone: Clone, place: Path, how: str, *words: str) -> Iterator[subprocess.CompletedProcess[str]]:
    """The command, stopped at its first write below `place`, at its second, and so on, while it has so many.

    What is given back has ended; whoever iterates puts the repository back between two of them.
    """
    for number in range(1, 200):
        ran = subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(place), how, str(number), *words],
            cwd=clone.folder,
            env=clone.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if ran.returncode >= 0 and not ran.stderr.endswith("left 0\n"):
            return
        yield ran
    raise AssertionError("a command that never ends its writing")
