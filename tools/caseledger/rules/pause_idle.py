"""Information is asked for once, and received once asked for (clocks.md 5)."""

from collections.abc import Iterator

from caseledger import lifecycle
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext

RULE = Rule(
    "pause-idle",
    N_("A request pauses what is paused already, or an answer resumes what was not paused; it changes nothing."),
    N_("Record one information-requested and one information-received for each wait; the rest goes into a note."),
    "- type: information-requested\n  what: A picture\n- type: information-requested\n  what: A picture, again",
)


def check(context: CaseContext) -> Iterator[Problem]:
    """Every request and every answer that changes nothing, corrections applied."""
    _, idle = lifecycle.waits(context.state.events)
    for event in idle:
        if event.type == "information-requested":
            message = Text(N_("The case waits for the complainant already; a second request changes nothing."))
        else:
            message = Text(N_("The case was not waiting for the complainant; the answer changes nothing."))
        yield context.at_event(RULE, event, "type", message=message)
