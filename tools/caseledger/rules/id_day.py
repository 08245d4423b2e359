"""The day in the id is the day of receipt."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "id-day",
    N_("The day in the id is not the day on which the complaint was received, in the time zone of the calendar."),
    N_("Check the time of receipt and its offset; if they are right, give the case and its file a new id."),
    "id: C-20261103-7K3QD\nevents:\n  - at: 2026-11-04T09:12:00+08:00\n    type: received",
)


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """The id if the complaint was received on another day; a later correction of that time leaves the id alone."""
    if context.received:
        day = law.day(context.received)
        if context.case.id[2:10] != day.replace("-", ""):
            zone = law.calendar.zone.key
            message = Text(
                N_("The complaint was received on {day} ({zone}), the id says otherwise."), day=day, zone=zone
            )
            yield context.problem(RULE, ("id",), message)
