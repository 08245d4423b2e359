"""The lists of the numbers and words of cases, beside a part of the search index."""

import gzip
import json
from pathlib import Path

import pytest

from caseledger.site import lookup, search

PAGE = '<html><body data-pagefind-body><b data-pagefind-meta="case">{case}</b><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C-20261103-7K3QD C-20261103 7K3QD.", ["c-20261103-7k3qd", "c-20261103", "7k3qd"]),
        ("PO-88213/23, batch_7.2.", ["po-88213/23", "batch_7.2"]),
        ("8013527746", ["8013527746"]),
        ("not TN-2, nor two-day, nor 1234", []),
        ("没有 有 3C标志 Größe45 é12345", []),
        ("--12345-- 12345--67890", ["12345"]),
    ],
)
def test_numbers_are_words_of_five_signs_with_a_digit(text: str, found: list[str]) -> None:
    assert list(lookup.numbers(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zip broke, twice.", ["zip", "broke", "twice"]),
        ("拉链 链坏 坏 。 Größe é", ["拉链", "链坏", "größe"]),
        ("C-20261103-7K3QD ST-01-TI a1 x_y two-day", ["st", "ti", "two", "day"]),
    ],
)
def test_words_have_two_letters_and_more(text: str, found: list[str]) -> None:
    assert lookup.words(text) == found


def test_lists_hold_four_cases_each() -> None:
    assert [lookup.count(cases) for cases in (0, 1, 4, 5, 8667)] == [1, 1, 1, 2, 2167]


def test_the_place_of_a_term_is_its_hash() -> None:
    # the published values of FNV-1a with 32 bits for "foobar" and "a"
    assert [lookup.place(word, 2**32) for word in ("foobar", "a")] == [0xBF9CF968, 0xE40C292C]


def test_of_a_term_its_own_case_and_the_newest_are_listed(tmp_path: Path) -> None:
    cases = [f"C-2026110{day}-00000" for day in range(1, 7)]
    for case in cases:
        page = tmp_path / f"copies/cases/2026/11/{case}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(PAGE.format(case=case, text=f"12-34567 {cases[0]} 拉链 Zip"), encoding="utf-8")
    part = tmp_path / "part"
    search.index(tmp_path / "copies", part)
    lookup.write(part, 3)
    lists = [json.loads(gzip.decompress((part / f"lookup/{i}.gz").read_bytes())) for i in range(3)]
    named = {term: names for some in lists for term, names in some.items()}
    assert sorted(named) == ["12-34567", *(case.lower() for case in cases), "zip", "拉链"]
    name = {case: named[case.lower()][0] for case in cases}
    assert named["12-34567"] == named["zip"] == named["拉链"] == [name[case] for case in reversed(cases)][:4]
    assert named[cases[0].lower()] == [name[case] for case in (cases[0], *reversed(cases))][:4]
    assert all((part / f"fragment/{names[0]}.pf_fragment").is_file() for names in named.values())
    assert all(term in lists[lookup.place(term, 3)] for term in named)
