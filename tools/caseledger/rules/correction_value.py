"""A corrected event is still an event, in its place in time."""

from collections.abc import Iterator
from dataclasses import dataclass

from caseledger import schema
from caseledger.language import N_, Text
from caseledger.model import Event
from caseledger.problem import Place, Problem, Rule
from caseledger.rules.context import CaseContext
from caseledger.yamltext import Document

RULE = Rule(
    "correction-value",
    N_("A correction would make an event wrong."),
    N_("Write under set the keys of that event with values that it may have; null takes away a key that it may lack."),
    "- type: corrected\n  event: {at: 2026-11-03T09:12:00+08:00, type: graded}\n  set: {grade: null}",
)


@dataclass(frozen=True)
class _Corrected(Document):
    """A corrected event by itself; its values stand in the event or in its corrections."""

    context: CaseContext
    event: Event

    def place(self, *steps: str | int, key: bool = False) -> Place:
        return self.context.document.place(*self.context.source(self.event, *steps), key=key)


def check(context: CaseContext) -> Iterator[Problem]:
    """Every corrected event that has lost its shape, or has moved to before the receipt or after its correction."""
    document = context.document
    for written, event in zip(context.case.events, context.corrected, strict=True):
        if event is not written:
            view = _Corrected(document.path, document.raw, document.text, event.data, context, event)
            for problem in schema.problems("event", view):
                message = Text(
                    N_("Corrected so, {type} of {at} would be wrong: {detail}"),
                    type=event.type,
                    at=written.data["at"],
                    detail=problem.message,
                )
                yield RULE.problem(document.path, problem.place, message, problem.hint)
            if event.at != written.at:
                yield from _moved(context, event)


def _moved(context: CaseContext, event: Event) -> Iterator[Problem]:
    """What is wrong with the new time of an event."""
    if any(event.at > c.at for c in context.corrections(event) if "at" in c.data["set"]):
        message = Text(N_("{type} cannot have happened after its correction."), type=event.type)
        yield context.at_event(RULE, event, "at", message=message)
    first, *later = context.corrected
    before = next((other for other in later if other.at < first.at), None)
    if before and event in (first, before):
        message = Text(N_("Corrected so, {type} would come before the receipt."), type=before.type)
        yield context.at_event(RULE, event, "at", message=message)
