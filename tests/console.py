"""Examples in Markdown, played: what a `console` block prints is what its commands print.

A command stands after `$ `, over several lines where they end with a backslash; its output follows, or `…` where it
depends on the day: then the command need only succeed. The commands of a document run one after the other in a copy of
the shipped repository. Output that has changed on purpose is renewed by `python -m tests.console README.md docs/*.md`.

`<!-- clock: 2026-11-16T09:12:00+08:00 -->` sets the reader's clock for what follows: `caseledger` takes it for now.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from caseledger import instant
from caseledger.cli import main
from tests import swift

ROOT = Path(__file__).parents[1]
SHIPPED = ("caseledger.yml", "cases", "maps", "policy", "reviews")
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
PART = re.compile(rf"^<!-- clock: (?P<clock>\S+) -->$|{BLOCK.pattern}", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*\n)((?:(?!\$ ).*\n)*)", re.MULTILINE)
CASE = re.compile(r"C-\d{8}-\w{5}")
ANYTHING = "…\n"


def by_the_clock() -> None:
    """The command of a reader whose clock was set."""
    moment = instant.parse(os.environ["CLOCK"])
    vars(instant)["now"] = lambda: moment
    main()


class Session:
    """A reader at a terminal: the folder they are in, and the cases that they opened."""

    def __init__(self, home: Path, language: str) -> None:
        self.folder = home / "repository"
        self.folder.mkdir()
        for name in SHIPPED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, self.folder / name)
            else:
                shutil.copy(ROOT / name, self.folder)
        self.bin = home / "bin"
        self.bin.mkdir()
        swift.put(self.bin / "caseledger")
        path = os.pathsep.join([str(self.bin), str(Path(sys.executable).parent), os.environ["PATH"]])
        own = {"PATH": path, "HOME": str(home), "LANGUAGE": language, "COLUMNS": "100"}
        own["GIT_CONFIG_GLOBAL"] = str(home / ".gitconfig")
        self.environment = {**swift.plain(os.environ), **own}
        self.opened: dict[str, str] = {}
        """The numbers of new cases, random each time, by the number that the document shows."""

    def set_clock(self, moment: str) -> None:
        """Let `caseledger` take a moment for now."""
        self.environment["CLOCK"] = moment
        swift.put(self.bin / "caseledger", "tests.console:by_the_clock")

    def run(self, command: str, shown: str) -> str:
        """What the command prints, where the document shows `shown`."""
        for number, real in self.opened.items():
            command = command.replace(number, real)
        script = f"{command}\nprintf '\\0%s\\0%s' $? \"$PWD\""
        ran = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        output, status, folder = ran.stdout.rsplit("\0", 2)
        self.folder = Path(folder)
        if command.startswith("caseledger new "):
            self.opened |= zip(CASE.findall(shown), CASE.findall(output), strict=False)
        for number, real in self.opened.items():
            output = output.replace(real, number)
        if shown == ANYTHING and status == "0":
            return shown
        return "".join(f"{line.rstrip()}\n" for line in output.splitlines())


def played(document: Path, home: Path) -> str:
    """The text of a document with what its commands print now; `home` is an empty folder to play in."""
    session = Session(home, "zh" if ".zh." in document.name else "en")

    def part(match: re.Match[str]) -> str:
        if match["clock"]:
            session.set_clock(match["clock"])
            return match[0]
        return COMMAND.sub(command, match[0])

    def command(match: re.Match[str]) -> str:
        return f"$ {match[1]}{session.run(match[1], match[2])}"

    return PART.sub(part, document.read_text(encoding="utf-8"))


def documents() -> Iterator[Path]:
    """Every document that holds examples."""
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]):
        if BLOCK.search(path.read_text(encoding="utf-8")):
            yield path


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            Path(name).write_text(played(Path(name), Path(folder)), encoding="utf-8")
