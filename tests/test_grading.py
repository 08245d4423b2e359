"""The commands grade and clusters, who held a case in show, and what check warns of, on shipped cases."""

import json
import shutil
from pathlib import Path

import pytest

from tests.test_cli import Shell

ROOT = Path(__file__).parents[1]
THEN = ("--as-of", "2026-11-22T09:00:00+08:00")


@pytest.fixture
def shell(repository: Path) -> Shell:
    """The shipped repository with its cases of November 2026."""
    shutil.copytree(ROOT / "cases/2026/11", repository / "cases/2026/11")
    return Shell(repository)


def cells(table: str) -> list[str]:
    """The rows of a table, their cells parted by |, without rules and empty lines."""
    rows = [line.strip() for line in table.splitlines()]
    parted = ["|".join(cell for cell in map(str.strip, row.split("  ")) if cell) for row in rows]
    return [row for row in parted if row and not row.startswith("─")]


def test_grade_proposes_with_reasons(shell: Shell) -> None:
    assert cells(shell("grade", "C-20261120-D2ZQ6", *THEN)) == [
        "C-20261120-D2ZQ6 is graded General. Proposed: Important.",
        "Speaks for|Criterion|Article|Why",
        "Important|Similar cases|A11|3 cases of SKU PB-20-BK with the same category within 30 days of this one; they"
        " count from 3. The others: C-20261112-PTM1X, C-20261120-TC8R7.",
    ]


def test_grade_for_programs(shell: Shell) -> None:
    assert json.loads(shell("grade", "C-20261120-TC8R7", *THEN, "--format", "json")) == {
        "case": "C-20261120-TC8R7",
        "as_of": "2026-11-22T09:00:00+08:00",
        "grade": "major",
        "proposed": "major",
        "reasons": [
            {
                "criterion": "public-opinion",
                "grade": "major",
                "clause": "A11",
                "text": "Press or social media have taken it up.",
                "cases": [],
            },
            {
                "criterion": "similar",
                "grade": "important",
                "clause": "A11",
                "text": "3 cases of SKU PB-20-BK with the same category within 30 days of this one; they count from 3."
                " The others: C-20261112-PTM1X, C-20261120-D2ZQ6.",
                "cases": ["C-20261112-PTM1X", "C-20261120-D2ZQ6", "C-20261120-TC8R7"],
            },
            {
                "criterion": "safety",
                "grade": "important",
                "clause": "A11",
                "text": "People may be hurt or things damaged.",
                "cases": [],
            },
        ],
        "unknown": [],
    }


def test_grade_says_when_nothing_speaks_for_more(shell: Shell) -> None:
    assert shell("grade", "C-20261113-W8GHT", *THEN) == (
        "C-20261113-W8GHT is graded General. No criterion for a graver grade is met.\n"
    )


def test_grade_says_when_the_policy_has_no_criteria(shell: Shell) -> None:
    assert shell("grade", "C-20261113-RGRR5", *THEN) == (
        "The policy platform-service@2023-01-01 gives no criteria for grades.\n"
    )


def test_grade_does_not_guess_a_rate(shell: Shell) -> None:
    (shell.folder / "policy/rates.yml").unlink()
    assert shell("grade", "C-20261113-W8GHT", *THEN) == (
        "C-20261113-W8GHT is graded General. No criterion for a graver grade is met.\n"
        "No rate of EUR is known for 2026-11-13: the order's amount is not compared.\n"
    )


def test_grade_refuses_a_case_of_the_wrong_shape(shell: Shell) -> None:
    path = shell.folder / "cases/2026/11/C-20261113-W8GHT.yml"
    path.write_text(path.read_text("utf-8").replace("channel: ", "chanel: "), encoding="utf-8")
    found = shell("grade", "C-20261113-W8GHT", *THEN, code=1)
    assert found.startswith("Error: cases/2026/11/C-20261113-W8GHT.yml must be mended first.\n")
    assert "[schema-unknown-key]" in found


def test_clusters_are_listed_largest_first(shell: Shell) -> None:
    assert json.loads(shell("clusters", *THEN, "--format", "json")) == [
        {
            "size": 3,
            "category": "product-quality",
            "shared": [{"sku": "PB-20-BK"}, {"supplier": "S-027"}],
            "first": "2026-11-12T10:20:00+08:00",
            "last": "2026-11-20T22:14:00+08:00",
            "cases": ["C-20261112-PTM1X", "C-20261120-D2ZQ6", "C-20261120-TC8R7"],
        },
        {
            "size": 3,
            "nature": "product-defect",
            "shared": [{"sku": "BP-22-GR"}, {"batch": "0312", "supplier": "S-017"}, {"supplier": "S-017"}],
            "first": "2026-11-01T22:17:00+08:00",
            "last": "2026-11-06T17:22:00+08:00",
            "cases": ["C-20261101-2M4XN", "C-20261103-7K3QD", "C-20261106-C8XEW"],
        },
        {
            "size": 2,
            "category": "product-quality",
            "shared": [{"batch": "L2608", "supplier": "S-027"}],
            "first": "2026-11-12T10:20:00+08:00",
            "last": "2026-11-20T22:14:00+08:00",
            "cases": ["C-20261112-PTM1X", "C-20261120-TC8R7"],
        },
    ]


def test_clusters_within_a_shorter_window(shell: Shell) -> None:
    assert cells(shell("clusters", *THEN, "--window", "1d")) == [
        "Cases|Problem|Shared|First received|Last received|Members",
        "2|Product quality, not investigated|SKU PB-20-BK|2026-11-20 17:25:00|2026-11-20 22:14:00"
        "|C-20261120-D2ZQ6, C-20261120-TC8R7",
        "supplier S-027",
    ]
    assert shell("clusters", *THEN, "--window", "1min") == "No two cases have the same problem.\n"


def test_show_tells_who_held_the_case(shell: Shell) -> None:
    assert cells(shell("show", "C-20261113-W8GHT", *THEN))[-3:] == [
        "Held by|Times|Time held|Working days|Working hours|Waiting for the consumer",
        "Customer Service|1|3 d 16 h 4 min|1.7|-|-",
        "Operations (now)|1|4 d 23 h 30 min|3.6|-|-",
    ]


def test_check_warns_of_a_grade_below_the_advice(shell: Shell) -> None:
    path = "cases/2026/11/C-20261112-PTM1X.yml"
    text = (shell.folder / path).read_text("utf-8")
    (shell.folder / path).write_text(text.replace("grade: important", "grade: general"), encoding="utf-8")
    line = text[: text.index("grade: important")].count("\n") + 1
    assert shell("check") == (
        f"{path}:{line}:12: warning: Graded general, but A11 speaks for important (safety)."
        " People may be hurt or things damaged. [grade-below-advice]\n"
        "    Grade it anew; or name under despite the criteria that were weighed, and say in reason why they do not"
        " decide.\n"
        "Cases checked: 18. Errors: 0. Warnings: 1.\n"
    )


def test_append_grades_without_reading_other_cases(shell: Shell) -> None:
    (shell.folder / "cases/2026/11/C-20261113-W8GHT.yml").write_text("{", encoding="utf-8")
    arguments = ("C-20261120-D2ZQ6", "graded", "--at", "2026-11-21T10:00:00+08:00", "--by", "cs-01")
    shell("append", *arguments, "--set", "grade=general", "--set", "reason=A question.", "--set", "despite=[similar]")
    assert "    despite: [similar]\n" in (shell.folder / "cases/2026/11/C-20261120-D2ZQ6.yml").read_text("utf-8")
