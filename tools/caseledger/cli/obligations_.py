"""caseledger obligations"""

from datetime import datetime

import click

from caseledger import findings, instant, labels, obligations, register, reviews
from caseledger.cli import options, tables
from caseledger.cli.formats import json, text
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text, current, translate
from caseledger.obligations import Duty
from caseledger.rulebook import Rulebook


@click.command(
    "obligations",
    help=translate(
        N_(
            "List the periodic duties of the policies in use, for each period when they are due and which record in"
            " reviews/ shows that they were done; then the corrective actions of these records."
        )
    ),
)
@click.option("--profile", metavar="P", help=translate(N_("Only the duties of this profile.")))
@options.output_format("text", "json")
@options.as_of
@options.repository
def command(profile: str | None, form: str, now: datetime, rulebook: Rulebook) -> None:
    """Print every duty and every corrective action."""
    if profile is not None and not any(name.split("@")[0] == profile for name in rulebook.policy_names):
        raise CannotGoOn(Text(N_("There is no policy/{profile}/<version>/policy.yml."), profile=profile))
    judged = findings.judge(rulebook, register.load_all(rulebook.root), now)
    cases = (time for one in judged for time in obligations.opened(one.state))
    known = [record.review for record in reviews.read_all(rulebook) if record.review]
    duties = obligations.judge(rulebook, cases, known, now)
    wanted = [duty for duty in duties if profile in (None, duty.task.policy.profile)]
    if form == "json":
        click.echo(json.dump([json.duty(duty) for duty in wanted]))
        return
    duties_head = [
        N_("Profile"),
        N_("Duty"),
        N_("Period covered"),
        N_("Due"),
        N_("Held"),
        N_("Status"),
        N_("Record"),
        N_("For"),
    ]
    _show(duties_head, [_row(duty) for duty in wanted if duty.task.action is None])
    actions_head = [
        N_("Profile"),
        N_("Corrective action"),
        N_("Period covered"),
        N_("Due"),
        N_("Verified on"),
        N_("Status"),
    ]
    _show([*actions_head, N_("For"), N_("Measure")], [_row(duty) for duty in wanted if duty.task.action])


def _show(headings: list[str], rows: list[list[str]]) -> None:
    if rows:
        tables.show([translate(heading) for heading in headings], rows)


def _row(duty: Duty) -> list[str]:
    policy, obligation, period, action = duty.task
    owner = policy.role(duty.owner, current())
    return [
        policy.profile,
        action.id if action else obligation.title[current()],
        str(period),
        instant.deadline(duty.due),
        duty.stop.isoformat() if duty.stop else "-",
        str(labels.label("status", duty.status)),
        *([owner, text.measure(action)] if action else [duty.review.path if duty.review else "-", owner]),
    ]
