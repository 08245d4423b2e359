"""For programs: JSON."""

import json
from collections.abc import Sequence
from typing import Any

from caseledger.clocks import Verdict
from caseledger.findings import Finding
from caseledger.instant import show
from caseledger.problem import Problem


def problems(found: Sequence[Problem]) -> str:
    """A list of problems, message and hint in the language of the reader."""
    return dump(
        [
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
    )


def findings(found: Sequence[Finding]) -> str:
    """A list of clocks with the key under which each is said only once."""
    return dump(
        [
            {"key": f.key, "case": f.judged.id, "path": f.judged.path, **verdict(f.verdict), "status": f.status}
            for f in found
        ]
    )


def verdict(found: Verdict) -> dict[str, Any]:
    """One clock."""
    return {
        "clock": found.clock.id,
        "cycle": found.cycle,
        "clause": found.clock.clause,
        "owner": found.owner,
        "status": found.status,
        "start": show(found.start) if found.start else None,
        "due": show(found.due) if found.due else None,
        "stop": show(found.stop) if found.stop else None,
        "provisional": found.provisional,
    }


def dump(data: object) -> str:
    """JSON with every character as itself."""
    return json.dumps(data, ensure_ascii=False, indent=2)
