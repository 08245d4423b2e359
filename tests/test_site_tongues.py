"""Texts of several languages in one page: marks, what they hold, how long they are known."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from caseledger.language import N_
from caseledger.site.tongues import Tongues
from caseledger.site.words import Words


def test_a_page_is_put_into_each_language() -> None:
    words = Tongues(("zh", "en"))
    page = f"<b>{escape(words.t(N_('Cases')))}</b> {escape(words.label('state', 'open'))}"
    assert words.done(page) == ["<b>案件</b> 处理中", "<b>Cases</b> Open"]


def test_what_all_languages_say_alike_is_no_mark() -> None:
    words = Tongues(("zh", "en"))
    assert words.label("state", "<unheard of>") == "<unheard of>"
    assert words.money({"value": "499.00", "currency": "NOK"}) == "499.00 NOK"


def test_what_is_put_into_words_is_escaped_once() -> None:
    words = Tongues(("zh", "en"))
    name = words.of({"zh": "“甲” & <乙>", "en": "A & <B>"})
    said = words.t(N_("{name} ({role})"), name=name, role="<i>")
    assert words.done(escape(said)) == ["“甲” &amp; &lt;乙&gt;（&lt;i&gt;）", "A &amp; &lt;B&gt; (&lt;i&gt;)"]
    block = words.lasting(lambda own: Markup("<li>{}</li>").format(own.t(N_("Cases"))))
    assert words.done(block) == ["<li>案件</li>", "<li>Cases</li>"]


def test_one_language_needs_no_marks() -> None:
    words = Tongues(("zh",))
    assert words.t(N_("Cases")) == "案件"
    assert words.of({"zh": "Cases", "en": "-"}) == "Cases"
    assert words.done("x") == ["x"]


def test_languages_may_put_values_in_another_order() -> None:
    words = Tongues(("zh", "en"))
    event = words.of({"zh": "甲", "en": "<A>"})
    said = words.t(N_("{step}: of {event} at {at}, {fields}"), step="1", event=event, at="2", fields="3")
    expected = [Words("zh"), Words("en")]
    assert words.done(escape(said)) == [
        str(escape(own.t("{step}: of {event} at {at}, {fields}", step="1", event=name, at="2", fields="3")))
        for own, name in zip(expected, ("甲", "<A>"), strict=True)
    ]
    assert words.done(escape(said))[1] == "1: of &lt;A&gt; at 2, 3"


@given(st.lists(st.sampled_from([1, 1.0, True, "1", "a", "<"]), min_size=1, max_size=4))
def test_texts_are_those_of_each_language(values: list[object]) -> None:
    words = Tongues(("zh", "en"))
    for value in values:
        said = words.t(N_("{n} cases"), n=value)
        expected = [str(escape(Words(language).t(N_("{n} cases"), n=value))) for language in ("zh", "en")]
        assert words.done(escape(said)) == expected
