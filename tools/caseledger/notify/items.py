"""What departments are told: findings of the check of deadlines, as far as the marks of the schemas let them know.

No word that anybody wrote into a case is among it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from caseledger import findings, links, obligations, register, reviews
from caseledger.audience import INSIDE, Sight
from caseledger.calendar import Calendar
from caseledger.clocks import Status
from caseledger.findings import Finding
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

    def link(self, rulebook: Rulebook, language: str) -> str | None:
        """Where to read on."""
        settings = rulebook.settings
        return links.case(settings, language, self.subject) if self.case else links.obligations(settings, language)


def gather(rulebook: Rulebook, calendar: Calendar, now: datetime, sight: Sight = INSIDE) -> list[Item]:
    """Every finding of the repository, and what is due before the day of `now` is over, the first due first.

    Who is told of a case learns by it that the case is theirs, so that nobody is where owners may not be known.
    """
    judged = list(findings.judge(rulebook, register.read_all(rulebook.root, now), now))
    times = (time for one in judged for time in obligations.opened(one.state))
    known = [record.review for record in reviews.read_all(rulebook) if record.review]
    duties = list(obligations.visible(obligations.judge(rulebook, times, known, now), sight))
    told = findings.visible(judged, sight) if sight.computes("owner") else []
    today = calendar.moment(calendar.day_of(now), 1440) - now
    found = {
        item.key: item
        for within in (None, today)
        for item in (
            *map(_of_case, findings.find(told, now, within)),
            *map(_of_duty, obligations.find(duties, now, within)),
        )
    }
    return sorted(found.values(), key=lambda item: (item.due or now, item.key))


def _of_case(found: Finding) -> Item:
    verdict, judged = found.verdict, found.judged
    title = verdict.clock.title
    return Item(found.key, verdict.owner, judged.policy, found.status, verdict.due, title, judged.id, case=True)


def _of_duty(found: Duty) -> Item:
    policy, obligation, period, action = found.task
    subject = f"{period} {action.id}" if action else str(period)
    return Item(found.key, found.owner, policy, found.status, found.due, obligation.title, subject, case=False)
