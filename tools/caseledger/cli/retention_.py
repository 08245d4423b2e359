"""caseledger retention"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from caseledger import hold, instant
from caseledger.cli import disposing, options, retaining
from caseledger.cli.formats import json
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook

if TYPE_CHECKING:
    from caseledger.retention.due import Expired
    from caseledger.retention.holding import Holder

DAY = retaining.Day()


@click.group("retention", help=translate(N_("Legal holds, what may be disposed of, and disposal by two people.")))
@options.language
def command() -> None:
    """The commands about retention."""


@command.command(
    "hold",
    help=translate(
        N_(
            "Put cases on legal hold, archived or not: until it is released, or its last day is over, nothing of them"
            " is disposed of. Adds a line to cases/archive/holds.yml."
        )
    ),
)
@click.argument("cases", metavar="ID...", nargs=-1, required=True)
@retaining.reason
@click.option(
    "--until", type=retaining.Day(), help=translate(N_("Last day of the hold; by default it stands until released."))
)
@retaining.acting_person
@options.repository
def place(
    cases: tuple[str, ...], reason: str, until: date | None, by: str | None, role: str | None, rulebook: Rulebook
) -> None:
    """Place a hold and say its number."""
    from caseledger.retention import holding

    number = holding.place(rulebook, _holder(rulebook, by, role, reason), cases, until)
    retaining.say(N_("{number}: {n} cases on hold."), number=number, n=len(set(cases)))
    retaining.pass_on([hold.FILE], N_("It counts everywhere once it is merged:"))


@command.command(
    "release",
    help=translate(
        N_(
            "Release legal holds: all cases of a hold by its number (H-…), or one case from the hold on it. What was"
            " entered before stays in cases/archive/holds.yml."
        )
    ),
)
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@retaining.reason
@retaining.acting_person
@options.repository
def release(names: tuple[str, ...], reason: str, by: str | None, role: str | None, rulebook: Rulebook) -> None:
    """Release holds and say which."""
    from caseledger.retention import holding

    for one in holding.release(rulebook, _holder(rulebook, by, role, reason), names):
        retaining.say(N_("{number} released for {case}."), number=one.number, case=one.case)
    retaining.pass_on([hold.FILE], N_("It counts everywhere once it is merged:"))


@command.command(
    "due",
    help=translate(
        N_(
            "List the archived cases whose retention has ended, by class of record: those that may be disposed of,"
            " those on hold, and those that stay for another reason."
        )
    ),
)
@options.as_of
@options.output_format("text", "json")
@options.repository
def due(now: datetime, form: str, rulebook: Rulebook) -> None:
    """List what may be disposed of."""
    from caseledger import seals
    from caseledger.retention import due as dues
    from caseledger.retention.proposing import refuse_wrong

    archive = seals.read(rulebook.root)
    refuse_wrong(archive)
    found = list(dues.expired(rulebook, archive, now))
    pending = dues.proposed(archive)
    if form == "json":
        click.echo(json.dump([_data(one, pending.get(one.seal.case)) for one in found]))
        return
    if found:
        _table(found, pending)
    message = N_("May be disposed of: {free}. On hold: {held}. Kept for another reason: {amiss}.")
    retaining.say(message, **dues.counted(found))


@command.command(
    "dispose",
    help=translate(
        N_(
            "Propose to dispose of archived cases: of those named, or of all that may go. Writes a proposal below"
            " cases/archive/disposals, for a reviewed change, and removes nothing. With --decide, another person"
            " decides a proposal that is on record: the certificate is written, and the cases go with their evidence."
            " To finish what was interrupted, give the same command again."
        )
    ),
)
@click.argument("cases", metavar="[ID]...", nargs=-1)
@click.option("--dry-run", is_flag=True, help=translate(N_("Only say what would go.")))
@click.option("--decide", "number", metavar="D-…", help=translate(N_("Decide the proposal of this number.")))
@click.option("--reason", metavar="TEXT", help=translate(N_("What else there is to say about the proposal.")))
@click.option(
    "--today", type=retaining.Day(), help=translate(N_("Today, where nobody has committed anything for a month."))
)
@retaining.acting_person
@options.repository
def dispose(
    cases: tuple[str, ...],
    dry_run: bool,
    number: str | None,
    reason: str | None,
    today: date | None,
    by: str | None,
    role: str | None,
    rulebook: Rulebook,
) -> int:
    """Propose or decide a disposal."""
    if number is None:
        return disposing.propose(rulebook, cases, reason, today, by, role, dry_run=dry_run)
    if cases or reason or dry_run:
        message = N_("--decide goes with neither cases nor --reason nor --dry-run: the proposal says it all.")
        raise CannotGoOn(Text(message))
    return disposing.decide(rulebook, number, today, by, role)


@command.command(
    "sweep",
    help=translate(
        N_(
            "Take out of the stores the evidence that only disposed cases named, and destroy the keys of consumers of"
            " whom no case is left: for good, by certificates that are on record on the branch that is true. What any"
            " other case names stays. To finish what was interrupted, give the same command again."
        )
    ),
)
@click.option("--dry-run", is_flag=True, help=translate(N_("Only say what would go.")))
@options.repository
def sweep(dry_run: bool, rulebook: Rulebook) -> None:
    """Remove what is left in the stores and in the vault, saying what."""
    from caseledger.retention import leaving, sweeping

    count = 0
    said = N_("{store}/{digest} of {case} would go.") if dry_run else N_("Removed {store}/{digest} of {case}")
    for one in sweeping.sweep(rulebook, dry_run=dry_run):
        retaining.say(said, store=one.store, digest=one.digest, case=one.case)
        count += 1
    count += _erase(rulebook, leaving.leaving(rulebook), dry_run=dry_run)
    if not count:
        retaining.say(N_("The stores keep nothing of cases that were disposed of."))


def _holder(rulebook: Rulebook, by: str | None, role: str | None, reason: str) -> "Holder":
    """Who places or releases a hold now, in a role that may."""
    from caseledger.retention import holding, permits

    now = rulebook.local(instant.now())
    who, acts_as = retaining.actor(rulebook, by, role, permits.roles(rulebook, permits.HOLD), now)
    return holding.Holder(who, acts_as, now, retaining.harmless(rulebook, reason))


def _erase(rulebook: Rulebook, found: Mapping[str, str], *, dry_run: bool) -> int:
    """Destroy the keys of consumers, each by the certificate that names them; how many there were to destroy."""
    if not found:
        return 0
    from caseledger.cli import atwork

    vault = atwork.vault(rulebook)
    known = vault.refs()
    refs = [ref for ref in found if ref in known and not vault.erased(ref)]
    for ref in refs:
        if dry_run:
            retaining.say(N_("{ref}: the key would be destroyed."), ref=ref)
        else:
            atwork.erase(rulebook, vault, ref, Text(N_("disposed of under {id}"), id=found[ref]).to())
            retaining.say(N_("{ref}: the key is destroyed; no copy of the record can be read any more."), ref=ref)
    return len(refs)


def _table(found: "Sequence[Expired]", pending: Mapping[str, str]) -> None:
    from caseledger.cli import tables

    headings = [N_("Class"), N_("Case"), N_("Archive number"), N_("Kept until"), N_("Proposed in"), N_("Stays because")]
    tables.show(
        [translate(heading) for heading in headings],
        [
            [
                str(one.seal.data["class"]),
                one.seal.case,
                one.seal.number,
                one.kept_until.isoformat(),
                pending.get(one.seal.case, "-"),
                one.objection.to() if one.objection else "-",
            ]
            for one in found
        ],
    )


def _data(one: "Expired", proposed: str | None) -> dict[str, Any]:
    return {
        "case": one.seal.case,
        "number": one.seal.number,
        "class": one.seal.data["class"],
        "kept_until": one.kept_until.isoformat(),
        "free": one.free,
        "holds": [
            {
                "hold": held.number,
                "by": held.placed.by,
                "as": held.placed.role,
                "reason": held.placed.reason,
                "from": instant.show(held.placed.at),
                "until": held.placed.until.isoformat() if held.placed.until else None,
            }
            for held in one.holds
        ],
        "amiss": one.amiss.to() if one.amiss else None,
        "proposed": proposed,
    }
