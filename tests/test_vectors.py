"""The worked clocks of ../shared/vectors: every line agrees."""

import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from caseledger import clocks, instant, model, yamltext
from caseledger.rulebook import Rulebook

FIELDS = ("status", "start", "due", "stop", "provisional")


def expected(shared: Path) -> dict[str, list[dict[str, Any]]]:
    lines = defaultdict(list)
    for line in (shared / "vectors" / "expected.jsonl").read_text("utf-8").splitlines():
        found = json.loads(line)
        lines[found["case"]].append(found)
    return lines


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def test_every_line_agrees(root: Path, shared: Path) -> None:
    rulebook = Rulebook(root)
    lines = expected(shared)
    assert sum(map(len, lines.values())) == 800
    for name, moments in lines.items():
        case = model.case(yamltext.read((shared / "vectors" / name).read_bytes(), name).data)
        policy = rulebook.policy("@".join(case.policy))
        assert policy is not None
        calendar = rulebook.calendar(policy.calendar)
        for line in moments:
            verdicts = clocks.verdicts(case, policy, calendar, instant.parse(line["as_of"]))
            found = {(v.cycle, v.clock.id): (v.status.value, v.start, v.due, v.stop, v.provisional) for v in verdicts}
            wanted = {
                (c["cycle"], c["clock"]): (c["status"], *(moment(c[f]) for f in FIELDS[1:4]), c["provisional"])
                for c in line["clocks"]
            }
            assert found == wanted, (name, line["as_of"])


@pytest.mark.parametrize(
    ("start", "limit", "due", "provisional"),
    [
        ("2025-01-24T23:59:00+08:00", "1 wd", "2025-01-27T00:00:00+08:00", False),
        ("2026-02-13T09:00:00+08:00", "2 wd", "2026-02-25T00:00:00+08:00", False),
        ("2026-05-09T08:00:00+08:00", "1 wd", "2026-05-12T00:00:00+08:00", False),
        ("2026-09-30T18:00:00+08:00", "24 h", "2026-10-01T18:00:00+08:00", False),
        ("2026-12-31T10:00:00+08:00", "1 wd", "2027-01-02T00:00:00+08:00", True),
    ],
)
def test_limits_of_china(root: Path, start: str, limit: str, due: str, provisional: bool) -> None:
    from caseledger import duration

    calendar = Rulebook(root).calendar("CN")
    found = calendar.due(instant.parse(start), duration.parse(limit))
    assert (found.at, found.provisional) == (instant.parse(due), provisional)
