"""`retention dispose`: a proposal by one person, a decision by another."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from caseledger import disposal, instant
from caseledger.cli import retaining
from caseledger.errors import PROBLEMS
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook

if TYPE_CHECKING:
    from caseledger.retention.deciding import Decision


def propose(
    rulebook: Rulebook,
    cases: Sequence[str],
    reason: str | None,
    today: date | None,
    by: str | None,
    role: str | None,
    *,
    dry_run: bool,
) -> int:
    """Propose what may go; with `dry_run` only say what that is."""
    from caseledger import seals
    from caseledger.retention import permits, proposing

    now = rulebook.local(instant.now())
    plan = proposing.plan(rulebook, seals.read(rulebook.root), now, cases)
    for one in plan.refused:
        click.echo(Text(N_("{case} stays: {reason}"), case=one.seal.case, reason=one.objection).to(), err=True)
    if dry_run or plan.refused or not plan.free:
        for one in plan.free:
            retaining.say(N_("{case} would be proposed; kept until {day}"), case=one.seal.case, day=one.kept_until)
        if not plan.free and not plan.refused:
            retaining.say(N_("Nothing may be disposed of that is not proposed already."))
        return PROBLEMS if plan.refused else 0
    who, acts_as = retaining.actor(rulebook, by, role, permits.roles(rulebook, permits.PROPOSE), now)
    proposing.refuse_unfit(rulebook, who, acts_as, now, today)
    why = retaining.harmless(rulebook, reason) if reason else None
    number = proposing.propose(rulebook, who, acts_as, plan.free, now, why)
    retaining.say(N_("{number}: {n} cases proposed, none removed."), number=number, n=len(plan.free))
    retaining.pass_on(
        [disposal.path_of(disposal.PROPOSALS, number)],
        Text(N_("Have it reviewed and merged; then somebody else decides: {command}"), command=_again(number)).to(),
    )
    return 0


def decide(rulebook: Rulebook, number: str, today: date | None, by: str | None, role: str | None) -> int:
    """Decide a proposal, or finish what was interrupted."""
    from caseledger.retention import deciding, permits

    number = number.upper()
    if deciding.decided(rulebook, number):
        decision = deciding.finish(rulebook, number)
    else:
        now = rulebook.local(instant.now())
        who, acts_as = retaining.actor(rulebook, by, role, permits.roles(rulebook, permits.DECIDE), now)
        decision = deciding.decide(rulebook, number, who, acts_as, now, today)
    return _decided(decision, number)


def _decided(decision: "Decision", number: str) -> int:
    for case, reason in decision.objections.items():
        click.echo(Text(N_("{case} stays: {reason}"), case=case, reason=reason).to(), err=True)
    if decision.certificate is None:
        retaining.say(N_("Nothing was decided and nothing removed. Propose again what may go."))
        return PROBLEMS
    for path in decision.removed:
        retaining.say(N_("Removed {path}"), path=path)
    retaining.say(N_("{number}: {n} cases disposed of."), number=number, n=len(decision.certificate.items))
    if decision.removed:
        retaining.pass_on(["cases"], N_("Have it reviewed and merged:"))
    return 0


def _again(number: str) -> str:
    return f"caseledger retention dispose --decide {number}"
