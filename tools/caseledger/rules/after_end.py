"""After the end of a case hardly anything may follow."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.model import AFTER_END, ENDS, Event
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext

RULE = Rule(
    "after-end",
    N_("An event follows the end of the case that may not follow it."),
    N_("If the case goes on, record reopened first; else write a note."),
    "- type: closed\n  outcome: resolved\n- type: executed",
)


def check(context: CaseContext) -> Iterator[Problem]:
    """Every event after the end, until `reopened`, that is none of those that may follow."""
    end: Event | None = None
    for event in context.case.events:
        if event.type == "reopened":
            end = None
        elif end and event.type not in AFTER_END:
            message = Text(
                N_("{type} cannot follow: the case ended with {end} of {at}."),
                type=event.type,
                end=end.type,
                at=end.data["at"],
            )
            yield context.at_event(RULE, event, "type", message=message)
        if event.type in ENDS:
            end = event
