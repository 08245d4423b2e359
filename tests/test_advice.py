"""Which grade a policy's criteria speak for, which cases are alike, and which form clusters."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger import lifecycle, model, occurrence, policy, rates
from caseledger.advice import Advice, Adviser, of_key
from caseledger.clusters import clusters
from caseledger.language import LANGUAGES
from caseledger.occurrence import Key, Occurrence, Occurrences
from caseledger.policy import Policy
from caseledger.rates import Rates
from caseledger.yamltext import read

ROOT = Path(__file__).parents[1]
FIRST = datetime(2026, 11, 3, 1, 12, tzinfo=UTC)
LATER = FIRST + timedelta(days=365)
RATES = rates.load("CNY", {"rates": {"NOK": [{"from": "2026-01-01", "rate": "0.7"}]}})
ZIP = {"sku": "BP-22-GR", "batch": "0312", "supplier": "S-017"}
A30 = timedelta(days=30)


def quality() -> Policy:
    return policy.load(read((ROOT / "policy/quality/2023-01-01/policy.yml").read_bytes(), "policy.yml").data)


def at(hours: float) -> str:
    return (FIRST + timedelta(hours=hours)).isoformat(timespec="seconds")


def case(name: str = "C-20261103-00000", hours: float = 0, *events: dict[str, Any], **header: Any) -> Occurrence:
    """A case received some hours after the first; each event says how many hours after that it happened."""
    data = {
        "id": name,
        "policy": "quality@2023-01-01",
        "category": "product-quality",
        **header,
        "events": [{"at": at(hours), "type": "received"}, *({**e, "at": at(hours + e["at"])} for e in events)],
    }
    found = occurrence.of(lifecycle.fold(model.case(data), LATER))
    assert found
    return found


def investigated(hours: float, nature: str = "product-defect") -> dict[str, Any]:
    return {"at": hours, "type": "investigated", "nature": nature}


def advise(one: Occurrence, *others: Occurrence, known: Rates = RATES, when: datetime = LATER) -> Advice:
    return Adviser(Occurrences([one, *others]), known).advise(quality(), one, "2026-11-03", when)


def said(advice: Advice) -> list[tuple[str, str, str]]:
    return [(reason.criterion, reason.grade, reason.text.to("en")) for reason in advice.reasons]


@pytest.mark.parametrize(
    ("value", "currency", "day", "expected"),
    [
        ("499.00", "CNY", "2020-01-01", Decimal("499.00")),
        ("10", "NOK", "2025-12-31", None),
        ("10", "NOK", "2026-01-01", Decimal("7.0")),
        ("10", "EUR", "2026-06-30", Decimal("75.0")),
        ("1", "EUR", "2026-07-01", Decimal(8)),
        ("1", "USD", "2026-07-01", None),
    ],
)
def test_a_rate_holds_from_its_first_day(value: str, currency: str, day: str, expected: Decimal | None) -> None:
    euro = [{"from": "2026-01-01", "rate": "7.5"}, {"from": "2026-07-01", "rate": "8"}]
    known = rates.load("CNY", {"rates": {"EUR": euro, "NOK": [{"from": "2026-01-01", "rate": "0.7"}]}})
    assert known.value((value, currency), day) == expected


def test_an_amount_is_exact() -> None:
    known = rates.load("CNY", {"rates": {"EUR": [{"from": "2026-01-01", "rate": "1234567.12345678"}]}})
    assert known.value(("999999999999.9999", "EUR"), "2026-01-01") == Decimal("1234567123456779876.543287654322")


def test_without_a_company_currency_nothing_is_converted() -> None:
    known = rates.load(None, {"rates": {"NOK": [{"from": "2026-01-01", "rate": "0.7"}]}})
    assert known.value(("10", "NOK"), "2026-06-01") is None


def test_nothing_speaks_for_a_graver_grade() -> None:
    assert advise(case(order={"amount": {"value": "499.00", "currency": "NOK"}})) == Advice(None, (), ())


@pytest.mark.parametrize(
    ("value", "currency", "expected"),
    [
        ("1999.99", "CNY", []),
        ("2000", "CNY", [("amount", "important", "The order's amount is 2000 CNY; it counts from 2000 CNY.")]),
        ("2857.14", "NOK", []),
        (
            "2857.15",
            "NOK",
            [
                (
                    "amount",
                    "important",
                    "The order's amount is 2857.15 NOK, that is 2000.01 CNY; it counts from 2000 CNY.",
                )
            ],
        ),
        ("20000.0", "CNY", [("amount", "major", "The order's amount is 20000.0 CNY; it counts from 20000 CNY.")]),
    ],
)
def test_an_amount_counts_from_the_limit_of_the_gravest_grade(
    value: str, currency: str, expected: list[tuple[str, str, str]]
) -> None:
    advice = advise(case(order={"amount": {"value": value, "currency": currency}}))
    assert said(advice) == expected
    assert advice.grade == (expected[0][1] if expected else None)


def test_a_currency_without_a_rate_is_said_and_not_guessed() -> None:
    advice = advise(case(order={"amount": {"value": "999999", "currency": "USD"}}))
    assert advice.grade is None
    assert [text.to("en") for text in advice.unknown] == [
        "No rate of USD is known for 2026-11-03: the order's amount is not compared."
    ]


def test_every_criterion_gives_its_reason_the_gravest_first() -> None:
    advice = advise(case(public_opinion=True, safety=True, order={"amount": {"value": "3000", "currency": "CNY"}}))
    assert advice.grade == "major"
    assert said(advice) == [
        ("public-opinion", "major", "Press or social media have taken it up."),
        ("amount", "important", "The order's amount is 3000 CNY; it counts from 2000 CNY."),
        ("safety", "important", "People may be hurt or things damaged."),
    ]


def test_similar_cases_are_named() -> None:
    others = [case(f"C-20261104-0000{n}", 24 + n, product=ZIP) for n in range(2)]
    assert said(advise(case(product=ZIP), *others)) == [
        (
            "similar",
            "important",
            "3 cases of SKU BP-22-GR with the same category within 30 days of this one; they count from 3."
            " The others: C-20261104-00000, C-20261104-00001.",
        )
    ]


def test_many_similar_cases_are_counted_and_not_all_named() -> None:
    mine = case("C-20261103-00000", 0, investigated(1), product={"supplier": "S-017"})
    others = [case(f"C-20261104-0000{n}", 24 + n, investigated(9), product=ZIP) for n in range(9)]
    advice = advise(mine, *others)
    assert advice.grade == "major"
    assert said(advice)[0][2] == (
        "10 cases of supplier S-017 with the nature “Product defect” within 30 days of this one; they count from 5."
        " The others: C-20261104-00000, C-20261104-00001, C-20261104-00002, C-20261104-00003, C-20261104-00004,"
        " C-20261104-00005, C-20261104-00006, C-20261104-00007 and 1 more."
    )
    assert len(advice.reasons[0].cases) == 10
    quick = Adviser(Occurrences([mine, *others]), RATES, exact=False).advise(quality(), mine, "2026-11-03", LATER)
    assert [(r.criterion, r.grade) for r in quick.reasons] == [("similar", "major")]


def similar(one: Occurrence, *others: Occurrence, when: datetime = LATER) -> list[str]:
    found = Occurrences([one, *others]).similar(one, A30, when)
    return [other.case for other in found.cases] if found else []


def test_cases_are_alike_within_the_window_before_and_after() -> None:
    hours = 30 * 24
    mine, edge = case("a", 0, product=ZIP), case("b", hours, product=ZIP)
    beyond = case("c", hours + 0.001, product=ZIP)
    assert similar(mine, edge, beyond) == ["a", "b"]
    assert similar(edge, mine, beyond) == ["a", "b", "c"]


def test_what_was_not_known_yet_does_not_count() -> None:
    mine, other = case("a", 0, product=ZIP), case("b", 5, investigated(10, "misuse"), product=ZIP)
    assert similar(mine, other, when=FIRST + timedelta(hours=4)) == ["a"]
    assert similar(mine, other, when=FIRST + timedelta(hours=5)) == ["a", "b"]


def test_natures_decide_once_both_are_investigated() -> None:
    mine = case("a", 0, investigated(1, "misuse"), investigated(20, "product-defect"), product=ZIP)
    defect = case("b", 2, investigated(10), product=ZIP)
    unknown = case("c", 3, product=ZIP)
    parcel = case("d", 4, product=ZIP, category="packaging")
    assert similar(mine, defect, unknown, parcel, when=FIRST + timedelta(hours=11)) == ["a", "b", "c"]
    assert similar(mine, defect, unknown, parcel, when=FIRST + timedelta(hours=12)) == ["a", "c"]
    assert similar(mine, defect, unknown, parcel, when=FIRST + timedelta(hours=20)) == ["a", "b", "c"]


def test_declined_and_unfounded_cases_do_not_count() -> None:
    mine = case("a", 0, product=ZIP)
    declined = case("b", 1, {"at": 1, "type": "declined", "reason": "Not ours."}, product=ZIP)
    unfounded = case("c", 1, investigated(1, "unfounded"), product=ZIP)
    assert similar(mine, declined, unfounded, when=FIRST + timedelta(hours=1.5)) == ["a", "b", "c"]
    assert similar(mine, declined, unfounded) == ["a"]


def test_a_batch_is_that_of_its_supplier() -> None:
    mine = case("a", 0, product={"batch": "0312", "supplier": "S-017"})
    other = case("b", 0, product={"batch": "0312", "supplier": "S-018"})
    assert similar(mine, other) == ["a"]
    nameless = [case(name, 0, product={"batch": "0312"}) for name in "cd"]
    assert similar(*nameless) == ["c", "d"]
    assert [of_key(key).to("en") for key in [*mine.keys, *nameless[0].keys]] == [
        "batch 0312 of supplier S-017",
        "supplier S-017",
        "batch 0312",
    ]


def test_a_case_without_goods_is_like_no_other() -> None:
    assert similar(case("a"), case("b")) == []


def test_a_cluster_is_a_run_without_a_long_gap() -> None:
    days = (0, 30, 60, 91, 200, 229)
    found = [case(f"c{n}", 24 * day, investigated(1), product=ZIP) for n, day in enumerate(days)]
    made = clusters(found, A30, LATER)
    assert [(c.problem, [one.case for one in c.cases]) for c in made] == [
        (("nature", "product-defect"), ["c0", "c1", "c2"]),
        (("nature", "product-defect"), ["c4", "c5"]),
    ]
    assert made[0].keys == (Key("sku", "BP-22-GR"), Key("batch", "0312", "S-017"), Key("supplier", "S-017"))


def test_a_case_not_yet_investigated_joins_the_natures_of_its_category() -> None:
    cases = [
        case("defect", 0, investigated(1), product={"sku": "X"}),
        case("misuse", 1, investigated(1, "misuse"), product={"sku": "X"}),
        case("open", 2, product={"sku": "X"}),
        case("parcel", 3, product={"sku": "X"}, category="packaging"),
        case("late", 24 * 60, product={"sku": "X"}),
        case("later", 24 * 61, product={"sku": "X"}),
    ]
    assert [(c.problem, [one.case for one in c.cases]) for c in clusters(cases, A30, LATER)] == [
        (("category", "product-quality"), ["late", "later"]),
        (("nature", "misuse"), ["misuse", "open"]),
        (("nature", "product-defect"), ["defect", "open"]),
    ]
    assert clusters(cases, A30, FIRST) == []


@st.composite
def cases(draw: st.DrawFn) -> list[Occurrence]:
    """Cases of few goods within some weeks, some investigated."""
    found = []
    for number in range(draw(st.integers(2, 12))):
        goods = {
            name: draw(st.sampled_from(values))
            for name, values in (("sku", "XY"), ("batch", "12"), ("supplier", "ST"))
            if draw(st.booleans())
        }
        natures = draw(st.lists(st.sampled_from(["product-defect", "misuse", "unfounded"]), max_size=2))
        events = [investigated(50 * (place + 1), nature) for place, nature in enumerate(natures)]
        hours = draw(st.integers(0, 80)) * 24
        category = draw(st.sampled_from(["product-quality", "packaging"]))
        found.append(case(f"c{number:02}", hours, *events, product=goods, category=category))
    return found


def alike(one: Occurrence, other: Occurrence, at: datetime) -> bool:
    """Whether both have the same nature, or the same category while one is not investigated."""
    mine, its = one.nature(at), other.nature(at)
    return mine == its if mine and its else one.category == other.category


@given(cases(), st.integers(0, 100), st.integers(1, 40))
def test_similar_cases_are_those_found_one_by_one(found: list[Occurrence], day: int, days: int) -> None:
    when, window = FIRST + timedelta(days=day), timedelta(days=days)
    index = Occurrences(found)
    for one in found:
        counts = [
            sum(
                key in other.keys
                and other.received <= when
                and abs(other.received - one.received) <= window
                and other.counts(when)
                and alike(one, other, when)
                for other in found
            )
            for key in one.keys
        ]
        similar = index.similar(one, window, when)
        assert (len(similar.cases) if similar else 0) == max(counts, default=0)
        quick = index.similar(one, window, when, enough=2)
        assert (quick is not None and len(quick.cases) == 2) == (max(counts, default=0) >= 2)


@given(cases(), st.integers(1, 40))
def test_clusters_hold_every_pair_of_neighbours(found: list[Occurrence], days: int) -> None:
    window = timedelta(days=days)
    made = clusters(found, window, LATER)
    assert [len(c.cases) for c in made] == sorted((len(c.cases) for c in made), reverse=True)
    for cluster in made:
        received = [one.received for one in cluster.cases]
        assert all(b - a <= window for a, b in pairwise(received))
        assert all(key in one.keys for key in cluster.keys for one in cluster.cases)
    together = [(set(c.keys), {one.case for one in c.cases}) for c in made]
    for one in found:
        for other in found:
            near = abs(one.received - other.received) <= window
            both = one.case < other.case and one.counts(LATER) and other.counts(LATER)
            if both and near and alike(one, other, LATER):
                for key in set(one.keys) & set(other.keys):
                    assert any(key in keys and {one.case, other.case} <= names for keys, names in together)


def test_reasons_are_said_in_both_languages() -> None:
    advice = advise(case(public_opinion=True, product=ZIP), *(case(f"C-{n}", n, product=ZIP) for n in range(3)))
    for language in LANGUAGES:
        assert all(reason.text.to(language) for reason in advice.reasons)
