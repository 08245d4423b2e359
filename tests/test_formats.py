"""The forms for other programs: SARIF by its own schema, Markdown that nothing in a case can turn into markup."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger.cli.formats import github, markdown, sarif
from caseledger.language import Text
from caseledger.problem import Place, Problem, Severity
from caseledger.rules import id_stem
from tests.test_cli import Shell

SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-2.1.0.json").read_text("utf-8"))
STANDARD = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
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


@given(st.text(st.characters(exclude_categories=["Cs"])))
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
    assert shell("check", "--format", "json") == "[]\n"
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
