"""The cheap looks that come before the search for personal data never say no where the search finds something."""

import re
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from caseledger.leaks import Kind, Leak, addresses, digits, finding, leaks, mails_and_links, online, plainly, streets
from tests.test_leaks import lines

SAMPLES = lines()
MARKETS = sorted({line.market for line in SAMPLES} | digits.IDENTITIES.keys())
FAMILIES = (*streets.LATIN, *streets.OTHERS)
SIGNS = "".join({*string.printable, *"Çığİß东京가", *"".join(family.pattern for family in FAMILIES), *"ätсобакаточка"})
"""What addresses are written with."""
NOISE = st.text(st.sampled_from("\n\n  .,;:()[]«„-–/+@|0179AaXzäßØıİſ①５＠号路로市شд\u00a0\u0307"), max_size=12)
PHRASES = ["C-20261103-7K3QD", " https://example.com/2026?a=1 ", " GB 18401-2010", " 2026-11-03 ", " call ", " order "]
AROUND = NOISE | st.sampled_from(PHRASES)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Samples with noise around, or a sample with a sign of noise in it."""
    parts = [draw(st.sampled_from(SAMPLES)).text for _ in range(draw(st.integers(1, 3)))]
    text = "".join(draw(AROUND) + part.upper() if draw(st.booleans()) else draw(AROUND) + part for part in parts)
    cut = draw(st.integers(0, len(text)))
    return text[:cut] + draw(AROUND) + text[cut:]


def searched(text: str, market: str) -> set[Leak]:
    """What the search finds in a text without a look before it."""
    plain = plainly(text)
    return {
        *online.mails(plain),
        *online.links(plain),
        *digits.numbers(online.without_links(plain), market, frozenset()),
    }


def searched_addresses(text: str) -> set[Leak]:
    """The addresses of all ways of writing."""
    plain = plainly(text)
    return {Leak(Kind.ADDRESS, one[0].strip()) for family in FAMILIES for one in family.address.finditer(plain)}


@given(texts(), st.sampled_from(MARKETS))
@example("call 0171 39 https://example.com 200 12", "DE")
def test_whatever_the_search_finds_is_found_behind_the_looks(text: str, market: str) -> None:
    assert set(leaks(text, market)) == searched(text, market)
    assert set(addresses(plainly(text))) == searched_addresses(text)


@pytest.mark.parametrize(
    ("market", "shape"),
    [(market, shape) for market, shapes in digits.IDENTITIES.items() for _, shape in (*shapes, *digits.CHINA)],
)
@settings(max_examples=40)
@given(data=st.data())
def test_every_form_of_an_identity_number_is_looked_at(data: st.DataObject, market: str, shape: str) -> None:
    value = data.draw(st.from_regex(shape, fullmatch=True, alphabet=st.characters(codec="ascii")))
    assert list(finding.with_number(value.lower(), market))
    assert list(finding.with_number(value, market)) == [value]


@pytest.mark.parametrize("family", FAMILIES)
@settings(max_examples=40)
@given(data=st.data())
def test_every_form_of_an_address_is_looked_for(data: st.DataObject, family: streets.Family) -> None:
    value = data.draw(st.from_regex(family.address, alphabet=SIGNS))
    assert family.address in list(streets.likely(plainly(value)))


@given(st.from_regex(digits.RUN, fullmatch=True))
def test_every_run_of_digits_is_looked_at(value: str) -> None:
    assert list(finding.with_number(value, "DE"))


@pytest.mark.parametrize("form", [online.EMAIL, online.SPELLED, online.CAPITALS])
@settings(max_examples=40)
@given(data=st.data())
def test_every_form_of_a_mailbox_is_looked_at(data: st.DataObject, form: "re.Pattern[str]") -> None:
    value = data.draw(st.from_regex(form, alphabet=SIGNS))
    assert set(mails_and_links(plainly(value))) >= set(online.mails(plainly(value)))
