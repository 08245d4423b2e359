"""For people: one finding, one paragraph."""

from collections.abc import Sequence

from caseledger import instant, labels
from caseledger.errors import CannotGoOn, Refused
from caseledger.findings import Finding
from caseledger.language import N_, Text, current
from caseledger.obligations import Duty
from caseledger.problem import Problem
from caseledger.review import Action


def error(found: CannotGoOn) -> str:
    """Why one cannot go on, and the problems of what was refused."""
    first = Text(N_("Error: {text}"), text=found.text).to()
    return f"{first}\n{problems(found.problems)}" if isinstance(found, Refused) and found.problems else first


def problems(found: Sequence[Problem]) -> str:
    """path:line:column, what is wrong, what to write instead."""
    return "\n".join(_problem(problem) for problem in found)


def findings(found: Sequence[Finding], duties: Sequence[Duty] = ()) -> str:
    """One line for each clock, then for each duty, worst first."""
    return "\n".join([*map(_finding, found), *map(_duty, duties)])


def measure(action: Action) -> str:
    """What is to be done, and against whom where it is a sanction."""
    if action.sanction is None:
        return action.measure
    sanction = labels.label("sanction", action.sanction["kind"])
    return Text(
        N_("{sanction} ({name}): {measure}"), sanction=sanction, name=action.sanction["name"], measure=action.measure
    ).to()


def title(duty: Duty) -> str:
    """What is owed: a duty with its period, or a corrective action."""
    action, name = duty.task.action, f"{duty.task.obligation.title[current()]} {duty.task.period}"
    return f"{name}: {measure(action)}" if action else name


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
        owner=judged.policy.role(verdict.owner, current()) or "-",
        due=instant.deadline(verdict.due) if verdict.due else "-",
        summary=str(judged.state.case.data.get("summary", "")),
    ).to()


def _duty(duty: Duty) -> str:
    policy, obligation, period, action = duty.task
    values = {
        "status": labels.label("status", duty.status),
        "title": obligation.title[current()],
        "period": period,
        "duty": f"{policy.profile}/{obligation.id}",
        "clause": obligation.clause,
        "owner": policy.role(duty.owner, current()),
        "due": instant.deadline(duty.due),
    }
    if action is None:
        return Text(N_("{status}: {title} {period} ({duty}, {clause}), {owner}, due {due}"), **values).to()
    message = N_("{status}: {action} from {title} {period} ({duty}, {clause}), {owner}, due {due}: {measure}")
    return Text(message, **values, action=action.id, measure=measure(action)).to()
