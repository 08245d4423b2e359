"""For people: one finding, one paragraph."""

from collections.abc import Sequence

from caseledger import instant, labels
from caseledger.findings import Finding
from caseledger.language import N_, Text, current
from caseledger.problem import Problem


def problems(found: Sequence[Problem]) -> str:
    """path:line:column, what is wrong, what to write instead."""
    return "\n".join(_problem(problem) for problem in found)


def findings(found: Sequence[Finding]) -> str:
    """One line for each clock, worst first."""
    return "\n".join(_finding(finding) for finding in found)


def _problem(problem: Problem) -> str:
    place, severity = problem.place, labels.label("severity", problem.severity)
    first = f"{problem.path}:{place.line}:{place.column}: {severity}: {problem.message} [{problem.code}]"
    return f"{first}\n    {problem.hint}"


def _finding(finding: Finding) -> str:
    verdict, judged = finding.verdict, finding.judged
    return Text(
        N_("{status}: {case} {title} ({clock}, {clause}), {owner}, due {due}: {summary}"),
        status=labels.label("status", finding.status),
        case=judged.id,
        title=verdict.clock.title[current()],
        clock=verdict.clock.id,
        clause=verdict.clock.clause,
        owner=judged.policy.role(verdict.owner, current()),
        due=instant.deadline(verdict.due) if verdict.due else "-",
        summary=str(judged.state.case.data.get("summary", "")),
    ).to()
