"""What a rule may look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from caseledger.calendar import Calendar
from caseledger.language import Text
from caseledger.lifecycle import CaseState
from caseledger.model import Case, Event
from caseledger.people import People
from caseledger.policy import Policy
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document


@dataclass(frozen=True)
class CaseContext:
    """One case file of the right shape, with all that judges it.

    `policy` and `calendar` are None where the case names none that there is. `case` has the events as they stand in the
    file, `state` those known at `now` with their corrections applied. `exists` tells whether there is a case of an id.
    """

    document: Document
    case: Case
    state: CaseState
    policy: Policy | None
    calendar: Calendar | None
    people: People
    now: datetime
    exists: Callable[[str], bool]

    def problem(
        self, rule: Rule, steps: Sequence[str | int], message: Text, *, hint: Text | None = None, key: bool = False
    ) -> Problem:
        """A finding at the value (or its key) that `steps` lead to."""
        return rule.problem(self.document.path, self.document.place(*steps, key=key), message, hint)

    def at_event(self, rule: Rule, event: Event, *steps: str | int, message: Text, hint: Text | None = None) -> Problem:
        """A finding at a value of one event."""
        return self.problem(rule, ("events", event.index, *steps), message, hint=hint)
