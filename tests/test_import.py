"""Importing CSV: every row ends as imported, already there, or rejected with the reason."""

import csv
import io
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseledger import findings, register, yamltext
from caseledger.cli.main import run as cli
from caseledger.errors import CannotGoOn, Refused
from caseledger.intake import mapping, rejects, rows, run
from caseledger.intake.run import Outcome
from caseledger.rulebook import Rulebook
from caseledger.site import building

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
COLUMNS = ("No", "Date", "Via", "Title", "Words", "Qty", "Buyer")
MAP = """\
schema: 1
source: {system: shop, column: "No"}
profile: product
by: bot-import
as: bot
received: {column: Date, formats: ["%Y-%m-%d", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%S%z"], timezone: Europe/Oslo}
empty: ["-"]
case:
  channel: {column: Via, values: {Shop: web, Phone: phone}}
  market: "NO"
  language: nb
  category: product-quality
  demand: other
  order:
    quantity: "{Qty}"
    amount: {value: "{Qty}.00", currency: NOK}
  summary: ["{Title} ({Via})", "{Via}"]
  description: ["{Words}", "{Title}"]
"""


@pytest.fixture
def repository(tmp_path: Path, root: Path) -> Path:
    """A case repository without cases."""
    return new_repository(tmp_path / "repository", root)


def new_repository(folder: Path, root: Path) -> Path:
    shutil.copytree(root / "policy", folder / "policy")
    shutil.copy(root / "caseledger.yml", folder)
    return folder


def table(*lines: Sequence[str], header: Sequence[str] = COLUMNS) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *lines])
    return stream.getvalue()


def line(
    no: str = "1",
    date: str = "2026-11-02",
    via: str = "Shop",
    title: str = "Torn strap",
    words: str = "Reima røk.",
    qty: str = "",
    buyer: str = "",
) -> list[str]:
    """One row, with a source's number, a date and so on."""
    return [no, date, via, title, words, qty, buyer]


def intake(
    repository: Path, text: str | bytes, map_text: str = MAP, *, key: str = "", dry_run: bool = False
) -> Outcome:
    """The outcome of importing a file of this content."""
    return run.run(Rulebook(repository), *read(repository, text, map_text), NOW, key=key, dry_run=dry_run)


def read(repository: Path, text: str | bytes, map_text: str = MAP) -> tuple[rows.Export, mapping.RowMap]:
    file, map_file = repository.parent / "export.csv", repository.parent / "map.yml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    map_file.write_text(map_text, "utf-8")
    row_map = mapping.load(map_file)
    return rows.read(file, row_map.delimiter), row_map


def cases(repository: Path) -> dict[str, Any]:
    """The data of every case by the source's number."""
    entries = register.read_all(repository, NOW)
    return {entry.case.data["source"]["id"]: entry.data for entry in entries}


def only_case(repository: Path) -> Any:
    """The data of the one case that there is."""
    [path] = register.case_files(repository)
    return yamltext.read(path.read_bytes(), path.name).data


def reasons(outcome: Outcome) -> list[str]:
    return [text.to("en") for rejected in outcome.rejected for text in rejected.reasons]


# --- the real file ---


@pytest.fixture(scope="module")
def sample(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every tenth row of the real export, the 40 oldest rows among them in proportion."""
    with (shared / "data" / "cfpb-3000.csv").open(encoding="utf-8", newline="") as stream:
        header, *lines = csv.reader(stream)
    path = tmp_path_factory.mktemp("sample") / "complaints.csv"
    path.write_text(table(*lines[::10], header=header), "utf-8", newline="")
    return path


def test_real_complaints_become_checked_judged_and_shown_cases(sample: Path, repository: Path, root: Path) -> None:
    row_map = mapping.load(root / "maps" / "cfpb.yml")
    export = rows.read(sample, row_map.delimiter)
    rulebook = Rulebook(repository)
    assert export.count == 300

    rehearsed = run.run(rulebook, export, row_map, NOW, dry_run=True)
    assert (rehearsed.imported, rehearsed.there, len(rehearsed.rejected)) == (296, 0, 4)
    assert not (repository / "cases").exists()

    first = run.run(rulebook, export, row_map, NOW)
    assert (first.imported, first.there, len(first.rejected)) == (296, 0, 4)
    assert first.rejected == rehearsed.rejected
    assert first.rejected[0].row.line == 2
    assert reasons(first)[0] == "Received on 2015-04-01, when no version of the policy product was in force yet."

    second = run.run(rulebook, export, row_map, NOW)
    assert (second.imported, second.there, len(second.rejected)) == (0, 296, 4)

    entries = register.read_all(repository, NOW)
    assert len(entries) == 296
    assert [problem for entry in entries for problem in entry.problems] == []
    assert list(register.repeated(repository, entries)) == []
    found = findings.find(findings.judge(rulebook, entries, NOW), NOW)
    assert len(found) == 296
    assert {finding.status for finding in found} == {"overdue"}

    built = building.build(repository, repository / "build" / "site", NOW)
    assert (built.cases, built.problems) == (296, 0)
    pages = {path.stem for path in (repository / "build" / "site" / "en" / "cases").rglob("C-*.html")}
    assert pages == {entry.case.id for entry in entries}


# --- one row ---


def test_a_row_becomes_a_case(repository: Path) -> None:
    outcome = intake(repository, table(line(qty="2", via="Phone", words="  Reima røk.  \r\nTo ganger.\t")))
    case = only_case(repository)
    assert outcome == Outcome(imported=1)
    assert case == {
        "schema": 1,
        "id": "C-20261102-F8RGQ",
        "policy": "product@2023-01-01",
        "channel": "phone",
        "market": "NO",
        "language": "nb",
        "category": "product-quality",
        "demand": "other",
        "source": {"system": "shop", "id": "1"},
        "consumer": {"ref": "U-5K6B3KSX03"},
        "order": {"quantity": 2, "amount": {"value": "2.00", "currency": "NOK"}},
        "summary": "Torn strap (Phone)",
        "description": "Reima røk.\nTo ganger.",
        "events": [
            {
                "at": "2026-11-02T00:00:00+01:00",
                "recorded": "2026-11-03T20:00:00+08:00",
                "type": "received",
                "by": "bot-import",
                "as": "bot",
            }
        ],
    }


@pytest.mark.parametrize(
    ("written", "at", "day"),
    [
        ("2026-11-02", "2026-11-02T00:00:00+01:00", "C-20261102"),
        ("2/11/2026 23:30", "2026-11-02T23:30:00+01:00", "C-20261103"),  # already the 3rd in China
        ("2026-11-02T08:00:00-0500", "2026-11-02T08:00:00-05:00", "C-20261102"),
        ("29/03/2026 02:30", "2026-03-29T03:30:00+02:00", "C-20260329"),  # the clocks skipped that half hour
        ("25/10/2026 02:30", "2026-10-25T02:30:00+02:00", "C-20261025"),  # it came twice: the first
    ],
)
def test_dates(repository: Path, written: str, at: str, day: str) -> None:
    assert intake(repository, table(line(date=written))) == Outcome(imported=1)
    case = only_case(repository)
    assert case["events"][0]["at"] == at
    assert case["id"].startswith(day)


def test_a_time_of_day_for_dates_without_one(repository: Path) -> None:
    intake(repository, table(line()), MAP.replace("Europe/Oslo}", 'Europe/Oslo, time: "09:30"}'))
    assert only_case(repository)["events"][0]["at"] == "2026-11-02T09:30:00+01:00"


def test_empty_cells_leave_fields_out(repository: Path) -> None:
    intake(repository, table(line(words="-")))
    case = only_case(repository)
    assert case["description"] == "Torn strap"
    assert "order" not in case


def test_every_way_to_fill_a_field(repository: Path) -> None:
    fields = """\
  public_opinion: {column: Via, values: {Phone: true}, default: false}
  product: {name: "{Title}", sku: "{No}-{Qty}", batch: "{Buyer}"}
  translation: {en: "{Buyer}"}
"""
    map_text = (
        MAP.replace("    quantity:", '    placed: {column: Buyer, formats: ["%d.%m.%Y"]}\n    quantity:') + fields
    )
    intake(repository, table(line("1", via="Phone", qty="3", buyer="01.11.2026"), line("2")), map_text)
    full, sparse = cases(repository)["1"], cases(repository)["2"]
    assert full["order"] == {
        "placed": "2026-11-01",
        "quantity": 3,
        "amount": {"value": "3.00", "currency": "NOK"},
    }
    assert full["product"] == {"sku": "1-3", "name": "Torn strap", "batch": "01.11.2026"}
    assert (full["public_opinion"], full["translation"]) == (True, {"en": "01.11.2026"})
    assert (sparse["public_opinion"], sparse["product"]) == (False, {"name": "Torn strap"})
    assert "order" not in sparse
    assert "translation" not in sparse


def test_a_cell_is_never_a_template(repository: Path) -> None:
    intake(repository, table(line(title="{Words} {0.__class__} {No}", words="{Title}")))
    case = only_case(repository)
    assert case["summary"] == "{Words} {0.__class__} {No} (Shop)"
    assert case["description"] == "{Title}"


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://example.com";"x")',
        "<script>alert(1)</script>",
        "&anchor *alias !tag {a: b} [c]",
        'no: "yes"\n- list\n# comment\n---\n...',
        "'single' \"double\" \\back`tick|pipe",
        "true",
        "0123",
        "a,b;c\td",
        "line one\n\n   indented\n\ttabbed",
        "中文 — “quotes” …  \u2028 \ufeff 🧵",
        "C:\\temp\\..\\..\\etc/passwd",
    ],
)
def test_hostile_words_are_kept_as_text(repository: Path, text: str) -> None:
    assert intake(repository, table(line(words=text, title="x"))) == Outcome(imported=1)
    assert only_case(repository)["description"] == text
    [entry] = register.read_all(repository, NOW)
    assert entry.problems == ()


# --- rejected rows ---


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (line()[:-1], "The row has 6 cells, but the header has 7."),
        ([*line(), ""], "The row has 8 cells, but the header has 7."),
        (line(no=" "), "No is empty, so that the complaint could not be told from others."),
        (line(no="-"), "No is empty, so that the complaint could not be told from others."),
        (line(date=""), "Date is empty, but a case needs its day of receipt."),
        (
            line(date="2026-13-40"),
            "Date is 2026-13-40; that is no date in the form %Y-%m-%d, %d/%m/%Y %H:%M, %Y-%m-%dT%H:%M:%S%z.",
        ),
        (
            line(date="0001-01-01"),
            "Date is 0001-01-01; that is no date in the form %Y-%m-%d, %d/%m/%Y %H:%M, %Y-%m-%dT%H:%M:%S%z.",
        ),
        (line(date="2022-12-31"), "Received on 2022-12-31, when no version of the policy product was in force yet."),
        (line(via="Fax"), "Via is Fax; the map has no value for it and no default."),
        (line(via=""), "channel is missing."),
        (line(title="", words=""), "description is missing."),
        (line(title="x" * 295), "summary has more than 300 characters."),
        (line(words="x" * 100_001), "description has more than 100000 characters."),
        (line(words="x" * 1024 * 1024), "The file has 1049018 bytes; at most 1048576 are read."),
        (line(qty="some"), 'order.quantity must be a whole number, not "some".'),
        (line(words="a\0b"), "Words holds the character U+0000, which is not allowed."),
        (line(title="\x1b[31m"), "Title holds the character U+001B, which is not allowed."),
        (line(words="order \u202e4711"), "Words holds the character U+202E, which is not allowed."),
    ],
)
def test_rejected_with_the_reason(repository: Path, cells: list[str], reason: str) -> None:
    outcome = intake(repository, table(cells, line(no="2")))
    assert (outcome.imported, outcome.there, len(outcome.rejected)) == (1, 0, 1)
    assert reason in reasons(outcome)
    assert (outcome.rejected[0].row.number, outcome.rejected[0].row.line) == (1, 2)


def test_rules_beyond_the_schema_reject_too(repository: Path) -> None:
    outcome = intake(repository, table(line()), MAP.replace("category: product-quality", "category: weather"))
    assert (outcome.imported, len(outcome.rejected)) == (0, 1)
    assert not (repository / "cases").exists()


def test_the_line_counts_breaks_within_cells_and_empty_lines(repository: Path) -> None:
    text = table(line(words="one\ntwo")) + "\r\n" + table(line(no="", words="bad"))[len(table()) :]
    outcome = intake(repository, text)
    assert [(each.row.number, each.row.line) for each in outcome.rejected] == [(2, 5)]


# --- forms of a file ---


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\r\n", b"\n"),
        lambda raw: raw.replace(b"\r\n", b"\r"),
        lambda raw: raw.rstrip(),
        lambda raw: raw + b"\r\n\r\n",
        lambda raw: b"\r\n" + raw,
    ],
    ids=["bom", "lf", "cr", "no last line break", "empty lines after", "empty line before"],
)
def test_forms_of_csv(repository: Path, change: Callable[[bytes], bytes]) -> None:
    raw = change(table(line(title='4" strap, "torn"')).encode())
    assert intake(repository, raw) == Outcome(imported=1)
    assert only_case(repository)["summary"] == '4" strap, "torn" (Shop)'


def test_other_delimiters(repository: Path) -> None:
    text = "\n".join(";".join(cells) for cells in (COLUMNS, line(words="a, b")))
    assert intake(repository, text, MAP + 'delimiter: ";"\n') == Outcome(imported=1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "{} is empty: not even a line with the names of columns."),
        ("\n\n", "{} is empty: not even a line with the names of columns."),
        (
            table(line(title="\xe9")).encode("latin-1"),
            "{} is not UTF-8 (line 2). Save it as UTF-8, in Excel as “CSV UTF-8”.",
        ),
        (table().encode("utf-16"), "{} is not UTF-8 (line 1). Save it as UTF-8, in Excel as “CSV UTF-8”."),
        (table(line()) + '2,"open', "{} is not CSV: the quotes of the row that begins in line 3 do not match."),
        (table(line()) + '2,"a"b', "{} is not CSV: the quotes of the row that begins in line 3 do not match."),
        ("Date,Via,Title\n", "{} has no column No, Qty, Words. Its columns: Date, Via, Title."),
        (
            table(header=[*COLUMNS, "Qty", "Buyer"]),
            "{} has more than one column Qty; rename all but the one that is meant.",
        ),
    ],
)
def test_a_file_that_cannot_be_imported(repository: Path, content: str | bytes, said: str) -> None:
    with pytest.raises(CannotGoOn) as caught:
        intake(repository, content)
    assert caught.value.text.to("en") == said.format(repository.parent / "export.csv")
    assert not (repository / "cases").exists()


def test_a_file_without_rows(repository: Path) -> None:
    assert intake(repository, table()) == Outcome()


# --- maps ---


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("%Y-%m-%d\"", "%Y-%m\"", "received.formats[0] is %Y-%m. Expected: A date as %Y-%m-%d or %d/%m/%Y %H:%M: year,"
         " month and day, each once."),
        ("market: \"NO\"", "", "case.market is missing."),
        ("market: ", "markt: ", "The key case.markt is not known here."),
        ("product-quality", "{column: Via}", "case.category.values is missing."),
        ("nb", "5", "case.language must be a text, not 5."),
    ],
)  # fmt: skip
def test_a_map_that_is_wrong(repository: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(Refused) as caught:
        intake(repository, table(), MAP.replace(old, new, 1))
    assert caught.value.text.to("en") == f"{repository.parent / 'map.yml'} cannot be used."
    assert said in [problem.message.to("en") for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["Europe/Olso", "Europe", "../../etc/passwd", "/etc/passwd", "\\0"])
def test_a_time_zone_that_is_none(repository: Path, name: str) -> None:
    with pytest.raises(CannotGoOn, match="there is no time zone"):
        intake(repository, table(), MAP.replace("Europe/Oslo", name))


def test_a_profile_that_is_none(repository: Path) -> None:
    with pytest.raises(CannotGoOn) as caught:
        intake(repository, table(line()), MAP.replace("profile: product", "profile: service"))
    assert caught.value.text.to("en") == "There is no policy profile service."


def test_every_shipped_map_can_be_read(root: Path) -> None:
    assert [mapping.load(path).system for path in sorted((root / "maps").glob("*.yml"))] == ["cfpb", "shop"]


def test_the_map_in_the_documentation_is_the_shipped_one(root: Path) -> None:
    shown = (root / "docs" / "import.md").read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
    shipped = (root / "maps" / "shop.yml").read_text("utf-8")
    assert [line for line in shipped.splitlines(keepends=True) if not line.startswith("#")] == shown.splitlines(True)


# --- consumers ---


def test_consumers_are_told_apart_by_a_keyed_digest(repository: Path) -> None:
    text = table(line("1", buyer="ola@example.com"), line("2", buyer="ola@example.com"), line("3", buyer="kari@x"))
    known = MAP + "consumer: {column: Buyer}\n"
    with pytest.raises(CannotGoOn) as caught:
        intake(repository, text, known)
    assert caught.value.text.to("en") == (
        "To tell consumers apart by Buyer without naming them, set CASELEDGER_CONSUMER_KEY to a secret of your own."
    )
    intake(repository, text, known, key="first")
    refs = {number: case["consumer"]["ref"] for number, case in cases(repository).items()}
    assert refs["1"] == refs["2"] != refs["3"]

    other = new_repository(repository.parent / "other", Path(__file__).parents[1])
    intake(other, text, known, key="second")
    assert set(refs.values()).isdisjoint(case["consumer"]["ref"] for case in cases(other).values())


def test_no_consumer_column_means_one_consumer_per_complaint(repository: Path) -> None:
    intake(repository, table(line("1"), line("2")))
    assert len({case["consumer"]["ref"] for case in cases(repository).values()}) == 2


# --- again, at once, interrupted ---


def test_the_same_number_twice_in_a_file_is_imported_once(repository: Path) -> None:
    outcome = intake(repository, table(line("1"), line("1", words="again"), line("1 "), line("2")))
    assert (outcome.imported, outcome.there, outcome.rejected) == (2, 2, [])


def test_a_rejected_row_may_come_right_later_in_the_file(repository: Path) -> None:
    outcome = intake(repository, table(line(date="?"), line()))
    assert (outcome.imported, outcome.there, len(outcome.rejected)) == (1, 0, 1)


def test_what_is_there_is_found_whatever_its_number(repository: Path) -> None:
    intake(repository, table(line()))
    [path] = register.case_files(repository)
    moved = path.with_name("C-20261102-00000.yml")
    moved.write_bytes(path.read_bytes().replace(path.stem.encode(), moved.stem.encode()))
    path.unlink()
    assert intake(repository, table(line(date="2026-11-03"))) == Outcome(there=1)


def test_the_same_number_of_another_system_is_another_complaint(repository: Path) -> None:
    intake(repository, table(line()))
    assert intake(repository, table(line()), MAP.replace("system: shop", "system: hotline")) == Outcome(imported=1)


def test_a_number_that_is_taken_is_not_taken_again(repository: Path) -> None:
    intake(repository, table(line()))
    [path] = register.case_files(repository)
    path.write_bytes(path.read_bytes().replace(b'id: "1"', b'id: "99"'))
    assert intake(repository, table(line())) == Outcome(imported=1)
    assert set(cases(repository)) == {"1", "99"}


def test_two_runs_at_once_make_each_case_once(repository: Path) -> None:
    text = table(line("1"), line("2"), line("3"))
    others: list[Outcome] = []

    def another_run() -> None:
        if not others:
            others.append(intake(repository, text))

    first = run.run(Rulebook(repository), *read(repository, text), NOW, progress=another_run)
    assert first == Outcome(imported=1, there=2)
    assert others == [Outcome(imported=2, there=1)]
    assert len(list(register.case_files(repository))) == 3


def test_a_run_that_was_interrupted_is_finished_by_the_next(repository: Path) -> None:
    text = table(*(line(str(number)) for number in range(5)))
    left = iter(range(2))

    def interrupt() -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.run(Rulebook(repository), *read(repository, text), NOW, progress=interrupt)
    assert len(list(register.case_files(repository))) == 3
    assert intake(repository, text) == Outcome(imported=2, there=3)


def test_a_file_in_the_way_that_cannot_be_read(repository: Path) -> None:
    intake(repository, table(line()))
    [path] = register.case_files(repository)
    path.write_bytes(b"source: [")
    outcome = intake(repository, table(line()))
    place = path.relative_to(repository).as_posix()
    assert reasons(outcome) == [f"{place} is in its place and cannot be read; mend that file and import again."]
    assert path.read_bytes() == b"source: ["


# --- rejected rows on file ---


def test_rejected_rows_keep_their_cells_and_can_be_mended(repository: Path, tmp_path: Path) -> None:
    bad = line("=1+1", date="?", title=' "quoted",\r\nand broken ', words="-2", qty="\0")
    text = table(bad, line("2"), header=COLUMNS)
    export, row_map = read(repository, text)
    outcome = run.run(Rulebook(repository), export, row_map, NOW)
    place = tmp_path / "rejects.csv"
    assert rejects.write(place, export, outcome.rejected)

    raw = place.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfcaseledger-row,caseledger-line,caseledger-reason,No,Date,")
    header, row = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert header == [*rejects.OURS, *COLUMNS]
    assert row == ["1", "2", "Qty holds the character U+0000, which is not allowed.", *bad]

    again = raw.replace(b"\0", b"3").replace(b",?,", b",2026-11-01,")
    assert intake(repository, again) == Outcome(imported=1)
    still = intake(repository, raw)
    assert len(still.rejected) == 1
    assert rejects.write(place, read(repository, raw)[0], still.rejected)
    assert place.read_bytes() == raw


def test_a_reason_never_begins_as_a_formula_does(repository: Path, tmp_path: Path) -> None:
    header = ["=cmd|' /C calc'!A0" if name == "Via" else name for name in COLUMNS]
    map_text = MAP.replace("column: Via", "column: \"=cmd|' /C calc'!A0\"").replace("{Via}", "{Title}")
    export, row_map = read(repository, table(line(via="Fax"), header=header), map_text)
    outcome = run.run(Rulebook(repository), export, row_map, NOW)
    rejects.write(tmp_path / "rejects.csv", export, outcome.rejected)
    _, (_, _, reason, *_) = csv.reader((tmp_path / "rejects.csv").read_text("utf-8-sig").splitlines())
    assert reason == "'=cmd|' /C calc'!A0 is Fax; the map has no value for it and no default."


def test_without_rejected_rows_there_is_no_file_and_an_old_one_is_emptied(repository: Path, tmp_path: Path) -> None:
    export, _ = read(repository, table(line()))
    place = tmp_path / "rejects.csv"
    assert not rejects.write(place, export, [])
    assert not place.exists()
    place.write_text("old", "utf-8")
    assert rejects.write(place, export, [])
    assert place.read_text("utf-8-sig") == ",".join([*rejects.OURS, *COLUMNS]) + "\n"


# --- the command ---


def test_the_command(repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.parent)
    monkeypatch.setenv("LANGUAGE", "en")
    read(repository, table(line("1"), line("2", date="?"), *(line(str(number), via="?") for number in range(3, 9))))
    command = ["import", "csv", "export.csv", "--map", "map.yml", "--repo", "repository"]

    assert cli([*command, "--dry-run"]) == 0
    said = capsys.readouterr()
    assert said.out == "8 rows: 1 imported, 0 already there, 7 rejected.\n"
    assert said.err == (
        "Row 2 (line 3): Date is ?; that is no date in the form %Y-%m-%d, %d/%m/%Y %H:%M, %Y-%m-%dT%H:%M:%S%z.\n"
        + "".join(
            f"Row {number} (line {number + 1}): Via is ?; the map has no value for it and no default.\n"
            for number in range(3, 7)
        )
        + "… and 2 more.\n"
    )
    assert sorted(path.name for path in repository.parent.iterdir()) == ["export.csv", "map.yml", "repository"]

    assert cli(command) == 0
    assert capsys.readouterr().out == (
        "8 rows: 1 imported, 0 already there, 7 rejected.\nRejected rows, with reasons: rejects-export.csv\n"
    )
    assert cli([*command, "--rejects", "other.csv"]) == 0
    assert capsys.readouterr().out == (
        "8 rows: 0 imported, 1 already there, 7 rejected.\nRejected rows, with reasons: other.csv\n"
    )
    assert Path("other.csv").read_bytes() == Path("rejects-export.csv").read_bytes()


def test_the_rejects_file_is_not_the_file_that_is_read(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository.parent)
    monkeypatch.setenv("LANGUAGE", "en")
    read(repository, table(line()))
    command = ["import", "csv", "export.csv", "--map", "map.yml", "--repo", "repository", "--rejects", "./export.csv"]
    assert cli(command) == 2
    assert capsys.readouterr().err == "Error: export.csv is what is imported; name another file with --rejects.\n"


# --- anything at all ---

CELL = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", "-", "1", "2", "Shop", "Phone", "2026-11-02", "2026-01-31", "1/1/2024 00:00", "9999-12-31"]),
)
LIKELY = st.tuples(
    st.sampled_from(["1", "2", "3", "x y", "", "=1"]),
    st.sampled_from(["2026-11-02", "2023-01-01", "2022-12-31", "2027-01-01", "1/2/2026 10:00", "never"]),
    st.sampled_from(["Shop", "Phone", "?", ""]),
    CELL,
    st.text(max_size=200),
    st.sampled_from(["", "1", "0", "9" * 5000, "x"]),
    CELL,
).map(list)
ROWS = st.lists(st.one_of(LIKELY, LIKELY, st.lists(CELL, min_size=1, max_size=9)), max_size=6)


@pytest.fixture(scope="module")
def shared_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that many examples share."""
    return new_repository(tmp_path_factory.mktemp("many") / "repository", Path(__file__).parents[1])


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_any_table_adds_up(shared_repository: Path, lines: list[list[str]]) -> None:
    before = len(list(register.case_files(shared_repository)))
    text = table(*lines)
    rehearsed = intake(shared_repository, text, dry_run=True)
    outcome = intake(shared_repository, text)
    assert outcome == rehearsed
    assert outcome.imported + outcome.there + len(outcome.rejected) == len(lines)
    assert all(reasons(outcome))
    entries = register.read_all(shared_repository, NOW)
    assert len(entries) == before + outcome.imported
    assert [problem for entry in entries for problem in entry.problems] == []
    again = intake(shared_repository, text)
    assert again.imported == 0
    assert again.there >= outcome.imported + outcome.there  # a bad row may share its number with a good one


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(alphabet=',"\r\n a\0é', max_size=60).map(str.encode)))
def test_any_file_is_read_or_refused(shared_repository: Path, raw: bytes) -> None:
    for content in (raw, table().encode() + raw):
        with suppress(CannotGoOn):
            assert intake(shared_repository, content, dry_run=True).imported == 0
