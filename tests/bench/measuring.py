"""Time and memory of commands."""

import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Run = Callable[[], float]
"""Does something once and tells how many seconds it took."""


def command(*words: str | Path, cwd: Path, ok: Sequence[int] = (0,)) -> Run:
    """A run of a command; it must end with one of the exit codes `ok`."""

    def run() -> float:
        begin = time.perf_counter()
        done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - begin
        if done.returncode not in ok:
            raise RuntimeError(f"{words[0]} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return seconds

    return run


def processor(*words: str | Path, cwd: Path) -> Run:
    """A run of a command that tells the seconds that processors spent on it and on all of its processes.

    They say what work it is, whatever else the machine has to do meanwhile.
    """
    run = command(*words, cwd=cwd)

    def spent() -> float:
        begin = _spent()
        run()
        return _spent() - begin

    return spent


def side_by_side(rounds: int, **runs: Run) -> dict[str, float]:
    """The median seconds of each run, taken in turns (A B A B …) so that what slows the machine slows them all."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            taken[name].append(run())
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def _spent() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def peak_memory(*words: str | Path, cwd: Path, every: float = 0.002) -> float | None:
    """The highest MB of a command and of each of its children, added up; None where there is no /proc.

    They are looked at `every` so many seconds.
    """
    if not Path("/proc/self/status").exists():
        return None
    highest: dict[int, int] = {}
    with subprocess.Popen(words, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            for pid in _family(process.pid):
                highest[pid] = max(highest.get(pid, 0), _highest(pid))
            time.sleep(every)
    return sum(highest.values()) / 1024


def _family(pid: int) -> list[int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    family = [pid]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family


def _highest(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
