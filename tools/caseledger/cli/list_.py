"""caseledger list"""

from collections.abc import Iterable
from datetime import datetime
from itertools import compress
from typing import Any

import click

from caseledger import findings, instant, labels, register
from caseledger.audience import Audience, Sight, sight
from caseledger.cli import options, tables
from caseledger.cli.formats import json
from caseledger.clocks import OPEN, Status
from caseledger.findings import Judged
from caseledger.language import N_, current, translate
from caseledger.rulebook import Rulebook

STARTED = OPEN - {Status.PENDING}


@click.command("list", help=translate(N_("List cases, newest first. Several conditions must all hold.")))
@click.option("--state", type=click.Choice(list(labels.STATES)), help=translate(N_("State of the case.")))
@click.option(
    "--status",
    type=click.Choice([str(status) for status in Status]),
    help=translate(N_("A clock of the case has this status.")),
)
@click.option("--overdue", is_flag=True, help=translate(N_("A clock of the case is overdue.")))
@click.option(
    "--owner", metavar="ROLE", help=translate(N_("A running or overdue clock of the case is for this role to act on."))
)
@click.option("--grade", help=translate(N_("Grade in force.")))
@click.option("--category", help=translate(N_("Category of the complaint.")))
@click.option("--profile", help=translate(N_("Profile of the policy.")))
@click.option("--channel", type=click.Choice(list(labels.CHANNELS)), help=translate(N_("How the complaint came in.")))
@click.option("--market", help=translate(N_("Country code, such as NO.")))
@options.output_format("text", "json")
@options.audience
@options.as_of
@options.repository
def command(
    state: str | None,
    status: str | None,
    overdue: bool,
    owner: str | None,
    grade: str | None,
    profile: str | None,
    form: str,
    audience: str,
    now: datetime,
    rulebook: Rulebook,
    **facts: str | None,
) -> None:
    """Print the cases for which every condition given holds."""
    wanted = {Status(status)} if status else set()
    chosen = [
        judged
        for judged in findings.judge(rulebook, register.load_all(rulebook.root), now)
        if state in (None, judged.state.state)
        and grade in (None, _grade(judged))
        and profile in (None, judged.policy.profile)
        and all(value in (None, judged.state.case.data.get(name)) for name, value in facts.items())
        and wanted <= {verdict.status for verdict in judged.verdicts}
        and (not overdue or Status.OVERDUE in {verdict.status for verdict in judged.verdicts})
        and (owner is None or owner in {verdict.owner for verdict in judged.verdicts if verdict.status in STARTED})
    ]
    chosen.sort(key=lambda judged: judged.id, reverse=True)
    seen = sight(Audience(audience), rulebook.settings)
    if form == "json":
        click.echo(json.dump([_as_json(judged, seen) for judged in chosen]))
    else:
        _show(chosen, owner, seen)


COLUMNS = {
    N_("Case"): "case",
    N_("State"): "state",
    N_("Grade"): "grade",
    N_("Next clock"): "due",
    N_("Due"): "due",
    N_("Status"): "due",
    N_("For"): "owner",
    N_("Summary"): "summary",
}
"""The headings of the table, and what the audience of a column must be allowed to know."""


def _show(chosen: Iterable[Judged], owner: str | None, seen: Sight) -> None:
    wanted = [seen.computes(name) for name in COLUMNS.values()]
    headings = [translate(heading) for heading in compress(COLUMNS, wanted)]
    tables.show(headings, [list(compress(_row(judged, owner), wanted)) for judged in chosen])


def _row(judged: Judged, owner: str | None) -> list[str]:
    verdict = judged.next_due(owner)
    clock = (
        [
            verdict.clock.title[current()],
            instant.deadline(verdict.due) if verdict.due else "-",
            str(labels.label("status", verdict.status)),
            judged.policy.role(verdict.owner, current()),
        ]
        if verdict
        else ["-"] * 4
    )
    return [
        judged.id,
        str(labels.label("state", judged.state.state)),
        _grade(judged),
        *clock,
        str(judged.state.case.data.get("summary", "")),
    ]


def _as_json(judged: Judged, seen: Sight) -> dict[str, object]:
    found = {
        "case": judged.id,
        "path": judged.path,
        "policy": judged.policy.name,
        "state": judged.state.state,
        "grade": _grade(judged),
        "summary": judged.state.case.data.get("summary", ""),
    }
    said: dict[str, object] = {name: value for name, value in found.items() if seen.computes(name)}
    if seen.computes("verdict"):
        said["clocks"] = [_clock(json.verdict(verdict), seen) for verdict in judged.verdicts]
    return said


def _clock(verdict: dict[str, Any], seen: Sight) -> dict[str, Any]:
    return {name: value for name, value in verdict.items() if seen.computes(CLOCK.get(name, "verdict"))}


CLOCK = {"owner": "owner", "start": "due", "due": "due", "stop": "due", "provisional": "due"}
"""What a clock says beside its verdict."""


def _grade(judged: Judged) -> str:
    return judged.state.grade(judged.policy.default_grade)
