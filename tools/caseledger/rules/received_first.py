"""A case begins with `received`, and is received once."""

from collections.abc import Iterator

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext

RULE = Rule(
    "received-first",
    N_("The first event is not received, or a later one is."),
    N_("Begin the list of events with received, and write it once; a case that starts anew has reopened."),
    "events:\n  - type: verified",
)


def check(context: CaseContext) -> Iterator[Problem]:
    """The first event if it is not `received`, and every later one that is."""
    first, *later = context.case.events
    if first.type != "received":
        message = Text(N_("The first event is {type}, but must be received."), type=first.type)
        yield context.at_event(RULE, first, "type", message=message)
    for event in later:
        if event.type == "received":
            yield context.at_event(RULE, event, "type", message=Text(N_("The case is received a second time.")))
