"""The shipped people hold every role of every policy, at any time, and come and go as real ones do."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from caseledger.yamltext import read

ROOT = Path(__file__).parents[1]
POLICIES = sorted(ROOT.glob("policy/*/*/policy.yml"))
LAST_DAY = "2999-12-31"


def data_of(path: Path) -> Any:
    return read(path.read_bytes(), path.name).data


@pytest.fixture(scope="module")
def people() -> dict[str, Any]:
    found: dict[str, Any] = data_of(ROOT / "policy/people.yml")["people"]
    return found


def test_people_are_of_their_schema() -> None:
    schema = json.loads((ROOT / "schema/people.schema.json").read_text(encoding="utf-8"))
    errors = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(
        data_of(ROOT / "policy/people.yml")
    )
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.parent.name)
def test_every_role_is_held_on_every_day(path: Path, people: dict[str, Any]) -> None:
    for role in data_of(path)["roles"]:
        terms = sorted(
            (date.fromisoformat(term["from"]), date.fromisoformat(term.get("to", LAST_DAY)))
            for person in people.values()
            for term in person["roles"]
            if term["role"] == role
        )
        held_until = date.fromisoformat(path.parent.name) - timedelta(days=1)
        for begin, end in terms:
            assert begin <= held_until + timedelta(days=1), role
            held_until = max(held_until, end)
        assert str(held_until) == LAST_DAY, role


def test_people_differ_as_real_ones_do(people: dict[str, Any]) -> None:
    terms = {name: person["roles"] for name, person in people.items()}
    left = [name for name, held in terms.items() if all("to" in term for term in held)]
    moved = [name for name, held in terms.items() if len({"to" in term for term in held}) == 2]
    assert left == ["cs-04", "qi-02"]
    assert moved == ["cs-03", "mgr-02"]
    assert [name for name, person in people.items() if person.get("bot")] == ["bot-import", "bot-sla"]
    held_by_programs = {term["role"] for name in ("bot-import", "bot-sla") for term in terms[name]}
    assert held_by_programs == {"bot"}
    emails = [email for person in people.values() for email in person.get("emails", [])]
    assert len(emails) == len(set(emails))
    assert all(re.fullmatch(r"[a-z.]+@example\.(com|cn)", email) for email in emails)
