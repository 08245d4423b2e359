"""For programs: JSON. What check, sla and audit print is described by schema/output.schema.json."""

import json
from collections.abc import Sequence
from typing import Any

from caseledger.clocks import Verdict
from caseledger.findings import Finding
from caseledger.instant import show
from caseledger.obligations import Duty
from caseledger.problem import Problem

VERSION = 1
"""Version of that description: it is another one as soon as a program that knows this one could misread something."""


def problems(found: Sequence[Problem]) -> str:
    """All problems, message and hint in the language of the reader."""
    return dump({"version": VERSION, "problems": as_data(found)})


def as_data(found: Sequence[Problem]) -> list[dict[str, Any]]:
    """The same, to be put into something larger."""
    return [
        {
            "path": problem.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "code": problem.code,
            "severity": problem.severity,
            "message": str(problem.message),
            "hint": str(problem.hint),
        }
        for problem in found
    ]


def findings(found: Sequence[Finding], duties: Sequence[Duty] = ()) -> str:
    """All clocks, then all duties, with the key under which each is said only once."""
    clocks = [
        {"key": f.key, "case": f.judged.id, "path": f.judged.path, **verdict(f.verdict), "status": f.status}
        for f in found
    ]
    return dump({"version": VERSION, "findings": [*clocks, *map(duty, duties)]})


def duty(found: Duty) -> dict[str, Any]:
    """One obligation for one period, or one corrective action."""
    policy, obligation, period, action = found.task
    return {
        "key": found.key,
        "profile": policy.profile,
        "obligation": obligation.id,
        "period": str(period),
        "action": action.id if action else None,
        "measure": action.measure if action else None,
        "sanction": action.sanction if action else None,
        "path": found.path,
        "clause": obligation.clause,
        "owner": found.owner,
        "status": found.status,
        "start": show(found.start),
        "due": show(found.due),
        "stop": found.stop.isoformat() if found.stop else None,
        "provisional": found.provisional,
    }


def verdict(found: Verdict) -> dict[str, Any]:
    """One clock."""
    return {
        "clock": found.clock.id,
        "cycle": found.cycle,
        "clause": found.clock.clause,
        "owner": found.owner or None,
        "status": found.status,
        "start": show(found.start) if found.start else None,
        "due": show(found.due) if found.due else None,
        "stop": show(found.stop) if found.stop else None,
        "provisional": found.provisional,
    }


def dump(data: object) -> str:
    """JSON with every character as itself."""
    return json.dumps(data, ensure_ascii=False, indent=2)
