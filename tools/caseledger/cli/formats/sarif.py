"""For code scanning and editors: SARIF 2.1.0, the OASIS standard for what analysers find."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from caseledger import __version__
from caseledger.cli.formats import json, text
from caseledger.clocks import Status
from caseledger.findings import Finding
from caseledger.language import current, translate
from caseledger.obligations import Duty
from caseledger.problem import Problem, Rule, Severity

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TAGS = {"zh": "zh-CN", "en": "en-US"}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def problems(found: Sequence[Problem]) -> str:
    """One result for each problem, and the rules that they name, in the language of the reader."""
    codes = sorted({problem.code for problem in found})
    results = [
        _result(
            problem.code,
            _LEVELS[problem.severity],
            f"{problem.message} {problem.hint}",
            problem.path,
            {"startLine": problem.place.line, "startColumn": problem.place.column},
        )
        for problem in found
    ]
    return _log(results, [_rule(rule) for rule in _known(codes)])


def findings(found: Sequence[Finding], duties: Sequence[Duty] = ()) -> str:
    """One result for each clock, then for each duty; the same one has the same fingerprint in every run."""
    clocks = [_due(one.key, one.verdict.clock.id, one.status, text.findings([one]), one.judged.path) for one in found]
    rest = [_due(one.key, one.task.obligation.id, one.status, text.findings([], [one]), one.path) for one in duties]
    return _log([*clocks, *rest], [])


def _known(codes: Sequence[str]) -> list[Rule]:
    from caseledger import auditing
    from caseledger.policies import lint
    from caseledger.rules import every

    known = {rule.code: rule for rule in (*every.ALL, *lint.ALL, *auditing.ALL)}
    return [known[code] for code in codes if code in known]


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": {"text": translate(rule.meaning)},
        "help": {"text": translate(rule.hint)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _due(key: str, clock: str, status: Status, said: str, path: str) -> dict[str, Any]:
    level = "error" if status is Status.OVERDUE else "warning"
    return {**_result(clock, level, said, path, None), "partialFingerprints": {"caseledger/v1": key}}


def _result(code: str, level: str, said: str, path: str, region: Mapping[str, int] | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(path)}}
    if region:
        place["region"] = region
    return {
        "ruleId": code,
        "level": level,
        "message": {"text": said},
        "locations": [{"physicalLocation": place}],
    }


def _log(results: Sequence[Mapping[str, Any]], rules: Sequence[Mapping[str, Any]]) -> str:
    driver = {"name": "caseledger", "version": __version__, "language": _TAGS[current()], "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})
