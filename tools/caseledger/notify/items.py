"""What departments are told: findings of the check of deadlines, and cases that were handed over to them.

No word that anybody wrote into a case is among it, and nothing that the marks of the schemas keep from those inside.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from caseledger import findings, instant, links, obligations, register, reviews
from caseledger.audience import INSIDE, Sight
from caseledger.calendar import Calendar
from caseledger.clocks import Status
from caseledger.findings import Finding, Judged
from caseledger.language import LANGUAGES, N_, Text, translate
from caseledger.model import Event, instant_of
from caseledger.obligations import Duty
from caseledger.policy import Policy
from caseledger.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Item:
    """One finding: its key (clocks.md 8), whose it is, where it stands, when it is due, and what it is about."""

    key: str
    department: str
    policy: Policy
    status: Status
    due: datetime | None
    title: Mapping[str, str]
    subject: str
    """The number of the case; of a duty its period, with the number of the corrective action."""
    case: bool
    handed: bool = False
    """Whether it is a case that was handed over; `due` is then when the consumer expects an answer."""

    def link(self, rulebook: Rulebook, language: str) -> str | None:
        """Where to read on."""
        settings = rulebook.settings
        return links.case(settings, language, self.subject) if self.case else links.obligations(settings, language)


def gather(rulebook: Rulebook, calendar: Calendar, now: datetime, sight: Sight = INSIDE) -> list[Item]:
    """Every finding of the repository, and what is due before the day of `now` is over, the first due first.

    Who is told of a case learns by it that the case is theirs, so that nobody is where owners may not be known.
    """
    judged = list(findings.judge(rulebook, register.load_all(rulebook.root), now))
    times = (time for one in judged for time in obligations.opened(one.state))
    known = [record.review for record in reviews.read_all(rulebook) if record.review]
    duties = list(obligations.visible(obligations.judge(rulebook, times, known, now), sight))
    told = findings.visible(judged, sight) if sight.computes("owner") else []
    today = calendar.moment(calendar.day_of(now), 1440) - now
    found = {
        item.key: item
        for within in (None, today)
        for item in (
            *(() if within else _handed_over(told, calendar, sight)),
            *map(_of_case, findings.find(told, now, within)),
            *map(_of_duty, obligations.find(duties, now, within)),
        )
    }
    return sorted(found.values(), key=lambda item: (item.due or now, item.key))


def _of_case(found: Finding) -> Item:
    verdict, judged = found.verdict, found.judged
    title = verdict.clock.title
    return Item(found.key, verdict.owner, judged.policy, found.status, verdict.due, title, judged.id, case=True)


def _handed_over(cases: Iterable[Judged], calendar: Calendar, sight: Sight) -> Iterator[Item]:
    """Each open case for the departments to which another last handed it."""
    for judged in cases:
        event = judged.state.last("assigned")
        if event is None or judged.state.ended:
            continue
        expected = instant_of(event.data.get("expected")) if sight.computes("due") else None
        for department in _receivers(event):
            yield Item(
                key=f"{judged.id}/{instant.show(event.at)}/{department}/handed-over",
                department=department,
                policy=judged.policy,
                status=Status.RUNNING,
                due=calendar.local(expected) if expected else None,
                title={language: _handing(judged.policy, event, calendar, sight, language) for language in LANGUAGES},
                subject=judged.id,
                case=True,
                handed=True,
            )


def _receivers(event: Event) -> list[str]:
    """The departments that get a case by a hand-over; who hands it to itself need not be told."""
    return [role for role in (event.data["to"], *event.data.get("with", ())) if role != event.role]


def _handing(policy: Policy, event: Event, calendar: Calendar, sight: Sight, language: str) -> str:
    """Who handed a case over, and when."""
    if not (sight.sees("case", "events.assigned.as") and sight.sees("case", "events.assigned.at")):
        return translate(N_("handed over"), language)
    at = instant.read(calendar.local(event.at))
    return Text(N_("handed over by {role}, {at}"), role=policy.role(event.role, language), at=at).to(language)


def _of_duty(found: Duty) -> Item:
    policy, obligation, period, action = found.task
    subject = f"{period} {action.id}" if action else str(period)
    return Item(found.key, found.owner, policy, found.status, found.due, obligation.title, subject, case=False)
