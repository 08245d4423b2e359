"""Whether an extension takes effect (clocks.md 7)."""

from collections.abc import Callable

from caseledger import duration
from caseledger.calendar import Due
from caseledger.clock import Extension
from caseledger.duration import Duration
from caseledger.model import Event, instant_of


def extension_limit(event: Event) -> Duration | None:
    """The new total limit that an `extended` names."""
    try:
        return duration.parse(str(event.data.get("to")))
    except ValueError:
        return None


def unapproved(event: Event, rule: Extension) -> str:
    """Which approval the policy asks for is missing, "" if none."""
    if rule.approver:
        approval = event.data.get("approved_by")
        if not isinstance(approval, dict) or approval.get("as") != rule.approver:
            return "not-approved"
        if approval.get("by") == event.data.get("by"):
            return "self-approved"
    if rule.consumer_told:
        told = instant_of(event.data.get("consumer_told"))
        if told is None or told > event.at:
            return "consumer-not-told"
    return ""


def unfit(event: Event, rule: Extension, due: Due, count: Callable[[Duration], Due]) -> str:
    """Whether the new limit is none, beyond the maximum, or not later than `due`; `count` adds a limit to the start."""
    limit = extension_limit(event)
    if limit is None:
        return "no-limit"
    new = count(limit)
    if new.later_than(count(rule.max)):
        return "beyond-max"
    return "" if new.later_than(due) else "not-later"
