"""The forms for other programs, each right by its own schema; Markdown that nothing in a case can turn into markup."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import markdown as python_markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from caseledger.cli.formats import codequality, github, junit, markdown, sarif
from caseledger.cli.formats import json as plain
from caseledger.language import Text
from caseledger.problem import Place, Problem, Severity
from caseledger.rules import id_stem
from tests.test_cli import Shell

SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-2.1.0.json").read_text("utf-8"))
STANDARD = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
JUNIT = etree.XMLSchema(file=Path(__file__).parent / "junit" / "junit-10.xsd")
CODE_QUALITY = jsonschema_rs.Draft202012Validator(
    json.loads((Path(__file__).parent / "codequality" / "codequality.json").read_text("utf-8"))
)
OUTPUT = jsonschema_rs.Draft202012Validator(
    json.loads((Path(__file__).parents[1] / "schema" / "output.schema.json").read_text("utf-8")), validate_formats=True
)
THEN = ("--as-of", "2026-11-22T12:00:00+08:00")
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
HOSTILE = [
    "<script>alert(1)</script>",
    "| a | b |",
    "[link](https://example.com)",
    "![picture](https://example.com/x.png)",
    "**bold** _thin_ `code`",
    "@everyone #1 https://example.com www.example.com",
    "a\nb",
]


def problem(
    message: str, path: str = "cases/2026/11/C-20261103-7K3QD.yml", severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(
        path, Place(3, 7), id_stem.RULE.code, severity, Text("{said}", said=message), Text(id_stem.RULE.hint)
    )


def read(text: str) -> dict[str, Any]:
    """What a program reads from SARIF, right by the standard's own schema."""
    log: dict[str, Any] = json.loads(text)
    STANDARD.validate(log)
    [run] = log["runs"]
    return dict(run)


def cases(text: str) -> list[etree._Element]:
    """The test cases of JUnit XML, right by the schema."""
    tree = etree.fromstring(text.encode())
    JUNIT.assertValid(tree)
    found = tree.findall("testsuite/testcase")
    failed = tree.findall("testsuite/testcase/failure")
    assert {(one.get("tests"), one.get("failures")) for one in tree.iter("testsuites", "testsuite")} == {
        (str(len(found)), str(len(failed)))
    }
    return list(found)


def entries(text: str) -> list[dict[str, Any]]:
    """The entries of a code quality report, right by the schema and each another one."""
    found: list[dict[str, Any]] = json.loads(text)
    CODE_QUALITY.validate(found)
    assert len({entry["fingerprint"] for entry in found}) == len(found)
    return found


def test_a_problem_in_sarif(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    run = read(sarif.problems([problem("Wrong"), problem("Odd", severity=Severity.INFO)]))
    assert run["results"][0] == {
        "ruleId": "id-stem",
        "level": "error",
        "message": {"text": f"Wrong {id_stem.RULE.hint}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "cases/2026/11/C-20261103-7K3QD.yml"},
                    "region": {"startLine": 3, "startColumn": 7},
                }
            }
        ],
    }
    assert run["results"][1]["level"] == "note"
    assert run["tool"]["driver"]["rules"] == [
        {
            "id": "id-stem",
            "shortDescription": {"text": id_stem.RULE.meaning},
            "help": {"text": id_stem.RULE.hint},
            "defaultConfiguration": {"level": "error"},
        }
    ]


@pytest.mark.parametrize("path", ["cases/a b#1.yml", "cases/é.yml", "cases/\udcff.yml", "cases/%41.yml"])
def test_any_path_is_an_address(path: str) -> None:
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    [result] = read(sarif.problems([problem("x", shown)]))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert " " not in uri


@settings(deadline=None)
@given(TEXT)
def test_any_message_is_sarif(message: str) -> None:
    [result] = read(sarif.problems([problem(message)]))["results"]
    assert result["message"]["text"].startswith(message)


@pytest.mark.parametrize("command", [("check",), ("sla", "--as-of", "2026-11-22T12:00:00+08:00")], ids=lambda c: c[0])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_commands_speak_sarif(root: Path, command: tuple[str, ...], lang: str) -> None:
    run = read(Shell(root)(*command, "--format", "sarif", code=4 if command[0] == "sla" else 0, lang=lang))
    assert run["tool"]["driver"]["language"] == {"zh": "zh-CN", "en": "en-US"}[lang]
    keys = [result["partialFingerprints"]["caseledger/v1"] for result in run["results"]] if command[0] == "sla" else []
    assert len(keys) == len(set(keys))


def test_nothing_found_is_said_in_forms_that_are_whole(mini_repository: Path) -> None:
    shell = Shell(mini_repository)
    assert read(shell("check", "--format", "sarif"))["results"] == []
    assert json.loads(shell("check", "--format", "json")) == {"version": 1, "problems": []}
    assert json.loads(shell("check", "--format", "codequality")) == []
    assert [case.get("name") for case in cases(shell("check", "--format", "junit"))] == ["caseledger"]
    assert shell("check", "--format", "markdown") == "Nothing was found.\n"
    assert shell("check", "--format", "github") == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_what_was_said_and_nothing_else(text: str) -> None:
    table = markdown.problems([problem(text)])
    assert len(table.splitlines()) == 3
    html = python_markdown.markdown(table, extensions=["tables"])
    assert not any(tag in html for tag in ("<script", "<a ", "<img", "<strong", "<em", "<code"))
    assert html.count("<td>") == 4


def test_sla_as_a_table(root: Path) -> None:
    shown = Shell(root)("sla", "--as-of", "2026-11-22T12:00:00+08:00", "--format", "markdown", code=4)
    heading, line, first, *_ = shown.splitlines()
    assert heading == "| Status | Case | Deadline | Responsible | Due |"
    assert line == "|---|---|---|---|---|"
    assert first.count(" | ") == 4


def test_github_is_told_of_errors_first() -> None:
    severities = (Severity.INFO, Severity.WARNING, Severity.ERROR)
    lines = github.problems([problem("x", severity=severity) for severity in severities]).splitlines()
    assert [line.split()[0] for line in lines] == ["::error", "::warning", "::notice"]


def test_github_is_told_what_is_overdue_first(root: Path) -> None:
    shown = Shell(root)("sla", *THEN, "--format", "github", code=4).splitlines()
    levels = [line.split()[0] for line in shown]
    assert levels == sorted(levels)
    assert set(levels) == {"::error", "::warning"}


@pytest.mark.parametrize("command", [("check",), ("sla", *THEN)], ids=lambda c: c[0])
def test_on_github_the_step_summary_lists_everything(root: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", "utf-8")
    code = 4 if command[0] == "sla" else 0
    shell = Shell(root)
    shell.environment["GITHUB_STEP_SUMMARY"] = str(summary)
    annotations = shell(*command, "--format", "github", code=code).splitlines()
    table = Shell(root)(*command, "--format", "markdown", code=code)
    if not annotations:
        assert summary.read_text("utf-8") == "before\n"
        return
    assert summary.read_text("utf-8") == f"before\n### caseledger {command[0]}\n\n{table}\n"
    rows = len(table.splitlines()) - 2
    assert annotations[-1] == (
        "::notice title=caseledger::GitHub shows ten annotations of a kind;"
        f" all {rows} findings are in the step summary."
    )
    assert len(annotations) == rows + 1


@pytest.mark.parametrize("room", [0, 50, 1000])
def test_a_step_summary_is_never_longer_than_github_takes(root: Path, tmp_path: Path, room: int) -> None:
    summary = tmp_path / "summary.md"
    summary.write_bytes(b"x" * (900_000 - room))
    shell = Shell(root)
    shell.environment["GITHUB_STEP_SUMMARY"] = str(summary)
    shell("sla", *THEN, "--format", "github", code=4)
    added = summary.read_text("utf-8").lstrip("x")
    *_, last = added.strip().splitlines()
    left = int(last.split()[0])
    assert last == f"{left} more rows do not fit here; the log has them all."
    rows = Shell(root)("sla", *THEN, "--format", "markdown", code=4).splitlines()[2:]
    assert [line for line in added.splitlines() if "due" in line] == rows[: len(rows) - left]
    assert len(added) < room + 100


def test_problems_in_junit() -> None:
    failed, passed = cases(junit.problems([problem("Wrong"), problem("Odd", severity=Severity.WARNING)]))
    path = "cases/2026/11/C-20261103-7K3QD.yml"
    assert dict(failed.attrib) == {"classname": path, "name": "3:7 id-stem"}
    [failure] = failed
    assert dict(failure.attrib) == {"type": "id-stem", "message": f"Wrong {id_stem.RULE.hint}"}
    assert failure.text == f"{path}: Wrong {id_stem.RULE.hint}"
    [said] = passed
    assert (said.tag, said.text) == ("system-out", f"Odd {id_stem.RULE.hint}")


@settings(deadline=None)
@given(TEXT, TEXT)
def test_any_message_and_path_is_junit(message: str, path: str) -> None:
    [case] = cases(junit.problems([problem(message, path)]))
    [failure] = case
    said = failure.get("message")
    assert said is not None
    assert len(said.replace("\r\n", "\n")) == len(f"{message} {id_stem.RULE.hint}".replace("\r\n", "\n"))
    assert all(char in (message + id_stem.RULE.hint + " \ufffd") for char in said.replace("\n", ""))


def test_problems_in_a_code_quality_report() -> None:
    severities = (Severity.ERROR, Severity.WARNING, Severity.INFO)
    found = entries(codequality.problems([problem("x", severity=severity) for severity in severities]))
    assert [entry["severity"] for entry in found] == ["major", "minor", "info"]
    assert {key: value for key, value in found[0].items() if key != "fingerprint"} == {
        "description": f"x {id_stem.RULE.hint}",
        "check_name": "id-stem",
        "severity": "major",
        "location": {"path": "cases/2026/11/C-20261103-7K3QD.yml", "lines": {"begin": 3}},
    }


def test_a_problem_on_another_line_is_the_same_one_for_gitlab() -> None:
    here = problem("x")
    there = Problem(here.path, Place(9, 1), here.code, here.severity, here.message, here.hint)
    [first] = entries(codequality.problems([here]))
    [second] = entries(codequality.problems([there]))
    assert first["fingerprint"] == second["fingerprint"]
    assert len(entries(codequality.problems([here, there]))) == 2


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, st.sampled_from(Severity)), max_size=5))
def test_any_problems_are_a_code_quality_report(said: list[tuple[str, Severity]]) -> None:
    found = entries(codequality.problems([problem(message, severity=severity) for message, severity in said]))
    assert [entry["description"] for entry in found] == [f"{message} {id_stem.RULE.hint}" for message, _ in said]


@settings(deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT, st.sampled_from(Severity)), max_size=5))
def test_any_problems_are_json_as_described(said: list[tuple[str, str, Severity]]) -> None:
    printed = json.loads(plain.problems([problem(*one) for one in said]))
    OUTPUT.validate(printed)
    assert [(one["message"], one["path"], one["severity"]) for one in printed["problems"]] == said


@pytest.mark.parametrize(
    ("form", "count"),
    [
        ("junit", lambda text: len(cases(text))),
        ("codequality", lambda text: len(entries(text))),
        ("json", lambda text: len(described(text)["findings"])),
        ("sarif", lambda text: len(read(text)["results"])),
        ("markdown", lambda text: len(text.splitlines()) - 2),
    ],
)
def test_every_form_says_all_findings(root: Path, form: str, count: Any) -> None:
    shell = Shell(root)
    lines = [line for line in shell("sla", *THEN, code=4).splitlines() if " due 2" in line]
    assert count(shell("sla", *THEN, "--format", form, code=4)) == len(lines) > 10


def described(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    OUTPUT.validate(found)
    return found


def test_the_description_of_json_refuses_what_it_does_not_know(root: Path) -> None:
    found = described(Shell(root)("sla", *THEN, "--format", "json", code=4))
    kinds = {"case" in one: one for one in found["findings"]}
    assert kinds.keys() == {True, False}
    for one in kinds.values():
        for name in one:
            less = {key: value for key, value in one.items() if key != name}
            assert not OUTPUT.is_valid({"version": 1, "findings": [less]})
        assert not OUTPUT.is_valid({"version": 1, "findings": [one | {"summary": "Zip"}]})
    assert not OUTPUT.is_valid(found | {"version": 2})


@pytest.mark.parametrize("form", ["text", "json", "github", "markdown", "sarif", "junit", "codequality"])
def test_a_file_holds_what_would_be_printed(root: Path, tmp_path: Path, form: str) -> None:
    shell = Shell(root)
    out = tmp_path / "new" / "report"
    printed = shell("sla", *THEN, "--format", form, code=4)
    shell("sla", *THEN, "--format", form, "-o", str(out), code=4)
    assert out.read_text("utf-8") == (printed.partition("Cases: ")[0] if form == "text" else printed)
    assert [path.name for path in out.parent.iterdir()] == ["report"]


def test_a_file_is_replaced_whole_through_a_link(mini_repository: Path, tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old", "utf-8")
    link.symlink_to(real)
    Shell(mini_repository)("check", "--out", str(link))
    assert link.is_symlink()
    assert real.read_text("utf-8") == ""


def test_a_file_that_cannot_be_written_is_named(mini_repository: Path) -> None:
    shell = Shell(mini_repository)
    assert shell("check", "-o", "caseledger.yml/x", code=2) == (
        "Error: caseledger.yml/x cannot be written: File exists. Name another file with --out.\n"
    )
    assert "is a directory" in shell("check", "-o", "policy", code=2)
