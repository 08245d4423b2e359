"""The trace of requirements says what is so: every row is there and met, and what it names exists."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from caseledger import schema, yamltext
from caseledger.cli.main import COMMANDS
from caseledger.policies import lint
from caseledger.rules import every
from caseledger.yamltext.rules import RULES as YAML_RULES
from tests.conftest import ROOT
from tests.test_docs import fields
from tests.test_policy_texts import ROWS


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("requirements", ROOT / "tools" / "requirements.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


requirements = _module()
PROFILES = requirements.profiles()
TRACED = [row for profile in PROFILES for row in profile.rows]
BY_ID = {row.id: row for row in TRACED}
DATA: dict[str, Any] = yamltext.read(requirements.DATA.read_bytes(), "requirements.yml").data["rows"]
EVENTS: list[str] = schema.schema("case")["$defs"]["eventType"]["enum"]
DUTIES = {"clocks", "conditions", "events", "advice", "obligations", "retention"}


def known_fields() -> set[str]:
    """Every field that a row may name."""
    found = {name if "." in name else f"case.{name}" for name, _, _ in fields("case", schema.schema("case"))}
    found |= {f"event.{name}" for name in schema.schema("case")["$defs"]["event"]["properties"]}
    found |= {f"event.{name}" for event in EVENTS for name in schema.event_fields(event)[1]}
    return found | {
        f"{kind}.{name}" for kind in ("person", "review", "policy") for name, _, _ in fields(kind, schema.schema(kind))
    }


def known_pages() -> set[str]:
    """The pages of the site, by their template, and the guide."""
    templates = {path.stem for path in (ROOT / "tools/caseledger/site/templates").glob("*.html")}
    return templates | {path.name for path in (ROOT / "site/pages/en").iterdir()}


KNOWN = {
    "rules": {rule.code for rule in (*every.ALL, *lint.ALL, *YAML_RULES)},
    "commands": set(COMMANDS),
    "pages": known_pages(),
    "fields": known_fields(),
}


def test_every_row_is_traced_in_the_order_of_the_articles() -> None:
    assert {profile.name: [row.id for row in profile.rows] for profile in PROFILES} == ROWS
    assert list(DATA) == [row for rows in ROWS.values() for row in rows]


def test_the_rows_are_those_of_the_source(shared: Path) -> None:
    text = (shared / "requirements.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| ([A-E]\d+) \|", text, re.MULTILINE) == list(DATA)


@pytest.mark.parametrize("row", TRACED, ids=lambda row: row.id)
def test_a_row_is_met_as_it_says(row: Any) -> None:
    assert row.how
    assert set(row.how) <= set(requirements.HOW)
    assert set(row.waits) <= set(requirements.WAITS)
    met = {kind for kind, names in row.met.items() if names}
    assert "enforced" not in row.how or met & (DUTIES | {"rules"})
    assert "recorded" not in row.how or met & {"events", "fields", "obligations"}
    assert "reported" not in row.how or met & {"commands", "pages"}
    assert list(row.how) != ["text"] or not met


@pytest.mark.parametrize("row", TRACED, ids=lambda row: row.id)
def test_what_a_row_names_exists(row: Any) -> None:
    assert [name for kind, known in KNOWN.items() for name in row.met.get(kind, ()) if name not in known] == []
    assert set(DATA[row.id]) <= {"zh", "en", "how", "waits", *KNOWN}
    for names in row.met.values():
        assert len(names) == len(set(names))


def test_what_a_policy_says_of_an_article_is_found() -> None:
    assert BY_ID["A10"].met["clocks"] == ["verification"]
    assert {"received", "verified", "declined"} <= set(BY_ID["A10"].met["events"])
    assert BY_ID["A11"].met["advice"] == ["major", "important"]
    assert BY_ID["A15"].met["obligations"] == ["monthly-report", "quarterly-review"]
    assert BY_ID["A16"].met["retention"] == ["retention"]


def test_every_clause_of_a_policy_is_a_row_or_a_closing_article() -> None:
    for profile in PROFILES:
        path = ROOT / profile.folder / "policy.yml"
        clauses = requirements.met_by_clause(yamltext.read(path.read_bytes(), path.name).data)
        assert clauses.keys() <= BY_ID.keys() | {"final"}


def test_facts_are_short_and_in_both_languages() -> None:
    for row in TRACED:
        assert len(row.fact["en"]) <= 130, row.id
        assert len(row.fact["zh"]) <= 60, row.id
        assert re.search("[\u4e00-\u9fff]", row.fact["zh"])
        assert not re.search("[\u4e00-\u9fff]", row.fact["en"])


def test_the_document_is_up_to_date() -> None:
    assert requirements.DOCUMENT.read_text(encoding="utf-8") == requirements.document(PROFILES)
