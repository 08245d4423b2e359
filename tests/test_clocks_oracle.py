"""The product's clocks against the oracle's on invented situations, and the oracle's against the worked vectors."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from caseledger import schema, yamltext
from tests import oracle, product
from tests.strategies import Situation, situations


@settings(max_examples=300, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(situations())
def test_product_and_oracle_agree(situation: Situation) -> None:
    assert schema.valid("case", situation.case)
    assert schema.valid("policy", situation.policy)
    assert schema.valid("calendar", situation.calendar)
    assert product.judge(*situation) == oracle.judge(*situation)


def read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = yamltext.read(path.read_bytes(), str(path)).data
    return data


def test_oracle_agrees_with_the_vectors(root: Path, shared: Path) -> None:
    file = cache(read)
    days = read(root / "policy/calendars/CN.yml")
    for line in map(json.loads, (shared / "vectors/expected.jsonl").read_text("utf-8").splitlines()):
        case = file(shared / "vectors" / line["case"])
        rules = file(root / "policy" / case["policy"].replace("@", "/") / "policy.yml")
        instants = {
            (wanted["clock"], wanted["cycle"], name): wanted[name] and datetime.fromisoformat(wanted[name])
            for wanted in line["clocks"]
            for name in ("start", "due", "stop")
        }
        found = oracle.judge(case, rules, days, datetime.fromisoformat(line["as_of"]))
        assert len(found) == len(line["clocks"])
        assert {(v["clock"], v["cycle"], name): v[name] for v in found for name in ("start", "due", "stop")} == instants
        assert {(v["clock"], v["cycle"], v["status"], v["provisional"]) for v in found} == {
            (v["clock"], v["cycle"], v["status"], v["provisional"]) for v in line["clocks"]
        }
