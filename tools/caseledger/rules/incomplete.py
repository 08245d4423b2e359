"""What must be known before an event may be recorded is known."""

from collections.abc import Iterator

from caseledger.condition import NONE, Fact, Value
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.progress import is_own
from caseledger.rules.context import CaseContext, Law

RULE = Rule(
    "incomplete",
    N_("An event lacks what the policy wants known before it, for a case of this kind."),
    N_("Record first what is missing; the policy says so under conditions."),
    "- type: graded\n  grade: major\n- type: closed\n  outcome: resolved\n# no root_cause in investigated",
)


def check(context: CaseContext, law: Law) -> Iterator[Problem]:
    """Every event that lacks something, once for each condition of the policy that wants it."""
    for event, progress in context.passage(law.policy):
        for condition, _, missing in progress.lacks(event.type, event.data):
            message = Text(
                N_("{type} needs, by article {clause}: {missing}."),
                type=event.type,
                clause=condition.clause,
                missing=", ".join(map(str, missing)),
            )
            yield context.at_event(RULE, event, "type", message=message, hint=_hint(event.type, missing))


def _hint(event_type: str, missing: tuple[Fact, ...]) -> Text:
    """What to write, for each kind of thing that is missing."""
    own = [_field(f) for f in missing if isinstance(f, Value) and is_own(f, event_type)]
    other = [f for f in missing if isinstance(f, Value) and f.event and not is_own(f, event_type)]
    head = [f.path for f in missing if isinstance(f, Value) and not f.event]
    events = [str(f) for f in missing if not isinstance(f, Value)]
    said = [Text(N_("Write {fields} with it."), fields=", ".join(own))] if own else []
    said += [Text(N_("Record first: {events}."), events=", ".join(events))] if events else []
    said += [Text(N_("Write {fields} into the head of the case."), fields=", ".join(head))] if head else []
    for event in dict.fromkeys(f.event for f in other):
        said.append(_mend(str(event), [f for f in other if f.event == event]))
    return _joined(said)


def _mend(event: str, facts: list[Value]) -> Text:
    fields = ", ".join(map(_field, facts))
    if all(f.wanted == (NONE,) for f in facts):
        return Text(N_("Record {type} once more, without {fields}, or reopen the case."), type=event, fields=fields)
    return Text(
        N_("Record {type} with {fields}; if it is on record, mend it with a corrected event."),
        type=event,
        fields=fields,
    )


def _field(fact: Value) -> str:
    """The field of an event without the event's type, with what it is wanted to be."""
    path = fact.path.partition(".")[2]
    return path if fact.wanted == (NONE,) else str(fact)[len(fact.path) - len(path) :]


def _joined(texts: list[Text]) -> Text:
    first, *rest = texts
    for text in rest:
        first = Text(N_("{first} {next}"), first=first, next=text)
    return first
