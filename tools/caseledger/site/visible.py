"""What an audience may see of a case: the one place where the site leaves out the rest, before anything is shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from caseledger import lifecycle, model
from caseledger.audience import COMPUTED, Sight
from caseledger.figures.facts import Facts
from caseledger.findings import Judged
from caseledger.site.rows import Row

ROW = {
    "language": "case.language", "market": "case.market", "channel": "case.channel", "category": "case.category",
    "demand": "case.demand", "sku": "case.product.sku", "supplier": "case.product.supplier",
    "related": "case.related", "watched": COMPUTED["due"], "paused": COMPUTED["due"],
    "breaches": COMPUTED["verdict"],
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

BLANK: Mapping[str, Any] = {
    "related": (), "watched": (), "paused": (), "opened": (), "breaches": 0, "outcome": None, "ended": None,
}  # fmt: skip
BLANK_FACTS: Mapping[str, Any] = {"parties": (), "deadlines": (), "visits": (), "payments": (), "ended": None}
"""What stands for a part that may not be seen; "" for any other."""


def rows(found: Sequence[Row], sight: Sight) -> list[Row]:
    """The rows without what the audience may not see."""
    hidden = _hidden(sight)
    seen = facts([row.facts for row in found], sight)
    if not hidden and all(one is row.facts for one, row in zip(seen, found, strict=True)):
        return list(found)
    return [replace(row, facts=one, **hidden) for row, one in zip(found, seen, strict=True)]


def facts(found: Sequence[Facts], sight: Sight) -> list[Facts]:
    """The facts without what the audience may not see."""
    blank, names, owners = _blanks(sight)
    if names and owners and not blank:
        return list(found)
    return [_facts(one, blank, names=names, owners=owners) for one in found]


def judged(found: Judged, sight: Sight) -> Judged:
    """A judged case as it may be shown; its verdicts are those of the whole."""
    data = sight.shown("case", found.state.case.data)
    if data == found.state.case.data:
        return found
    last = max(event.at for event in found.state.events)
    return replace(found, state=lifecycle.fold(model.case(data), last))


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
