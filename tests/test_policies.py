"""The shipped policies hold the clocks, grades, obligations and retention required of the five profiles."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from caseledger import policy
from caseledger.clock import Clock
from caseledger.policy import RESPONSIBLE, Policy
from caseledger.yamltext import read

ROOT = Path(__file__).parents[1]
FOLDERS = sorted(path.parent for path in ROOT.glob("policy/*/*/policy.yml"))

# clock, clause, from, to, limits (brackets: set by the company), owner, the rest
CLOCKS = {
    "quality": [
        ("verification", "A10", "received", "verified, declined", "1 wd", "customer-service", "pausable"),
        (
            "response",
            "A11",
            "opened",
            "responded",
            "general 2 wd; important 1 wd; major [30 min]",
            "customer-service",
            "",
        ),
        (
            "investigation-start",
            "A11",
            "opened",
            "investigation-started",
            "general 2 wd; important 1 wd",
            "customer-service",
            "",
        ),
        ("report-up", "A11", "graded", "escalated", "major [30 min]", "customer-service", ""),
        ("emergency", "A11", "graded", "emergency-started", "major 24 h", "complaint-team", ""),
        (
            "investigation",
            "A12",
            "investigation-started",
            "investigated",
            "general 1 wd; important 3 wd; major 5 wd",
            "quality-inspection",
            "pausable",
        ),
        (
            "disposition",
            "A13",
            "investigated",
            "executed",
            "general 3 wd; important 5 wd; major 7 wd",
            "customer-service",
            "approver management, consumer told, max [30 wd]",
        ),
        ("return-visit", "A14", "executed", "followed-up", "1 wd", "customer-service", ""),
        ("filing", "A14", "followed-up", "closed, reopened", "[1 wd]", "customer-service", ""),
    ],
    "platform-quality": [
        ("review", "B3", "received", "verified, declined", "[24 h]", "intake", "pausable"),
        ("routing", "B1", "verified", "assigned", "[1 wd]", "intake", ""),
        (
            "investigation",
            "B4",
            "assigned",
            "investigated",
            "minor [3 wd]; general [3 wd]; serious [5 wd]",
            "investigation-team",
            "pausable; consumer told, max [10 wd]",
        ),
        (
            "decision",
            "B6",
            "investigated",
            "executed",
            "minor [2 wd]; general [3 wd]; serious [5 wd]",
            "merchant-governance",
            "",
        ),
        ("decision-notice", "B7", "executed", "notified", "[24 h]", "intake", ""),
        ("crisis", "B21", "graded", "emergency-started", "serious [2 h]", "crisis-group", ""),
        ("satisfaction", "B11", "notified", "followed-up", "[3 wd]", "intake", ""),
    ],
    "trade": [
        ("confirmation", "C3", "received", "acknowledged, declined", "[1 wd]", "intake", ""),
        ("emergency", "C3", "graded", "emergency-started", "urgent [30 min]", "leading-group", ""),
        ("hand-over", "C4", "opened", "assigned", "ordinary [1 wd]; urgent [4 h]", "intake", ""),
        (
            "investigation",
            "C5",
            "assigned",
            "investigated",
            "ordinary [3 wd]; urgent [1 wd]",
            "responsible-department",
            "pausable",
        ),
        (
            "solution",
            "C6",
            "investigated",
            "executed",
            "ordinary [5 wd]; urgent [3 wd]",
            "responsible-department",
            "approver leading-group, consumer told, max [15 wd]",
        ),
        ("result", "C7", "executed", "notified", "[1 wd]", "intake", ""),
        ("return-visit", "C7", "executed", "followed-up", "7 wd", "intake", "not before 3 wd"),
        ("report", "C8", "closed", "reported", "[5 wd]", "responsible-department", ""),
    ],
    "platform-service": [
        (
            "contact",
            "D2",
            "received",
            "responded",
            "channel chat 30 s; channel phone 1 min; channel social 1 h; public_opinion True 2 h",
            "customer-service",
            "",
        ),
        (
            "after-sales",
            "D4",
            "received",
            "proposed, declined",
            "demand return, exchange, repair 24 h",
            "customer-service",
            "",
        ),
        ("refund", "D4", "agreed", "executed", "demand cancellation 3 wd", "finance", ""),
        ("acceptance", "D6", "received", "acknowledged, declined", "24 h", "customer-service", ""),
        (
            "investigation",
            "D9",
            "acknowledged",
            "investigated",
            "ordinary 3 wd; complex 5 wd",
            "customer-service",
            "consumer told, max 10 wd",
        ),
        (
            "handling",
            "D11",
            "acknowledged",
            "executed",
            "ordinary 5 wd; complex 10 wd",
            "customer-service",
            "consumer told, max 15 wd",
        ),
        ("result-notice", "D12", "executed", "notified", "24 h", "customer-service", ""),
    ],
    "product": [
        ("review", "E3", "received", "verified, declined", "24 h", "customer-service", ""),
        ("handling", "E3", "assigned", "executed", "3 wd", "responsible-department", ""),
        ("escalation", "E4", "escalated", "escalation-resolved", "24 h", "management", ""),
        ("answer", "E3", "executed", "notified", "[24 h]", "customer-service", ""),
    ],
}

OBLIGATIONS = {
    "quality": ["monthly-report A15 month [5 wd]", "quarterly-review A15 quarter [10 wd]"],
    "platform-quality": [
        "regular-check B17 quarter [10 wd]",
        "training B16 year [20 wd]",
        "drill B21 year [20 wd]",
    ],
    "trade": ["monthly-evaluation C10 month [5 wd]", "quarterly-evaluation C10 quarter [10 wd]"],
    "platform-service": ["monthly-check D13 month [5 wd]", "outside-evaluation D14 year [60 wd]"],
    "product": ["quarterly-report E5 quarter [10 wd]", "policy-review E7 half-year [20 wd]"],
}

GRADES = {
    "quality": ["general", "important", "major"],
    "platform-quality": ["minor", "general", "serious"],
    "trade": ["ordinary", "urgent"],
    "platform-service": ["ordinary", "complex"],
    "product": ["standard"],
}

RETENTION = {
    "quality": "A16 3 y",
    "platform-quality": "B22 [3 y]",
    "trade": "C12 [3 y]",
    "platform-service": "D13 [3 y]",
    "product": "E9 [3 y]",
}


def data_of(path: Path) -> Any:
    return read(path.read_bytes(), path.name).data


def schema(name: str) -> Draft202012Validator:
    text = (ROOT / f"schema/{name}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text), format_checker=FormatChecker())


def figure(within: object, company_set: bool) -> str:
    return f"[{within}]" if company_set else str(within)


def condition(when: Mapping[str, Any]) -> Iterable[str]:
    for name, value in when.items():
        values = ", ".join(value) if isinstance(value, list) else str(value)
        yield values if name == "grade" else f"{name} {values}"


def row(clock: Clock) -> tuple[str, ...]:
    limits = [" ".join([*condition(limit.when), figure(limit.within, limit.company_set)]) for limit in clock.limits]
    rest = ["pausable"] if clock.pausable else []
    if clock.not_before:
        rest.append(f"not before {clock.not_before}")
    if extension := clock.extension:
        approver = f"approver {extension.approver}, " if extension.approver else ""
        told = "consumer told, " if extension.consumer_told else ""
        rest.append(f"{approver}{told}max {figure(extension.max, extension.company_set)}")
    starts, stops = ", ".join(clock.starts), ", ".join(clock.stops)
    return clock.id, clock.clause, starts, stops, "; ".join(limits), clock.owner, "; ".join(rest)


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda path: f"{path.parent.name}@{path.name}")
def folder(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def shipped(folder: Path) -> Policy:
    return policy.load(data_of(folder / "policy.yml"))


def load(profile: str) -> Policy:
    return policy.load(data_of(ROOT / f"policy/{profile}/2023-01-01/policy.yml"))


def test_all_five_profiles_are_shipped() -> None:
    assert {path.parent.name for path in FOLDERS} == CLOCKS.keys()


def test_a_policy_is_of_its_schema_and_stands_in_its_place(folder: Path) -> None:
    data = data_of(folder / "policy.yml")
    assert [error.message for error in schema("policy").iter_errors(data)] == []
    assert (data["profile"], data["version"]) == (folder.parent.name, folder.name)


@pytest.mark.parametrize("profile", CLOCKS)
def test_clocks_are_those_of_the_table(profile: str) -> None:
    assert [row(clock) for clock in load(profile).clocks] == CLOCKS[profile]


@pytest.mark.parametrize("profile", CLOCKS)
def test_grades_obligations_and_retention_are_those_required(profile: str) -> None:
    loaded = load(profile)
    assert list(loaded.grades) == GRADES[profile]
    assert [
        f"{duty.id} {duty.clause} {duty.every} {figure(duty.within, duty.company_set)}" for duty in loaded.obligations
    ] == OBLIGATIONS[profile]
    kept = loaded.retention
    assert f"{kept.clause} {figure(kept.keep, kept.company_set)}" == RETENTION[profile]


def test_evaluations_for_the_public_are_marked_as_published() -> None:
    published = [
        duty["id"] for path in FOLDERS for duty in data_of(path / "policy.yml")["obligations"] if duty.get("published")
    ]
    assert sorted(published) == ["outside-evaluation", "regular-check"]


def test_names_used_in_a_policy_are_its_own(shipped: Policy) -> None:
    roles = {*shipped.roles, RESPONSIBLE}
    assert shipped.default_grade in shipped.grades
    for step in shipped.steps.values():
        assert set(step.by or ()) <= roles
        assert {name for choice in step.after for name in choice} <= {"opened", *shipped.steps}
    for clock in shipped.clocks:
        assert clock.owner in roles
        assert clock.extension is None or clock.extension.approver in {None, *shipped.roles}
        assert {*clock.starts, *clock.stops} <= {"opened", *shipped.steps}
        for limit in clock.limits:
            assert limit.when.get("grade", shipped.default_grade) in shipped.grades
    assert {duty.owner for duty in shipped.obligations} <= shipped.roles.keys()
    ids = [clock.id for clock in shipped.clocks] + [duty.id for duty in shipped.obligations]
    assert len(ids) == len(set(ids))


def test_clocks_that_can_be_extended_have_an_event_for_it(shipped: Policy) -> None:
    assert any(clock.extension for clock in shipped.clocks) == ("extended" in shipped.steps)
