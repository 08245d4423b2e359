"""For GitHub: workflow commands that become annotations."""

from collections.abc import Sequence

from caseledger.cli.formats import text
from caseledger.clocks import Status
from caseledger.findings import Finding
from caseledger.language import Text
from caseledger.obligations import Duty
from caseledger.problem import Problem, Severity

LEVELS = ("error", "warning", "notice")
SHOWN = 10
"""Annotations of one level that GitHub shows of a step."""
_LEVELS = dict(zip((Severity.ERROR, Severity.WARNING, Severity.INFO), LEVELS, strict=True))


def problems(found: Sequence[Problem]) -> str:
    """One annotation for each problem, errors first: only ten of a kind are shown."""
    ordered = sorted(found, key=lambda problem: list(_LEVELS).index(problem.severity))
    return "\n".join(
        f"::{_LEVELS[p.severity]} file={_value(p.path)},line={p.place.line},col={p.place.column},title={_value(p.code)}"
        f"::{_text(f'{p.message} {p.hint}')}"
        for p in ordered
    )


def findings(found: Sequence[Finding], duties: Sequence[Duty] = ()) -> str:
    """One annotation for each clock and duty: first what is overdue, as errors, then the rest, as warnings."""
    clocks = [(f.status, f.judged.path, f.key, text.findings([f])) for f in found]
    rest = [(d.status, d.path, d.key, text.findings([], [d])) for d in duties]
    ordered = sorted([*clocks, *rest], key=lambda one: one[0] is not Status.OVERDUE)
    return "\n".join(_annotation(*one) for one in ordered)


def notice(said: Text) -> str:
    """An annotation that is about no file."""
    return f"::notice title=caseledger::{_text(str(said))}"


def _annotation(status: Status, path: str, key: str, said: str) -> str:
    severity = "error" if status is Status.OVERDUE else "warning"
    return f"::{severity} file={_value(path)},title={_value(key)}::{_text(said)}"


def _text(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(value: str) -> str:
    return _text(value).replace(":", "%3A").replace(",", "%2C")
