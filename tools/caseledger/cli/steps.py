"""The next steps of a case, for people and for programs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console

from caseledger import instant, labels
from caseledger.cli import tables
from caseledger.cli.formats import json
from caseledger.condition import Condition, Fact
from caseledger.findings import Judged
from caseledger.language import N_, Text, current, translate
from caseledger.policy import RESPONSIBLE
from caseledger.progress import Lack, is_own
from caseledger.upcoming import Upcoming


def show(judged: Judged, steps: Sequence[Upcoming], console: Console) -> None:
    """Print the possible steps as a table, below it what each of them and of the next ones needs."""
    headings = [N_("Type"), N_("What"), N_("By when"), N_("Clock"), N_("Status"), N_("Who may")]
    rows = [_row(judged, step) for step in steps if step.possible]
    tables.show([translate(heading) for heading in headings], rows, console)
    for step in steps:
        for line in (*_special(judged, step), *_needs(step)):
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def as_json(steps: Iterable[Upcoming]) -> list[dict[str, Any]]:
    """The steps for programs; facts as they are written in a policy's conditions."""
    return [
        {
            "type": step.type,
            "possible": step.possible,
            "roles": step.roles,
            "special": [
                {"condition": c.id, "clause": c.clause, "when": [*map(str, _own(step, c))], "roles": c.by}
                for c in step.special
            ],
            "clock": json.verdict(step.clock) if step.clock else None,
            "after": step.after,
            "needs": [
                {
                    "condition": lack.condition.id,
                    "clause": lack.condition.clause,
                    "when": [*map(str, lack.given)],
                    "missing": [*map(str, lack.missing)],
                }
                for lack in step.lacks
            ],
        }
        for step in steps
    ]


def _row(judged: Judged, step: Upcoming) -> list[str]:
    language, verdict = current(), step.clock
    clock = (
        [instant.deadline(verdict.due), verdict.clock.title[language], str(labels.label("status", verdict.status))]
        if verdict and verdict.due
        else ["-"] * 3
    )
    return [
        step.type,
        str(labels.label("event", step.type)),
        *clock,
        _roles(judged, judged.policy.roles if step.roles is None else step.roles),
    ]


def _roles(judged: Judged, names: Iterable[str]) -> str:
    said = {RESPONSIBLE: translate(N_("Responsible department"))}
    return ", ".join(said.get(name) or judged.policy.role(name, current()) for name in names)


def _own(step: Upcoming, condition: Condition) -> list[Fact]:
    return [fact for fact in condition.when if is_own(fact, step.type)]


def _special(judged: Judged, step: Upcoming) -> Iterator[str]:
    """Who alone may record a step with certain fields."""
    for condition in step.special:
        yield Text(
            N_("{type}, where {when}: by {roles} ({clause})."),
            type=step.type,
            when=", ".join(map(str, _own(step, condition))),
            roles=_roles(judged, condition.by),
            clause=condition.clause,
        ).to()


def _needs(step: Upcoming) -> list[str]:
    """What a step still needs, a line for each reason."""
    lines = []
    if step.after:
        first = ", ".join(" / ".join(choice) for choice in step.after)
        lines.append(Text(N_("{type}: first {events}."), type=step.type, events=first).to())
    return lines + [_lack(step, lack) for lack in step.lacks]


def _lack(step: Upcoming, lack: Lack) -> str:
    missing, clause = ", ".join(map(str, lack.missing)), lack.condition.clause
    if lack.given:
        when = ", ".join(map(str, lack.given))
        message = N_("{type}, where {when}: needs {missing} ({clause}).")
        return Text(message, type=step.type, when=when, missing=missing, clause=clause).to()
    if all(is_own(fact, step.type) for fact in lack.missing):
        return Text(N_("{type}: give {missing} ({clause})."), type=step.type, missing=missing, clause=clause).to()
    return Text(N_("{type}: needs {missing} ({clause})."), type=step.type, missing=missing, clause=clause).to()
