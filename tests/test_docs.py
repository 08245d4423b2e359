"""Documents say what is so: commands and their output, files and fields, modules, rules, dependencies, links."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from caseledger import auditing, calendar, duration, labels, schema, yamltext
from caseledger.cli.main import COMMANDS
from caseledger.rules import every
from caseledger.site import evidence
from caseledger.yamltext.rules import RULES as YAML_RULES
from tests.console import ROOT, documents, played

DOCS = ROOT / "docs"
PACKAGE = ROOT / "tools/caseledger"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
PLAYED = (
    "bots.md",
    "clocks.md",
    "commands.md",
    "import.md",
    "notices.md",
    "obligations.md",
    "policies.md",
    "staff.md",
    "staff.zh.md",
)
GROUPS = {
    "archive": ["run", "verify", "export"],
    "calendar": ["draft"],
    "evidence": ["add", "verify", "get"],
    "hook": ["pre-receive"],
    "import": ["csv", "form"],
    "policy": ["new", "diff", "impact", "lint"],
    "private": ["put", "show", "list", "log", "erase", "export", "restore-check", "keys"],
    "private keys": ["new", "list", "apply"],
    "retention": ["hold", "release", "due", "dispose", "sweep"],
    "site": ["build", "serve"],
}
KINDS = {
    "A policy version": "policy",
    "A calendar": "calendar",
    "People": "people",
    "Exchange rates": "rates",
    "Personal data that may stand": "allowed",
    "Settings": "settings",
    "A record of a periodic duty": "review",
    "An archive file": "archive",
    "A record of the vault": "person",
    "Legal holds": "holds",
    "A proposal of disposal": "disposal",
    "A certificate of disposal": "certificate",
}
NAMED_ONE_BY_ONE = (
    r"(?!rules\.(?!__init__|context|every|of_)|policies\.lint\.(?!__init__)|auditing\.rules\.(?!__init__)"
    r"|cli\.formats\.(?!__init__)).*"
)
NAMED_BY_THEIR_PARTS = {
    "__init__",
    "__main__",
    "yamltext",
    "calendars",
    "intake",
    "notify",
    "policies",
    "proof",
    "site",
    "figures",
    "summary",
    "cli",
}
MARKS = {
    "policy": "clocks",
    "calendar": "week",
    "people": "people",
    "rates": "rates",
    "allowed": "allowed",
    "case": "events",
    "review": "held",
    "archive": "sealed",
}


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(document: str, title: str) -> str:
    """What stands below a heading, up to the next of the first two ranks, without its blocks of code."""
    prose = re.sub(r"^```.*?^```$", "", document, flags=re.MULTILINE | re.DOTALL)
    match = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#{{1,2}} |\Z)", prose, re.MULTILINE | re.DOTALL)
    assert match, title
    return match[1]


def rows(markdown: str, first: str) -> Iterator[list[str]]:
    """The rows of every table whose first heading is `first`."""
    for table in re.findall(rf"^\| {first} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", markdown, re.MULTILINE):
        for row in table.splitlines():
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


def names(cell: str) -> dict[str, bool]:
    """The names in a cell, and whether they are in bold: required."""
    return {name: bool(bold) for bold, name in re.findall(r"(\*\*)?`([^`]+)`", cell)}


def fields(kind: str, found: dict[str, Any], path: str = "") -> Iterator[tuple[str, bool, dict[str, Any]]]:
    """Every field below a part of a schema: its dotted name, whether it is required, its schema."""
    found = schema.resolved(kind, found)
    free = found.get("additionalProperties")
    for name, inner in found.get("properties", {}).items():
        if inner is True:  # described elsewhere in the schema
            continue
        yield f"{path}{name}", name in found.get("required", ()), schema.resolved(kind, inner)
        if name != "title" and (kind, name) != ("case", "events"):
            yield from fields(kind, inner, f"{path}{name}.")
    if isinstance(free, dict):
        inner = schema.resolved(kind, free)
        if inner.get("properties", {}).keys() != {"zh", "en"}:
            yield from fields(kind, inner, f"{path}<>.")
    if isinstance(found.get("items"), dict):
        yield from fields(kind, found["items"], path)


def described(markdown: str) -> dict[str, bool]:
    """The fields that the tables of a section describe, and whether they are required."""
    found = {name: bold for row in rows(markdown, "field") for name, bold in names(row[0]).items()}
    return {re.sub(r"<\w+>", "<>", name): bold for name, bold in found.items()}


@pytest.mark.parametrize("name", PLAYED)
def test_examples_print_what_the_document_shows(name: str, tmp_path: Path) -> None:
    assert played(DOCS / name, tmp_path) == text(name)


def test_every_document_with_examples_is_played() -> None:
    walks = DOCS.glob("walks/*.md")
    assert [*documents()] == sorted([*ROOT.glob("README*.md"), *(DOCS / name for name in PLAYED), *walks])


def test_every_command_is_documented_with_its_help() -> None:
    expected = ["", *COMMANDS, *(f"{group} {inner}" for group, inners in GROUPS.items() for inner in inners)]
    shown = re.findall(r"^\$ caseledger ?(.*) ?--help$", text("commands.md"), re.MULTILINE)
    assert sorted(name.strip() for name in shown) == sorted(expected)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(path: Path) -> None:
    named = re.findall(r"(?:`|^\$ )caseledger ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) <= COMMANDS.keys()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files_and_headings(path: Path) -> None:
    for target in re.findall(r"\]\((?!https:)([^)\s]+)\)", path.read_text(encoding="utf-8")):
        file, _, anchor = target.partition("#")
        found = path.parent / file if file else path
        assert found.is_file(), target
        headings = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
        assert not anchor or anchor in {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}, target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_no_place_of_one_machine(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert re.findall(r"/home/|/root\b|/work/|/tmp/|C:\\", written) == []
    assert re.findall(r"(?:\w+\.)*pypi\w*(?:\.\w+)+|npmjs", written) == []


def test_files_md_describes_every_field_of_a_case() -> None:
    part = section(text("files.md"), "A case")
    expected = {name: required for name, required, _ in fields("case", schema.schema("case"))}
    assert described(part.partition("### Events")[0]) == expected


def test_files_md_describes_the_fields_of_every_event() -> None:
    part = section(text("files.md"), "Events")
    common = schema.schema("case")["$defs"]["event"]
    expected = {name: name in common["required"] for name in common["properties"]}
    assert described(part.partition("| type |")[0]) == expected


def test_files_md_describes_every_event_type_with_its_own_fields() -> None:
    part = section(text("files.md"), "Events")
    shown = {name: names(row[2]) for row in rows(part, "type") for name in names(row[0])}
    event = schema.schema("case")["$defs"]["event"]
    branches = {branch["if"]["properties"]["type"]["const"]: branch["then"] for branch in event["allOf"]}
    expected = {
        name: {
            field: field in branch.get("required", ())
            for field in branch["properties"]
            if field not in event["properties"] or field in branch.get("required", ())
        }
        for name, branch in branches.items()
    }
    assert shown == expected
    assert list(shown) == schema.schema("case")["$defs"]["eventType"]["enum"]


def test_files_md_names_every_value_that_a_field_may_have() -> None:
    part = section(text("files.md"), "A case")
    meaning = {name: " ".join(row[1:]) for row in rows(part, "field") for name in names(row[0])}
    event = schema.schema("case")["$defs"]["event"]
    own = [found for branch in event["allOf"] for found in fields("case", branch["then"])]
    for name, _, found in [*fields("case", schema.schema("case")), *own]:
        outer, _, inner = name.partition(".")
        if name in ("via", "event.type"):  # the channels and types above
            continue
        if inner and name not in meaning:
            assert re.search(rf"\b{inner.split('.')[0]}\b", meaning[outer]), name
        for value in found.get("enum", ()):
            assert f"`{value}`" in meaning[name if name in meaning else outer], (name, value)


@pytest.mark.parametrize("title", KINDS)
def test_files_md_describes_every_field_of_the_other_files(title: str) -> None:
    kind = KINDS[title]
    expected = {name: required for name, required, _ in fields(kind, schema.schema(kind))}
    assert described(section(text("files.md"), title)) == expected


def test_files_md_lists_every_refusal_of_strict_yaml() -> None:
    shown = [name for row in rows(text("files.md"), "code") for name in names(row[0])]
    assert sorted(shown) == sorted(rule.code for rule in YAML_RULES)


def test_files_md_lists_the_kinds_of_evidence_that_the_site_shows() -> None:
    assert set(re.findall(r"`(\.\w+)`", section(text("files.md"), "Evidence in Git"))) == evidence.INERT


@pytest.mark.parametrize("name", ["staff.md", "staff.zh.md"])
def test_the_guide_for_staff_explains_every_code(name: str) -> None:
    codes = r"`(incomplete|[a-z]+(?:-[a-z]+)+)`"
    found = re.findall(codes, text(name).partition("\n## ")[2].split("caseledger rules")[-1])
    assert sorted(found) == sorted(rule.code for rule in every.ALL)


def test_audit_md_lists_every_code_with_its_severity() -> None:
    shown = {name: row[1] for row in rows(text("audit.md"), "code") for name in names(row[0])}
    assert shown == {rule.code: labels.label("severity", rule.severity).to("en") for rule in auditing.ALL}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_yaml_in_documents_is_right(path: Path) -> None:
    for block in re.findall(r"^```yaml\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        document = yamltext.read(block.encode(), path.name)
        if isinstance(document.data, list):
            assert [schema.problems("event", yamltext.read(yamltext.write(e).encode(), "")) for e in document.data] == [
                [] for _ in document.data
            ]
        elif "schema" in document.data and "source" not in document.data:
            [kind] = [kind for kind, mark in MARKS.items() if mark in document.data]
            assert schema.problems(kind, document) == []


def test_the_table_of_limits_is_what_the_calendar_says() -> None:
    loaded = calendar.load(
        yaml.safe_load((ROOT / "policy/calendars/CN.yml").read_text("utf-8").replace(": 20", ": !!str 20"))
    )
    for start, limit, due, _ in rows(text("clocks.md"), "start, in China"):
        begun = datetime.strptime(f"{start} +0800", "%a %Y-%m-%d %H:%M %z")
        assert f"{begun:%a}" == start[:3]
        found = loaded.due(begun, duration.parse(limit))
        assert found.at
        local = found.at.astimezone(loaded.zone)
        shown = f"{local:%a %Y-%m-%d %H:%M}"
        if local.hour == local.minute == 0:
            shown = f"{local - timedelta(days=1):%a %Y-%m-%d} 24:00"
        assert shown + ", provisional" * found.provisional == due


def test_references_to_sections_of_clocks_md_lead_somewhere() -> None:
    sections = set(re.findall(r"^## (\d)\. ", text("clocks.md"), re.MULTILINE))
    for path in PACKAGE.rglob("*.py"):
        for reference in re.findall(r"clocks\.md ([\d, to]*\d)", path.read_text(encoding="utf-8")):
            assert set(re.findall(r"\d", reference)) <= sections, path


def test_the_floors_are_those_that_are_enforced() -> None:
    [floors] = re.findall(r"^```floors\n(.*?)^```$", text("architecture.md"), re.MULTILINE | re.DOTALL)
    [contract] = PYPROJECT["tool"]["importlinter"]["contracts"]
    assert floors.splitlines() == contract["layers"]


def test_every_module_has_its_line() -> None:
    shown = {name for row in rows(text("architecture.md"), "module") for name in names(row[0])}
    shown |= set(re.findall(r"`(cli\.\w+_)`", text("architecture.md")))
    found = {".".join(path.relative_to(PACKAGE).with_suffix("").parts) for path in PACKAGE.rglob("*.py")}
    modules = {name.removesuffix(".__init__") for name in found if re.fullmatch(NAMED_ONE_BY_ONE, name)}
    assert shown == modules - NAMED_BY_THEIR_PARTS


def test_every_direct_dependency_is_accounted_for() -> None:
    shown = {
        part.strip() for row in rows(text("dependencies.md"), "package") for part in row[0].split(",") if part.strip()
    }
    declared = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["dev"]]
    on_node = json.loads((ROOT / "tests/node/package.json").read_text("utf-8"))["dependencies"]
    assert shown == {match[0] for name in declared if (match := re.match(r"[\w.-]+", name))} | on_node.keys()


def test_the_changelog_knows_this_version() -> None:
    assert f"\n## [{PYPROJECT['project']['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
