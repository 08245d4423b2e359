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
        ("C-20261103-7K3QD.", "C-20261103-7K3QD 7K3QD."),
        ("302-0012345-6789012", "302-0012345-6789012 6789012"),
        ("BP-22-GR 2026-11-03", "BP-22-GR 2026-11-03"),
    ],
)
def test_a_copy_holds_pairs_of_signs_and_the_tails_of_numbers(text: str, indexed: str) -> None:
    assert casecopy.split(f"<p>{text}</p>") == f"<p>{indexed}</p>"


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
