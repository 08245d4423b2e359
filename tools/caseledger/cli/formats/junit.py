"""For CI systems that show tests: JUnit XML, as Jenkins reads it, and GitLab, Gitea's runners and most others.

What makes a command fail is a failed test case; what is only worth knowing is one that passed and says it. XML has no
place for some characters, so a mark stands for them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from caseledger.cli.formats import text
from caseledger.clocks import Status
from caseledger.findings import Finding
from caseledger.language import N_, translate
from caseledger.obligations import Duty
from caseledger.problem import Problem, Severity
from caseledger.xmltext import held

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def problems(found: Sequence[Problem]) -> str:
    """One test case for each problem, of its file; errors failed."""
    cases = [
        _case(
            problem.path,
            f"{problem.place.line}:{problem.place.column} {problem.code}",
            problem.code,
            f"{problem.message} {problem.hint}",
            failed=problem.severity is Severity.ERROR,
        )
        for problem in found
    ]
    return _suite(cases)


def findings(found: Sequence[Finding], duties: Sequence[Duty] = ()) -> str:
    """One test case for each clock, then for each duty, of its file; what is overdue failed."""
    clocks = [_due(one.judged.path, one.key, one.status, text.findings([one])) for one in found]
    return _suite([*clocks, *(_due(one.path, one.key, one.status, text.findings([], [one])) for one in duties)])


def _due(path: str, key: str, status: Status, said: str) -> "Element":
    return _case(path, key, status, said, failed=status is Status.OVERDUE)


def _case(path: str, name: str, kind: str, said: str, *, failed: bool) -> "Element":
    from xml.etree.ElementTree import Element, SubElement

    case = Element("testcase", classname=held(path), name=held(name))
    said = held(said)
    if failed:
        SubElement(case, "failure", type=kind, message=said).text = f"{held(path)}: {said}"
    else:
        SubElement(case, "system-out").text = said
    return case


def _suite(cases: Sequence["Element"]) -> str:
    """A whole document; without any test case some programs take it for a mistake, so that there is always one."""
    from xml.etree import ElementTree as ET

    cases = cases or [_case("caseledger", "caseledger", "", translate(N_("Nothing was found.")), failed=False)]
    counts = {"tests": str(len(cases)), "failures": str(sum(one.find("failure") is not None for one in cases))}
    root = ET.Element("testsuites", counts | {"errors": "0"})
    ET.SubElement(root, "testsuite", {"name": "caseledger"} | counts | {"errors": "0"}).extend(cases)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}'
