"""For GitLab: the report of code quality that it shows on merge requests."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

from caseledger.cli.formats import json, text
from caseledger.clocks import Status
from caseledger.findings import Finding
from caseledger.obligations import Duty
from caseledger.problem import Problem, Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
_URGENCIES = {Status.OVERDUE: "critical", Status.LATE: "major", Status.EARLY: "major"}


def problems(found: Sequence[Problem]) -> str:
    """One entry for each problem; moved to another line it is the same one."""
    seen: Counter[str] = Counter()
    entries = []
    for problem in found:
        same = "\0".join([problem.path, problem.code, repr(problem.message)])
        seen[same] += 1
        said = f"{problem.message} {problem.hint}"
        severity = _SEVERITIES[problem.severity]
        entries.append(_entry(f"{same}\0{seen[same]}", problem.code, severity, said, problem.path, problem.place.line))
    return json.dump(entries)


def findings(found: Sequence[Finding], duties: Sequence[Duty] = ()) -> str:
    """One entry for each clock, then for each duty; it is the same one while its status is."""
    clocks = [_due(one.key, one.verdict.clock.id, one.status, text.findings([one]), one.judged.path) for one in found]
    rest = [_due(one.key, one.task.obligation.id, one.status, text.findings([], [one]), one.path) for one in duties]
    return json.dump([*clocks, *rest])


def _due(key: str, clock: str, status: Status, said: str, path: str) -> dict[str, Any]:
    return _entry(key, clock, _URGENCIES.get(status, "minor"), said, path, 1)


def _entry(same: str, check: str, severity: str, said: str, path: str, line: int) -> dict[str, Any]:
    return {
        "description": said,
        "check_name": check,
        "fingerprint": hashlib.sha256(same.encode()).hexdigest(),
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }
