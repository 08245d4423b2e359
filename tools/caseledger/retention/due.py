"""What may be disposed of: sealed cases whose time is over by their seal and by their policy, and that nothing holds.

Nothing is free because something is missing. What cannot be read, judged or compared stays, and says why.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from caseledger import casefile, findings, keeping
from caseledger.errors import Refused
from caseledger.findings import Judged
from caseledger.hold import Hold
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook
from caseledger.seal import Seal
from caseledger.seals import Archive


@dataclass(frozen=True)
class Expired:
    """A sealed case whose seal says that its time is over: until when it is kept, what holds it, what else is amiss.

    `judged` is None where it cannot be judged.
    """

    seal: Seal
    kept_until: date
    holds: tuple[Hold, ...]
    amiss: Text | None
    judged: Judged | None = None

    @property
    def free(self) -> bool:
        """Whether it may be disposed of."""
        return self.objection is None

    @property
    def objection(self) -> Text | None:
        """Why it may not be disposed of, None where it may."""
        if self.holds:
            return Text(N_("on hold under {numbers}"), numbers=", ".join(one.number for one in self.holds))
        return self.amiss


def expired(rulebook: Rulebook, archive: Archive, now: datetime) -> Iterator[Expired]:
    """Every sealed case whose time is over at `now` by its seal, by class of record and day."""
    newest = (archive.newest(case) for case in archive.by_case if case not in archive.disposals.by_case)
    over = [seal for seal in newest if seal and seal.kept_until < _day(rulebook, seal, now)]
    for seal in sorted(over, key=lambda one: (one.data["class"], one.kept_until, one.case)):
        yield look(rulebook, archive, seal, now)


def look(rulebook: Rulebook, archive: Archive, seal: Seal, now: datetime) -> Expired:
    """One sealed case at `now`, its time over or not."""
    day = _day(rulebook, seal, now)
    holds = archive.holds.standing(seal.case, day)
    judged, amiss = None, next(archive.compared([seal.case]), None)
    if amiss is None:
        judged = _judged(rulebook, seal, now)
    kept = _kept(rulebook, judged)
    until = max(seal.kept_until, kept or date.min)
    if amiss:
        return Expired(seal, until, holds, Text(N_("it is not as it was sealed: caseledger archive verify")))
    if judged is None or kept is None:
        return Expired(seal, until, holds, Text(N_("it is open again, or what judges it is missing")), judged)
    if until >= day:
        return Expired(seal, until, holds, Text(N_("it is kept until {day}"), day=until), judged)
    return Expired(seal, until, holds, None, judged)


def proposed(archive: Archive) -> Mapping[str, str]:
    """The cases of proposals that nobody has decided yet, each with the number of the newest."""
    undecided = [one for one in archive.disposals.proposals.values() if one.id not in archive.disposals.certificates]
    return {
        item.case: one.id for one in sorted(undecided, key=lambda one: (one.proposed.at, one.id)) for item in one.items
    }


def counted(found: Iterable[Expired]) -> dict[str, int]:
    """How many of them are free, on hold, and amiss otherwise."""
    numbers = {"free": 0, "held": 0, "amiss": 0}
    for one in found:
        numbers["free" if one.free else "held" if one.holds else "amiss"] += 1
    return numbers


def _day(rulebook: Rulebook, seal: Seal, now: datetime) -> date:
    """The day of a moment in the calendar that judges the case, in that of the company where there is none."""
    try:
        policy = rulebook.policy(seal.data["policy"])
        return rulebook.calendar(policy.calendar).day_of(now) if policy else rulebook.local(now).date()
    except Refused:
        return rulebook.local(now).date()


def _judged(rulebook: Rulebook, seal: Seal, now: datetime) -> Judged | None:
    """The case as it lies here, None where it is longer than it was sealed or cannot be judged."""
    path = rulebook.root / seal.path
    if path.stat().st_size != seal.size:
        return None
    entry, _ = casefile.load(rulebook.root, path)
    try:
        return next(findings.judge(rulebook, [entry], now), None)
    except Refused:
        return None


def _kept(rulebook: Rulebook, judged: Judged | None) -> date | None:
    """Until when its policy keeps the case, None where that cannot be told."""
    if judged is None:
        return None
    kept = keeping.kept(judged.state, judged.policy, rulebook.calendar(judged.policy.calendar))
    return kept.until if kept else None
