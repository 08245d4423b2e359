"""A correction names an event that stands above it."""

from collections.abc import Iterator

from caseledger import lifecycle
from caseledger.language import N_, Text
from caseledger.model import Event
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext

RULE = Rule(
    "correction-target",
    N_("A correction names no event that stands above it."),
    N_("Copy at and type of the event as they stand in the file."),
    "- at: 2026-11-03T09:12:00+08:00\n  type: received\n"
    "- type: corrected\n  event: {at: 2026-11-03T09:21:00+08:00, type: received}",
)


def check(context: CaseContext) -> Iterator[Problem]:
    """Every `corrected` whose `event` is not in the file, or stands below it."""
    for event in context.events:
        if event.type == "corrected":
            target = lifecycle.corrected_event(context.case, event)
            if target is None:
                yield _unknown(context, event)
            elif target.index >= event.index:
                message = Text(N_("The event that is corrected stands below the correction."))
                yield context.at_event(RULE, event, "event", message=message)


def _unknown(context: CaseContext, event: Event) -> Problem:
    named = event.data["event"]
    times = ", ".join(e.data["at"] for e in context.case.events[: event.index] if e.type == named["type"])
    message = Text(N_("The file has no {type} of {at}."), type=named["type"], at=named["at"])
    hint = Text(N_("{type} stands there with: {times}."), type=named["type"], times=times) if times else None
    return context.at_event(RULE, event, "event", message=message, hint=hint)
