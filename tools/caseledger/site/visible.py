"""What an audience may see of a case: the one place where the site leaves out the rest, before anything is shown."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from typing import Any

from caseledger import lifecycle, model, schema
from caseledger.audience import COMPUTED, Sight, sees_all
from caseledger.clocks import Verdict
from caseledger.disposals import Disposals
from caseledger.figures.facts import Facts
from caseledger.findings import Judged, visible_verdict
from caseledger.holds import Holds
from caseledger.language import Text
from caseledger.people import People
from caseledger.problem import Problem
from caseledger.rules import every
from caseledger.seals import Archive
from caseledger.site import timed
from caseledger.site.rows import Row

ROW = {
    "language": "case.language", "market": "case.market", "channel": "case.channel", "category": "case.category",
    "demand": "case.demand", "sku": "case.product.sku", "supplier": "case.product.supplier",
    "related": "case.related", "watched": COMPUTED["due"], "paused": COMPUTED["due"],
    "breaches": COMPUTED["verdict"], "appraisals": "case.events.appraised.published",
    "opened": COMPUTED["received"], "timed": COMPUTED["due"],
    **{name: COMPUTED[name] for name in ("policy", "summary", "state", "grade", "outcome", "received", "ended")},
    "id": COMPUTED["case"], "kept_until": COMPUTED["kept_until"],
}  # fmt: skip
FACTS = {
    "profile": "case.policy", "category": "case.category", "received": COMPUTED["received"],
    "ended": COMPUTED["ended"], "nature": "case.events.investigated.nature",
    "parties": "case.events.investigated.responsible.party", "deadlines": COMPUTED["verdict"],
    "visits": "case.events.followed-up.satisfaction", "payments": "case.events.executed.dispositions.amount",
}  # fmt: skip
"""The field for whose audience each part of a row, and of its facts, is."""
NAMES = "case.events.investigated.responsible.name"
OWNER = COMPUTED["owner"]

COMMON = frozenset({"at", "recorded", "type", "by", "as", "note"})
"""Fields of every event."""

BLANK: Mapping[str, Any] = {
    "related": (), "watched": (), "paused": (), "opened": (), "breaches": 0, "outcome": None, "ended": None,
    "kept_until": None, "timed": timed.NOTHING, "appraisals": (),
}  # fmt: skip
BLANK_FACTS: Mapping[str, Any] = {"parties": (), "deadlines": (), "visits": (), "payments": (), "ended": None}
"""What stands for a part that may not be seen; "" for any other."""


def rows(found: Sequence[Row], sight: Sight) -> list[Row]:
    """The rows without what the audience may not see."""
    hidden = _hidden(sight)
    seen = facts([row.facts for row in found], sight)
    if not hidden and all(one is row.facts for one, row in zip(seen, found, strict=True)):
        return list(found)
    shown = (replace(row, facts=one, **hidden) for row, one in zip(found, seen, strict=True))
    return list(shown if sight.computes("owner") else map(_without_owners, shown))


def facts(found: Sequence[Facts], sight: Sight) -> list[Facts]:
    """The facts without what the audience may not see."""
    blank, names, owners = _blanks(sight)
    if names and owners and not blank:
        return list(found)
    return [_facts(one, blank, names=names, owners=owners) for one in found]


def judged(found: Judged, sight: Sight) -> Judged:
    """A judged case as it may be shown; what its clocks say follows from the whole."""
    if sees_all(sight, "case"):
        return found
    data = _shapely(sight.shown("case", found.state.case.data), found.state.case.data)
    verdicts = [visible_verdict(verdict, sight) for verdict in found.verdicts]
    last = max(event.at for event in found.state.events)
    state = lifecycle.fold(model.case(data), last)
    told = {event.index for event in state.events if event in found.state.events}
    return found._replace(state=state, verdicts=tuple(_explained(verdict, told) for verdict in verdicts))


def problems(found: Sequence[Problem], sight: Sight) -> list[Problem]:
    """What is wrong with cases; where some field may not be seen, a message may name its value, so the rule speaks."""
    if sees_all(sight, "case"):
        return list(found)
    said = {rule.code: rule.meaning for rule in every.ALL}
    return [one._replace(message=Text(said[one.code])) if one.code in said else one for one in found]


def archive(found: Archive, sight: Sight) -> Archive:
    """The archive without the kinds of files of which something may not be seen."""
    return replace(
        found,
        by_case=found.by_case if sees_all(sight, "archive") else {},
        holds=holds(found.holds, sight),
        disposals=found.disposals if sees_all(sight, "certificate", frozenset({"consumers"})) else Disposals(),
    )


def people(found: People, sight: Sight) -> People:
    """The people, each called by their key where names may not be seen."""
    if sight.sees("people", "people.*.name"):
        return found
    return People({key: person._replace(name=key) for key, person in found.persons.items()})


def holds(found: Holds, sight: Sight) -> Holds:
    """The legal holds, none where something of them may not be seen."""
    return found if sees_all(sight, "holds") else Holds()


def _explained(verdict: Verdict, told: Set[int]) -> Verdict:
    """A verdict without its story where an event in it may not be seen as a whole."""
    return verdict if all(step.event.index in told for step in verdict.steps) else verdict._replace(steps=())


def _shapely(shown: Any, data: Mapping[str, Any]) -> Any:
    """What is left of a case, without the values that have no longer the shape that pages count on."""
    if shown == data:
        return shown
    head = {name: value for name, value in shown.items() if name == "events" or _fits("", name, value)}
    events = (event for event in shown.get("events", ()) if "at" in event and "type" in event)
    return {**head, "events": [_event(event) for event in events]}


def _event(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event, of its lists the items that are whole, of its other fields those that are."""
    kind, kept = event.get("type", ""), {}
    for name, value in event.items():
        found = value
        if isinstance(value, list) and not _fits(kind, name, value):
            found = [item for item in value if _fits(kind, name, [item])]
        if name in COMMON or _fits(kind, name, found):
            kept[name] = found
    return kept


def _fits(event: str, name: str, value: Any) -> bool:
    """Whether the value of a field of a case, or of one of its events, has the shape that the schema asks for."""
    part = schema.event_fields(event)[1].get(name) if event else schema.field("case", name)
    return not isinstance(value, list | Mapping) or not part or schema.fits("case", part, value)


def _without_owners(row: Row) -> Row:
    """A row that does not say for whom to act its clocks are."""
    watched = tuple(replace(clock, owner="", steps=()) for clock in row.watched)
    paused = tuple(clock._replace(owner="") for clock in row.paused)
    return replace(row, watched=watched, paused=paused, timed=timed.without_owners(row.timed))


def _facts(facts: Facts, blank: Mapping[str, Any], *, names: bool, owners: bool) -> Facts:
    parties = facts.parties if names else tuple(dict.fromkeys((party, "") for party, _ in facts.parties))
    deadlines = facts.deadlines if owners else tuple(one._replace(owner="") for one in facts.deadlines)
    return facts._replace(**{"parties": parties, "deadlines": deadlines, **blank})


@cache
def _hidden(sight: Sight) -> Mapping[str, Any]:
    """What stands for the parts of rows that may not be seen."""
    return {name: BLANK.get(name, "") for name in _unseen(ROW, sight)}


@cache
def _blanks(sight: Sight) -> tuple[Mapping[str, Any], bool, bool]:
    """What stands for the parts of facts that may not be seen; whether names and owners may."""
    blank = {name: BLANK_FACTS.get(name, "") for name in _unseen(FACTS, sight)}
    return blank, sight.sees(*NAMES.split(".", 1)), sight.sees(*OWNER.split(".", 1))


def _unseen(sources: Mapping[str, str], sight: Sight) -> Iterator[str]:
    return (name for name, field in sources.items() if not sight.sees(*field.split(".", 1)))
