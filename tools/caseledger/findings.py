"""What the SLA check has to say about a repository: deadlines broken, and soon to be."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from caseledger import clocks, lifecycle
from caseledger.casefile import Entry
from caseledger.clocks import BREACHED, OPEN, Status, Verdict
from caseledger.lifecycle import CaseState
from caseledger.policy import Policy
from caseledger.rulebook import Rulebook

if TYPE_CHECKING:
    from caseledger.audience import Sight

_RANK = {Status.OVERDUE: 0, Status.LATE: 1, Status.EARLY: 2, Status.DUE_SOON: 3}


class Judged(NamedTuple):
    """One case at a moment: its file, its state, its policy and its verdicts."""

    path: str
    state: CaseState
    policy: Policy
    verdicts: tuple[Verdict, ...]

    @property
    def id(self) -> str:
        """The case's number."""
        return self.state.case.id

    def next_due(self, owner: str | None = None) -> Verdict | None:
        """The open clock that is due first, of those for a role to act on if one is named."""
        waiting = [
            (v.due, i) for i, v in enumerate(self.verdicts) if v.status in OPEN and v.due and owner in (None, v.owner)
        ]
        return self.verdicts[min(waiting)[1]] if waiting else None


class Finding(NamedTuple):
    """One clock that needs somebody; `status` is DUE_SOON also for one that falls within the time asked for."""

    judged: Judged
    verdict: Verdict
    status: Status

    @property
    def key(self) -> str:
        """case + cycle + clock + status: the same thing is never said twice (clocks.md 8)."""
        return f"{self.judged.id}/{self.verdict.cycle}/{self.verdict.clock.id}/{self.status}"


def judge(rulebook: Rulebook, entries: Iterable[Entry], now: datetime) -> Iterator[Judged]:
    """Every case received by `now` that can be judged; one whose policy there is not cannot, and `check` says so."""
    for entry in entries:
        case = entry.case
        policy = rulebook.policy("@".join(case.policy)) if entry.data else None
        if policy:
            state = lifecycle.fold(case, now)
            if state.events:
                found = clocks.judge(state, policy, rulebook.calendar(policy.calendar), now)
                yield Judged(entry.path, state, policy, tuple(found))


def visible(cases: Iterable[Judged], sight: "Sight") -> list[Judged]:
    """The cases as an audience may be told of them: without the words, owners and due times that are not for it.

    What clocks say is told with the number of the case or not at all.
    """
    if not (sight.computes("case") and sight.computes("verdict")):
        return []
    return [_visible(judged, sight) for judged in cases]


def _visible(judged: Judged, sight: "Sight") -> Judged:
    case = judged.state.case._replace(data=sight.shown("case", judged.state.case.data))
    verdicts = tuple(visible_verdict(verdict, sight) for verdict in judged.verdicts)
    return judged._replace(state=judged.state._replace(case=case), verdicts=verdicts)


def visible_verdict(verdict: Verdict, sight: "Sight") -> Verdict:
    """What a clock says, without the owner and the moments that are not for an audience."""
    if not sight.computes("due"):
        verdict = verdict._replace(start=None, due=None, stop=None, provisional=False, opens=None, steps=(), pauses=())
    return verdict if sight.computes("owner") else verdict._replace(owner="")


def find(cases: Iterable[Judged], now: datetime, within: timedelta | None = None) -> list[Finding]:
    """Overdue clocks, broken deadlines of open cases, and clocks due soon (or `within` a time), worst first."""
    found = [
        Finding(judged, verdict, status)
        for judged in cases
        for verdict in judged.verdicts
        if (status := _status(judged, verdict, now, within))
    ]
    return sorted(found, key=lambda f: (_RANK[f.status], f.verdict.due or now, f.key))


def _status(judged: Judged, verdict: Verdict, now: datetime, within: timedelta | None) -> Status | None:
    if verdict.status in BREACHED:
        return verdict.status if verdict.status is Status.OVERDUE or judged.state.ended is None else None
    if verdict.status not in (Status.RUNNING, Status.DUE_SOON):
        return None
    near = verdict.status is Status.DUE_SOON if within is None else verdict.due and verdict.due <= now + within
    return Status.DUE_SOON if near else None
