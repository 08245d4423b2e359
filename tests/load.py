"""Writers who work at the same time, each in a clone, and are killed at random; `make stress` runs it at full size."""

import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from caseledger import yamltext
from tests.clones import EMAILS, Clone, Server
from tests.opened import BASE, PATH
from tests.swift import PROGRAM

RECEIPT = "Pushed to origin"


@dataclass
class Load:
    """What a run is to do, and what came of it."""

    writers: int
    entries: int
    cases: int
    kills: float
    """The share of commands that are killed at a random moment of the time that the last one took."""
    hook: bool
    """Whether the server audits what is pushed."""
    seed: int = 1
    seconds: float = 0.0
    commands: int = 0
    killed: int = 0
    acknowledged: set[tuple[str, str]] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)

    def run(self, folder: Path) -> None:
        """Let the writers write; AssertionError if anything is lost, doubled, out of order or wrong at the end."""
        paths = [PATH.replace("7K3QD", f"7K3{number:02}") for number in range(self.cases)]
        server = Server(folder, {path: BASE.replace("7K3QD", Path(path).stem[-5:]) for path in paths})
        if self.hook:
            _audit(server)
        people = list(EMAILS)[:2]
        clones = [server.clone(f"writer {n}", people[n % len(people)]) for n in range(self.writers)]
        begin = time.perf_counter()
        threads = [threading.Thread(target=self._write, args=(n, clone, paths)) for n, clone in enumerate(clones)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.seconds = time.perf_counter() - begin
        assert not self.failures, "\n".join(self.failures)
        self._examine(server, paths)

    def _write(self, number: int, clone: Clone, paths: Sequence[str]) -> None:
        chance, took = random.Random(self.seed * 1000 + number), 1.0
        for entry in range(self.entries):
            case, text = Path(chance.choice(paths)).stem, f"{number}-{entry}"
            for _ in range(20):
                begin = time.perf_counter()
                process = clone.start("append", case, "note", "--note", text, "--push")
                if chance.random() < self.kills:
                    self._kill(process, chance.uniform(0, 1.2) * took)
                said, wrong = process.communicate()
                if process.returncode == 0:
                    took = time.perf_counter() - begin
                self.commands += 1
                if RECEIPT in said or process.returncode == 0:
                    self.acknowledged.add((case, text))
                    break
                if process.returncode > 0:
                    self.failures.append(f"writer {number}, entry {entry}: {process.returncode} {said}{wrong}")
                    return
            else:
                self.failures.append(f"writer {number}, entry {entry}: never acknowledged")

    def _kill(self, process: "subprocess.Popen[str]", after: float) -> None:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            self.killed += 1

    def _examine(self, server: Server, paths: Sequence[str]) -> None:
        clone = server.clone("afterwards")
        found: Counter[tuple[str, str]] = Counter()
        for path in paths:
            events = yamltext.read(clone.read(path).encode(), path).data["events"]
            assert [event["at"] for event in events] == sorted(event["at"] for event in events)
            texts = [event["note"] for event in events if event["type"] == "note"]
            found.update((Path(path).stem, text) for text in texts)
            for number in range(self.writers):
                own = [int(text.partition("-")[2]) for text in texts if text.startswith(f"{number}-")]
                assert own == sorted(own), path
        assert set(found) == self.acknowledged
        assert len(found) == found.total() == self.writers * self.entries
        clone.run("check")
        first = clone.git("rev-list", "--max-parents=0", "HEAD").strip()
        clone.run("audit", f"{first}..HEAD")

    @property
    def figures(self) -> str:
        """What is worth telling."""
        entries = len(self.acknowledged)
        return (
            f"{self.writers} writers, {entries} entries in {self.cases} cases: {self.commands} commands,"
            f" {self.killed} of them killed; {self.seconds:.0f} s, {entries / self.seconds:.1f} entries per second"
        )


def _audit(server: Server) -> None:
    hook = server.folder / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexec " + " ".join(PROGRAM) + " hook pre-receive\n", encoding="utf-8")
    hook.chmod(0o755)


def main() -> None:
    """The full size: `python -m tests.load [WRITERS ENTRIES CASES]`."""
    writers, entries, cases = map(int, sys.argv[1:] or (8, 50, 20))
    load = Load(writers, entries, cases, kills=0.1, hook=True, seed=time.time_ns() % 10**6)
    with tempfile.TemporaryDirectory() as folder:
        load.run(Path(folder))
    sys.stdout.write(f"{load.figures}\nseed {load.seed}: all there, once, in order; check and audit find nothing\n")


if __name__ == "__main__":
    main()
