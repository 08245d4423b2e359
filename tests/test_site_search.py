"""What the search index is made from."""

from pathlib import Path

import pytest

from caseledger.errors import CannotGoOn
from caseledger.site import casecopy, search


@pytest.mark.parametrize(
    ("text", "indexed"),
    [
        ("拉链坏", " 拉链 链坏 坏 "),
        ("坏", " 坏 "),
        ("没有3C标志", " 没有 有 3C 标志 志 "),
        ("ファスナー", " ファ ァス スナ ナー ー "),
        ("The zip broke", "The zip broke"),
        ("C-20261103-7K3QD.", "C-20261103-7K3QD C-20261103 7K3QD."),
        ("302-0012345-6789012", "302-0012345-6789012 6789012"),
        ("8c2d2f14-ec95-9b9e8d57c6aa", "8c2d2f14-ec95-9b9e8d57c6aa 9b9e8d57c6aa"),
        ("TN-2F-GN-16", "TN-2F-GN-16 TN-2F TN-2F-GN"),
        ("BP-22-GR 2026-11-03", "BP-22-GR BP-22 2026-11-03"),
        ("PO-88213/23", "PO-88213/23"),
        ("a two-day trip", "a two-day trip"),
    ],
)
def test_a_copy_holds_pairs_of_signs_and_the_parts_of_numbers(text: str, indexed: str) -> None:
    assert casecopy.split(f"<p>{text}</p>") == f"<p>{indexed}</p>"


def paths(year: int, months: range, each: int) -> list[str]:
    return [f"cases/{year}/{month:02}/C-{year}{month:02}01-{n:05}.yml" for month in months for n in range(each)]


def test_crowded_years_are_divided_into_quarters_and_the_newest_quarter_into_months() -> None:
    known = paths(2024, range(1, 13), 10) + paths(2025, range(1, 13), 300) + paths(2026, range(1, 6), 600)
    divided = dict(search.divided(known))
    assert [(name, len(found)) for name, found in divided.items()] == [
        ("2026-05", 600), ("2026-04", 600), ("2026-Q1", 1800),
        ("2025-Q4", 900), ("2025-Q3", 900), ("2025-Q2", 900), ("2025-Q1", 900),
        ("2024", 120),
    ]  # fmt: skip
    assert sorted(path for found in divided.values() for path in found) == sorted(known)
    assert [name for name, _ in search.divided(paths(2025, range(1, 13), 300))][:2] == ["2025-12", "2025-11"]


def test_only_marked_pages_are_copied(tmp_path: Path) -> None:
    site, copies = tmp_path / "site", tmp_path / "copies"
    (site / "guide").mkdir(parents=True)
    (site / "guide" / "index.html").write_text("<p data-pagefind-body>使用指南</p>", encoding="utf-8")
    (site / "index.html").write_text("<p>首页</p>", encoding="utf-8")
    search.copy_marked(site, copies)
    assert [path.relative_to(copies).as_posix() for path in copies.rglob("*.html")] == ["guide/index.html"]
    written = (copies / "guide" / "index.html").read_text(encoding="utf-8")
    assert written == "<p data-pagefind-body> 使用 用指 指南 南 </p>"


def test_what_pagefind_complains_of_is_passed_on(tmp_path: Path) -> None:
    with pytest.raises(CannotGoOn) as caught:
        search.index(tmp_path / "nothing", tmp_path / "pagefind")
    said = caught.value.text.to("en")
    assert said.startswith("Pagefind could not index the site: Error: Pagefind was not able to build an index.")
