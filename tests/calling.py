"""Ask the process of `swift.py` for a command: from a test, or as a program of its own that shells and hooks call.

As a program it loads little: starting it is most of what it costs.
"""

import json
import os
import signal
import socket
import sys

LOCALE = "C.UTF-8"
MAIN = "caseledger.cli:main"


def forks(environment: dict[str, str]) -> bool:
    """Whether the interpreter would find nothing in an environment but what that process found."""
    return environment.get("LANG") == LOCALE and not any(name.startswith(("LC_", "PYTHON")) for name in environment)


def ask(
    address: str, begin: str, words: list[str], folder: str, environment: dict[str, str], files: tuple[int, int, int]
) -> int:
    """The exit code of a fork that calls `begin`, with these files as its input, output and errors; -9 if killed."""
    request = {"begin": begin, "words": words, "folder": folder, "environment": environment}
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(address)
        socket.send_fds(caller, [b"\0"], files)
        caller.sendall(json.dumps(request).encode())
        caller.shutdown(socket.SHUT_WR)
        return int(caller.recv(8))


if __name__ == "__main__":
    _, address, begin, *words = sys.argv
    environment = dict(os.environ)
    if begin == MAIN and not forks(environment):
        os.execv(sys.executable, [sys.executable, "-m", "caseledger", *words])  # noqa: S606 - this process becomes it
    folder = os.getcwd()  # noqa: PTH109 - pathlib is slow to load
    code = ask(address, begin, words, folder, environment, (0, 1, 2))
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    sys.exit(code)
