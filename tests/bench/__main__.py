"""python -m tests.bench: measure, print a table, exit 1 if a target is missed."""

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from tests.bench import histories, material, painting, scale, searching, sites
from tests.bench.browsing import ROWS, table
from tests.bench.measuring import Run, command, peak_memory, side_by_side

BIN = Path(sys.executable).parent
CASELEDGER = BIN / "caseledger"
CASES = int(os.environ.get("CASES", "10000"))
"""Generated cases of the site; 100000 for the largest."""
SOME = 500
"""Pages that MkDocs renders one by one."""
MANY = 100_000
"""Cases from which on memory is measured, too."""
_SOUGHT = {"phrases": "Chinese phrases", "id": "case numbers", "order": "order numbers", "sku": "SKUs"}


@dataclass(frozen=True)
class Line:
    """One line of the table: what was measured, the figure, the target and whether it is met (None: there is none)."""

    what: str
    figure: str
    target: str = ""
    met: bool | None = None


def main() -> int:
    """Measure everything in one run."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="caseledger-bench-") as name:
        folder = Path(name)
        repository = material.new_repository(folder / "repository")
        for section in (importing, checking, starting, judging, auditing, browsing, archiving, building_sites):
            for line in section(repository):
                print(f"{line.what:<66} {line.figure:>12}  {line.target:<10} {_word(line.met)}", flush=True)
                lines.append(line)
    return 1 if any(line.met is False for line in lines) else 0


def importing(repository: Path) -> Iterator[Line]:
    """Import everything once, then once more, when it is there already."""
    export = material.export(repository.parent)
    words = (CASELEDGER, "import", "csv", export, "--map", material.MAP)
    run = command(*words, cwd=repository)
    yield Line("import of 3,000 rows", f"{run():.1f} s")
    yield Line("the same again, all there already", f"{run():.1f} s")


def checking(repository: Path) -> Iterator[Line]:
    """check beside check-jsonschema, on the same files with the same schema."""
    files = sorted((repository / "cases").rglob("*.yml"))
    schema = repository / "schema" / "case.schema.json"
    taken = side_by_side(
        5,
        ours=_cold(repository, command(CASELEDGER, "check", cwd=repository)),
        peer=command(BIN / "check-jsonschema", "--schemafile", schema, *files, cwd=repository),
    )
    yield Line(f"check of {len(files)} cases, cold", f"{taken['ours']:.2f} s")
    yield Line("check-jsonschema on the same files", f"{taken['peer']:.2f} s")
    ratio = taken["peer"] / taken["ours"]
    yield Line("times as fast as check-jsonschema", f"{ratio:.1f}", ">= 15", ratio >= 15)
    memory = peak_memory(CASELEDGER, "check", cwd=repository)
    if memory is not None:
        yield Line("peak memory of check, all its processes", f"{memory:.0f} MB", "< 300 MB", memory < 300)


def starting(repository: Path) -> Iterator[Line]:
    """--help and append beside an empty Python program, with all cases and with ten."""
    small = material.shrunk(repository, repository.parent / "small", 10)
    taken = side_by_side(
        15,
        python=command(BIN / "python", "-c", "pass", cwd=repository),
        help=command(CASELEDGER, "--help", cwd=repository),
        append=_appending(repository),
        help_small=command(CASELEDGER, "--help", cwd=small),
        append_small=_appending(small),
    )
    yield Line("python -c pass", f"{taken['python']:.3f} s")
    for what, key in (
        ("--help, all cases", "help"),
        ("--help, ten cases", "help_small"),
        ("append, all cases", "append"),
        ("append, ten cases", "append_small"),
    ):
        more = taken[key] - taken["python"]
        yield Line(f"{what}: more than python -c pass", f"{more:.3f} s", "< 0.15 s", more < 0.15)


def judging(repository: Path) -> Iterator[Line]:
    """sla on all cases."""
    taken = side_by_side(3, sla=command(CASELEDGER, "sla", cwd=repository, ok=(4,)))
    yield Line("sla of all cases", f"{taken['sla']:.2f} s")


def browsing(repository: Path) -> Iterator[Line]:
    """The table of cases with 100,000 rows in Chromium."""
    taken = dict(table(repository.parent))
    first = taken["first"] / 1000
    yield Line(f"table of {ROWS:,} cases: the newest year can be used", f"{first:.2f} s", "< 1 s", first < 1)
    yield Line("all years are there", f"{taken['all'] / 1000:.2f} s")
    for name in ("filter", "sort", "words"):
        yield Line(f"the same table: {name}", f"{taken[name]:.0f} ms")


def auditing(repository: Path) -> Iterator[Line]:
    """audit of one commit among 50,000 cases and among ten; pushes of 1,000 cases with the hook and without."""
    folder = repository.parent / "audit"
    folder.mkdir()
    runs = {}
    for count in (50_000, 10):
        ledger, many = histories.large(count)
        copy = histories.working_copy(folder / str(count), ledger, histories.appended(ledger, many))
        runs[f"of_{count}"] = command(CASELEDGER, "audit", f"refs/made/{many.mark}..main", cwd=copy)
    taken = side_by_side(5, **runs)
    large, small = taken["of_50000"], taken["of_10"]
    yield Line("audit of one commit, 50,000 cases", f"{large:.2f} s", "< 2 s", large < 2)
    yield Line("times that of ten cases", f"{large / small:.2f}", "< 1.5", large / small < 1.5)
    ledger, begun = histories.large(5_000)
    opened = histories.opened(ledger, begun, 1_000)
    extended = histories.extended(ledger, opened, 1_000)
    local = ledger.write(folder / "local", extended)
    plain = histories.server(folder / "plain.git", ledger, begun)
    hooked = histories.server(folder / "hooked.git", ledger, begun, f"{CASELEDGER} hook pre-receive")
    for what, head in (("1,000 new cases", opened), ("1,000 commits, an entry each", extended)):
        words = (f"refs/made/{head.mark}:refs/heads/main",)
        seconds = [command("git", "push", "-q", server, *words, cwd=local)() for server in (plain, hooked)]
        yield Line(f"push of {what}, without the hook", f"{seconds[0]:.1f} s")
        yield Line(f"push of {what}, with it", f"{seconds[1]:.1f} s", "< 10 s", seconds[1] < 10)


def archiving(repository: Path) -> Iterator[Line]:
    """archive run and verify, of generated cases of which 10,000 and a few have ended and can be sealed."""
    folder = scale.repository(repository.parent / "archived", 11_500)
    (folder / ".gitignore").write_text(".cache/\n")
    for words in (
        ("init", "--quiet", "--initial-branch=main"),
        ("config", "user.name", "bench"),
        ("config", "user.email", "bench@example.com"),
        ("add", "--all"),
        ("commit", "--quiet", "--message", "Begin"),
    ):
        command("git", *words, cwd=folder)()
    seconds = command(CASELEDGER, "archive", "run", cwd=folder, ok=(1,))()
    yield Line("archive run, 10,000 cases", f"{seconds:.1f} s", "< 60 s", seconds < 60)
    seconds = command(CASELEDGER, "archive", "verify", cwd=folder)()
    yield Line("archive verify of them", f"{seconds:.1f} s", "< 30 s", seconds < 30)


def building_sites(repository: Path) -> Iterator[Line]:
    """The site of generated cases beside Hugo and MkDocs, cold and brought up to date, by processor time."""
    folder = repository.parent / "sites"
    made = sites.repository(folder / "repository", CASES)
    site = made / "build" / "site"
    peer, plain = sites.hugo(site, folder / "hugo"), sites.mkdocs(site, folder / "mkdocs", SOME)
    taken = side_by_side(2, ours=sites.build(made, "--no-search"), hugo=peer)
    pages = len(list(sites.pages(site)))
    yield Line(f"site of {CASES:,} generated cases, cold, the index left as it is", f"{taken['ours']:.1f} s")
    yield Line(f"Hugo, the same {pages:,} pages ready as Markdown", f"{taken['hugo']:.1f} s")
    yield _ratio("times the time of Hugo", taken["ours"] / taken["hugo"], 1)
    each = plain() / SOME
    yield Line(f"MkDocs page by page, each of {SOME:,} of them", f"{each * 1000:.1f} ms")
    faster = each * pages / taken["ours"]
    yield Line("times as fast as MkDocs page by page", f"{faster:.1f}", ">= 8", faster >= 8)
    edited = statistics.median(sites.edited(made, "--no-search")() for _ in range(3))
    yield Line("one case edited, the index left as it is", f"{edited:.1f} s")
    yield _ratio("one case edited: part of the time of all, without index", edited / taken["ours"], 0.1)
    whole = sites.build(made)()
    yield _ratio("times the time, with the search index", whole / taken["ours"], 3)
    edited = statistics.median(sites.edited(made)() for _ in range(3))
    yield _ratio("one case edited: part of the time of all, with index", edited / whole, 0.1)
    if MANY <= CASES:
        memory = sites.memory(made)
        if memory is not None:
            yield Line("peak memory of a cold build, all its processes", f"{memory:.0f} MB", "< 2 GB", memory < 2000)
    heaviest = sites.weights(site)
    yield Line("heaviest page of a case", f"{heaviest['case'] / 1000:.1f} kB", "< 60 kB", heaviest["case"] < 60_000)
    yield Line("heaviest page of all", f"{heaviest['any'] / 1000:.1f} kB", "< 60 kB", heaviest["any"] < 60_000)
    yield from _read(made, site)
    yield from _searched(folder / "grown")


def _read(repository: Path, site: Path) -> Iterator[Line]:
    """The first page as one visits it, and what search finds on the site."""
    for name, value in painting.first_page(site).items():
        unit = {"layout shift": f"{value:.3f}", "transferred": f"{value:.0f} kB"}.get(name, f"{value:.0f} ms")
        yield Line(f"first page: {name}", unit)
    for kind, part in searching.recall(repository, site):
        least = 0.99 if kind == "phrases" else 1
        yield Line(f"search: recall of {_SOUGHT[kind]}", f"{part:.4f}", f">= {least:g}", part >= least)


def _searched(folder: Path) -> Iterator[Line]:
    """Searches of 100,000 cases, each on a page just opened."""
    site = searching.grown(folder)
    for query, first, begun, whole, all_of_it in searching.first_results(site, *searching.queries(site)):
        yield Line(
            f"search of {searching.CASES:,} cases for {query}: first result", f"{first:.0f} ms", "< 500 ms", first < 500
        )
        yield Line("  loaded by then", f"{begun:.0f} kB", "< 300 kB", begun < 300)
        yield Line("  all parts searched", f"{whole:.0f} ms")
        yield Line("  loaded by then", f"{all_of_it:.0f} kB")


def _ratio(what: str, ratio: float, most: float) -> Line:
    return Line(what, f"{ratio:.2f}", f"<= {most:g}", ratio <= most)


def _cold(repository: Path, run: Run) -> Run:
    def cold() -> float:
        for path in (repository / ".cache").rglob("*") if (repository / ".cache").exists() else ():
            if path.is_file():
                path.unlink()
        return run()

    return cold


def _appending(repository: Path) -> Run:
    """Append a note to one case after another."""
    ids = cycle(sorted(path.stem for path in (repository / "cases").rglob("*.yml"))[:10])

    def run() -> float:
        words = ("append", next(ids), "note", "--note", "Measured.", "--by", "bot-sla", "--as", "bot")
        return command(CASELEDGER, *words, cwd=repository)()

    return run


def _word(met: bool | None) -> str:
    return {None: "", True: "met", False: "MISSED"}[met]


if __name__ == "__main__":
    os.environ["LANGUAGE"] = "en"
    sys.exit(main())
