"""Figures of what was disposed of: whatever part of the cases is gone, what was counted still adds up."""

from collections import Counter
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from caseledger import findings, register, schema, yamltext
from caseledger.calendar import Calendar
from caseledger.figures import past
from caseledger.figures.facts import Facts, facts
from caseledger.figures.months import years
from caseledger.figures.tally import Tally
from caseledger.findings import Judged
from caseledger.rulebook import Rulebook
from caseledger.site.names import Names
from caseledger.site.report import Report
from caseledger.site.words import Words
from tests.casework import NOW
from tests.console import ROOT

RULEBOOK = Rulebook(ROOT)
NAMES = Names(RULEBOOK, Words("en"))


@cache
def ended() -> list[tuple[Judged, Calendar]]:
    """The shipped cases that have ended."""
    entries = register.read_all(ROOT, NOW)
    found = [one for one in findings.judge(RULEBOOK, entries, NOW) if one.state.ended]
    assert len(found) > 40
    return [(one, RULEBOOK.calendar(one.policy.calendar)) for one in found]


def said(found: list[Facts]) -> list[object]:
    """All that the pages of figures say of each year."""
    spans = years({"2023", "2024", "2025", "2026"})
    tally = Tally(found)
    reports = [Report(NAMES, tally, span) for span in spans]
    return [
        (
            report.received,
            report.ended,
            report.months(),
            Counter(map(repr, report.clocks())),
            Counter(map(repr, report.departments())),
            Counter(map(repr, report.categories())),
            Counter(map(repr, report.natures())),
            Counter(map(repr, report.parties())),
            report.answers(),
            report.answers_by_month(),
            report.sums(),
        )
        for report in reports
    ]


@settings(deadline=None, max_examples=30, database=None)
@given(st.sets(st.integers(0, 40)))
def test_figures_add_up_whatever_was_disposed_of(gone: set[int]) -> None:
    cases = ended()
    whole = [facts(*one) for one in cases]
    counts = past.counts([one for number, one in enumerate(cases) if number in gone])
    left = [one for number, one in enumerate(whole) if number not in gone]
    assert said([*left, *past.restored(counts)]) == said(whole)


def test_counts_are_as_a_certificate_holds_them() -> None:
    counts = past.counts(ended())
    part = schema.schema("certificate")["properties"]["counts"]
    written = yamltext.read(yamltext.write(counts).encode(), "").data
    assert written == counts
    assert schema.fits("certificate", part, counts)
    assert sum(one["cases"] for one in counts["cases"]) == len(ended())


def test_counts_say_nothing_of_one_case() -> None:
    text = yamltext.write(past.counts(ended()))
    for judged, _ in ended():
        assert judged.id not in text
        assert judged.state.case.data["consumer"]["ref"] not in text
        assert f"{judged.state.events[0].at:%Y-%m-%d}" not in text


def test_nothing_was_disposed_of_where_there_is_nothing() -> None:
    assert list(past.restored({"cases": [], "deadlines": [], "visits": [], "payments": []})) == []
