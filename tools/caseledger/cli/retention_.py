"""caseledger retention"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from caseledger import disposal, hold, instant
from caseledger.cli import acting, options
from caseledger.cli.formats import json
from caseledger.errors import PROBLEMS, CannotGoOn
from caseledger.language import N_, Text, translate
from caseledger.people import Person
from caseledger.rulebook import Rulebook

if TYPE_CHECKING:
    from caseledger.retention.deciding import Decision
    from caseledger.retention.due import Expired

F = TypeVar("F", bound=Callable[..., Any])


def acting_person(command: F) -> F:
    """--by and --as."""
    by = click.option("--by", metavar="ID", help=translate(N_("Who acts; by default whoever Git is configured with.")))
    role = click.option("--as", "role", metavar="ROLE", help=translate(N_("The role in which they act.")))
    return by(role(command))


class Day(click.ParamType[date]):
    """A day on the command line."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that shows one."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(Text(N_("{value} is no day; write 2026-11-03."), value=value).to(), param, ctx)


def _reason(command: F) -> F:
    return click.option("--reason", metavar="TEXT", required=True, help=translate(N_("Why.")))(command)


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
@_reason
@click.option("--until", type=Day(), help=translate(N_("Last day of the hold; by default it stands until released.")))
@acting_person
@options.repository
def place(
    cases: tuple[str, ...], reason: str, until: date | None, by: str | None, role: str | None, rulebook: Rulebook
) -> None:
    """Place a hold and say its number."""
    from caseledger.retention import holding, permits  # noqa: PLC0415 - the help needs none of it

    now = rulebook.local(instant.now())
    who, acts_as = _actor(rulebook, by, role, permits.roles(rulebook, permits.HOLD), now)
    number = holding.place(rulebook, holding.Holder(who, acts_as, now, reason), cases, until)
    _say(N_("{number}: {n} cases on hold."), number=number, n=len(set(cases)))
    _pass_on([hold.FILE], N_("It counts everywhere once it is merged:"))


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
@_reason
@acting_person
@options.repository
def release(names: tuple[str, ...], reason: str, by: str | None, role: str | None, rulebook: Rulebook) -> None:
    """Release holds and say which."""
    from caseledger.retention import holding, permits  # noqa: PLC0415 - the help needs none of it

    now = rulebook.local(instant.now())
    who, acts_as = _actor(rulebook, by, role, permits.roles(rulebook, permits.HOLD), now)
    for one in holding.release(rulebook, holding.Holder(who, acts_as, now, reason), names):
        _say(N_("{number} released for {case}."), number=one.number, case=one.case)
    _pass_on([hold.FILE], N_("It counts everywhere once it is merged:"))


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
    from caseledger import seals  # noqa: PLC0415 - the help needs none of it
    from caseledger.retention import due as dues  # noqa: PLC0415
    from caseledger.retention.proposing import refuse_wrong  # noqa: PLC0415

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
    _say(message, **dues.counted(found))


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
@click.option("--today", type=Day(), help=translate(N_("Today, where nobody has committed anything for a month.")))
@acting_person
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
        return _propose(rulebook, cases, reason, today, by, role, dry_run=dry_run)
    if cases or reason or dry_run:
        message = N_("--decide goes with neither cases nor --reason nor --dry-run: the proposal says it all.")
        raise CannotGoOn(Text(message))
    return _decide(rulebook, number, today, by, role)


def _propose(
    rulebook: Rulebook,
    cases: Sequence[str],
    reason: str | None,
    today: date | None,
    by: str | None,
    role: str | None,
    *,
    dry_run: bool,
) -> int:
    from caseledger import seals  # noqa: PLC0415 - the help needs none of it
    from caseledger.retention import permits, proposing  # noqa: PLC0415

    now = rulebook.local(instant.now())
    plan = proposing.plan(rulebook, seals.read(rulebook.root), now, cases)
    for one in plan.refused:
        click.echo(Text(N_("{case} stays: {reason}"), case=one.seal.case, reason=one.objection).to(), err=True)
    if dry_run or plan.refused or not plan.free:
        for one in plan.free:
            _say(N_("{case} would be proposed; kept until {day}"), case=one.seal.case, day=one.kept_until)
        if not plan.free and not plan.refused:
            _say(N_("Nothing may be disposed of that is not proposed already."))
        return PROBLEMS if plan.refused else 0
    who, acts_as = _actor(rulebook, by, role, permits.roles(rulebook, permits.PROPOSE), now)
    proposing.refuse_unfit(rulebook, who, acts_as, now, today)
    number = proposing.propose(rulebook, who, acts_as, plan.free, now, reason)
    _say(N_("{number}: {n} cases proposed, none removed."), number=number, n=len(plan.free))
    _pass_on(
        [disposal.path_of(disposal.PROPOSALS, number)],
        Text(N_("Have it reviewed and merged; then somebody else decides: {command}"), command=_again(number)).to(),
    )
    return 0


def _decide(rulebook: Rulebook, number: str, today: date | None, by: str | None, role: str | None) -> int:
    from caseledger.retention import deciding, permits  # noqa: PLC0415 - the help needs none of it

    number = number.upper()
    if deciding.decided(rulebook, number):
        decision = deciding.finish(rulebook, number)
    else:
        now = rulebook.local(instant.now())
        who, acts_as = _actor(rulebook, by, role, permits.roles(rulebook, permits.DECIDE), now)
        decision = deciding.decide(rulebook, number, who, acts_as, now, today)
    return _decided(decision, number)


def _decided(decision: "Decision", number: str) -> int:
    for case, reason in decision.objections.items():
        click.echo(Text(N_("{case} stays: {reason}"), case=case, reason=reason).to(), err=True)
    if decision.certificate is None:
        _say(N_("Nothing was decided and nothing removed. Propose again what may go."))
        return PROBLEMS
    for path in decision.removed:
        _say(N_("Removed {path}"), path=path)
    _say(N_("{number}: {n} cases disposed of."), number=number, n=len(decision.certificate.items))
    if decision.removed:
        _pass_on(["cases"], N_("Have it reviewed and merged:"))
    return 0


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
    from caseledger.retention import leaving, sweeping  # noqa: PLC0415 - the help needs none of it

    count = 0
    said = N_("{store}/{digest} of {case} would go.") if dry_run else N_("Removed {store}/{digest} of {case}")
    for one in sweeping.sweep(rulebook, dry_run=dry_run):
        _say(said, store=one.store, digest=one.digest, case=one.case)
        count += 1
    count += _erase(rulebook, leaving.leaving(rulebook), dry_run=dry_run)
    if not count:
        _say(N_("The stores keep nothing of cases that were disposed of."))


def _erase(rulebook: Rulebook, found: Mapping[str, str], *, dry_run: bool) -> int:
    """Destroy the keys of consumers, each by the certificate that names them; how many there were to destroy."""
    if not found:
        return 0
    from caseledger.cli import atwork  # noqa: PLC0415 - slow to load, and few sweeps need it

    vault = atwork.vault(rulebook)
    known = vault.refs()
    refs = [ref for ref in found if ref in known and not vault.erased(ref)]
    for ref in refs:
        if dry_run:
            _say(N_("{ref}: the key would be destroyed."), ref=ref)
        else:
            atwork.erase(rulebook, vault, ref, Text(N_("disposed of under {id}"), id=found[ref]).to())
            _say(N_("{ref}: the key is destroyed; no copy of the record can be read any more."), ref=ref)
    return len(refs)


def _actor(
    rulebook: Rulebook, by: str | None, role: str | None, allowed: Iterable[str], now: datetime
) -> tuple[Person, str]:
    """Who acts, and in which of the roles that may."""
    who = acting.person(rulebook, by)
    if role is not None:
        return who, role
    fitting = [one for one in allowed if who.holds(one, now.date())]
    if not fitting:
        message = N_("{by} holds none of the roles that may do this: {roles}.")
        raise CannotGoOn(Text(message, by=who.id, roles=", ".join(allowed)))
    return who, fitting[0]


def _table(found: "Sequence[Expired]", pending: Mapping[str, str]) -> None:
    from caseledger.cli import tables  # noqa: PLC0415 - slow to load

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


def _again(number: str) -> str:
    return f"caseledger retention dispose --decide {number}"


def _pass_on(paths: Sequence[str], why: str) -> None:
    """What to do with files that were written: nothing is committed here."""
    click.echo(translate(why))
    click.echo(f"  git add {' '.join(paths)} && git commit")


def _say(message: str, **values: object) -> None:
    click.echo(Text(message, **values).to())
