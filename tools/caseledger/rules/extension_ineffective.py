"""An extension that leaves the due time as it was is an error of the case (clocks.md 7)."""

from collections.abc import Iterator

from caseledger import clocks
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "extension-ineffective",
    N_("An extension has no effect: the due time stays as it was."),
    N_("Extend in time, with the approval and the word to the consumer that the policy asks for; else write a note."),
    "- type: extended\n  clock: disposition\n  to: 10 wd\n  approved_by: null  # the policy wants management",
)

_REASONS = {
    "not-extendable": N_("The policy does not let {clock} be extended."),
    "not-started": N_("{clock} was not running yet."),
    "stopped": N_("{clock} had stopped already."),
    "past-due": N_("{clock} was past its due time already: an extension comes before."),
    "paused": N_("{clock} was paused; it can be extended once the complainant has answered."),
    "not-approved": N_("The approval of {approver} is missing; approved_by says who gave it and as what."),
    "self-approved": N_("Who records an extension cannot approve it: approved_by must name somebody else."),
    "consumer-not-told": N_("The consumer was not told before; consumer_told must be at or before at."),
    "no-limit": N_("The new limit is no duration; write it like 10 wd."),
    "beyond-max": N_("{to} is more than the policy allows: at most {max} from the start of {clock}."),
    "not-later": N_("{to} from the start of {clock} gives no later due time."),
}


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """Every extension of a clock of the policy that has no effect, with the condition that failed."""
    if not any(event.type == "extended" for event in context.case.events):
        return
    for step in clocks.ineffective_extensions(context.state, law.policy, law.calendar):
        clock = law.policy.clock(step.event.data["clock"])
        rule = clock.extension if clock else None
        message = Text(
            _REASONS[step.reason],
            clock=step.event.data["clock"],
            to=str(step.event.data.get("to")),
            max=str(rule.max) if rule else "",
            approver=(rule.approver or "") if rule else "",
        )
        yield context.at_event(RULE, step.event, message=message)
