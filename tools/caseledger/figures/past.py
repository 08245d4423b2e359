"""What figures need of cases that are gone: counts, as certificates of disposal hold them.

Sums alone are kept, none of which says what belongs to one case: the cases by month and kind, and beside them, of all
together, deadlines, return visits and payments. Put back among the facts of cases they add up to what was counted when
the cases were there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from caseledger.calendar import Calendar
from caseledger.figures.facts import ASPECTS, Deadline, Facts, Payment, Visit, facts
from caseledger.findings import Judged


def counts(cases: Iterable[tuple[Judged, Calendar]]) -> dict[str, list[dict[str, Any]]]:
    """What a certificate holds of ended cases."""
    known = [(judged, facts(judged, calendar)) for judged, calendar in cases]
    return {
        "cases": _counted("cases", (_case(judged, one) for judged, one in known)),
        "deadlines": _counted("deadlines", (_deadline(d) for _, one in known for d in one.deadlines if d.month)),
        "visits": _counted("visits", (_visit(visit) for _, one in known for visit in one.visits)),
        "payments": _sums(payment for _, one in known for payment in one.payments),
    }


def restored(found: Mapping[str, Any]) -> Iterator[Facts]:
    """As many facts as there were cases, which together say what the counts of a certificate say.

    Those of the first hold all deadlines, visits and payments: which belongs to which case is not known any more.
    """
    deadlines = tuple(
        Deadline(one["status"], one["profile"], one["clock"], one["owner"], one["month"])
        for one in found["deadlines"]
        for _ in range(one["deadlines"])
    )
    visits = tuple(
        Visit(one["month"], one["satisfaction"], tuple(one.get(name) for name in ASPECTS))
        for one in found["visits"]
        for _ in range(one["visits"])
    )
    payments = tuple(Payment(one["month"], one["currency"], one["value"]) for one in found["payments"])
    for one in found["cases"]:
        for _ in range(one["cases"]):
            yield Facts(
                profile=one["profile"],
                category=one["category"],
                received=_first(one["received"]),
                ended=_first(one["ended"]),
                nature=one.get("nature", ""),
                parties=tuple((party["party"], party.get("name", "")) for party in one.get("responsible", ())),
                deadlines=deadlines,
                visits=visits,
                payments=payments,
            )
            deadlines, visits, payments = (), (), ()


def _case(judged: Judged, one: Facts) -> dict[str, Any]:
    state, data = judged.state, judged.state.case.data
    outcome = state.ended.data.get("outcome") if state.ended else None
    parties = [{"party": party, **({"name": name} if name else {})} for party, name in one.parties]
    return {
        "received": f"{one.received:%Y-%m}",
        "ended": f"{one.ended:%Y-%m}",
        "profile": one.profile,
        "category": one.category,
        "channel": data["channel"],
        "grade": state.grade(judged.policy.default_grade),
        "state": state.state,
        **({"outcome": outcome} if outcome else {}),
        **({"nature": one.nature} if one.nature else {}),
        **({"responsible": parties} if parties else {}),
    }


def _deadline(one: Deadline) -> dict[str, Any]:
    return {"month": one.month, "profile": one.profile, "clock": one.clock, "owner": one.owner, "status": one.status}


def _visit(one: Visit) -> dict[str, Any]:
    scores = {name: score for name, score in zip(ASPECTS, one.aspects, strict=True) if score is not None}
    return {"month": one.month, "satisfaction": one.score, **scores}


def _counted(name: str, found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same things once, in their order, with how many there are of each."""
    kinds: dict[str, dict[str, Any]] = {}
    numbers: Counter[str] = Counter()
    for one in found:
        key = repr(one)
        kinds[key] = one
        numbers[key] += 1
    return [{**kinds[key], name: numbers[key]} for key in sorted(kinds)]


def _sums(found: Iterable[Payment]) -> list[dict[str, Any]]:
    sums: dict[tuple[str, str], Decimal] = {}
    for one in found:
        key = one.month, one.currency
        sums[key] = sums.get(key, Decimal()) + Decimal(one.value)
    return [
        {"month": month, "currency": currency, "value": f"{value:f}"}
        for (month, currency), value in sorted(sums.items())
    ]


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
