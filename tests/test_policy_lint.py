"""Lint finds in a policy what its schema cannot see, at its place, and nothing in the shipped ones.

`tests/files/lint/right` is a policy in which nothing is amiss. Every other folder there is laid over it;
`NAME.expected` holds a line `file code line:column` for each finding, and before these perhaps `without PATH`.
"""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseledger.duration import Duration
from caseledger.lengths import label
from caseledger.policies import lint
from caseledger.policies.lint.written import lengths
from caseledger.problem import Problem
from caseledger.rulebook import Rulebook
from tests import mini
from tests.test_cli import Shell

FILES = mini.FILES / "lint"
EXAMPLES = sorted(FILES.glob("*.expected"))
NAME = "tiny@2025-01-01"
POLICY = "policy/tiny/2025-01-01/policy.yml"


def linted(root: Path, example: str) -> list[Problem]:
    """The findings in the tiny policy with an example laid over it."""
    shutil.copytree(FILES / "right", root, dirs_exist_ok=True)
    if (FILES / example).is_dir():
        shutil.copytree(FILES / example, root, dirs_exist_ok=True)
    for line in (FILES / f"{example}.expected").read_text().splitlines():
        if line.startswith("without "):
            (root / line.removeprefix("without ")).unlink()
    return sorted(lint.lint(Rulebook(root), [NAME]), key=lambda problem: problem.order)


def lines(expected: Path) -> list[str]:
    return [line for line in expected.read_text().splitlines() if not line.startswith("without ")]


@pytest.mark.parametrize("expected", EXAMPLES, ids=lambda path: path.stem)
def test_finds(repository: Path, expected: Path) -> None:
    found = linted(repository, expected.stem)
    assert [f"{Path(p.path).name} {p.code} {p.place.line}:{p.place.column}" for p in found] == lines(expected)


def test_every_rule_has_an_example_that_breaks_it() -> None:
    assert {line.split()[1] for path in EXAMPLES for line in lines(path)} == {rule.code for rule in lint.ALL}


def test_the_shipped_policies_are_clean(root: Path) -> None:
    rulebook = Rulebook(root)
    assert list(lint.lint(rulebook, rulebook.policy_names)) == []


@pytest.mark.parametrize(
    ("example", "messages"),
    [
        (
            "event-unreachable",
            [
                "agreed can never be recorded: what it needs before it can never have come.",
                "disagreed can never be recorded: what it needs before it can never have come.",
            ],
        ),
        ("event-voided", ["executed can never be recorded: what it needs before it can never have come."]),
        (
            "condition-idle",
            [
                "Where the condition circle applies, responded can never be recorded.",
                "Where the condition field applies, closed can never be recorded.",
                "The condition never can never apply: declined.reason.",
            ],
        ),
        ("clock-never-stops", ["The clock closing can never stop."]),
        ("clock-overlap", ["received both starts and stops the clock response."]),
        ("grade-limit", ["The clock response has no limit for the grade middling."]),
        ("limit-order", ["The clock response gives middling 2 wd, but severe 3 wd."]),
        ("role-held-for-a-time", ["Nobody holds the role night-watch on 2025-09-01."]),
        (
            "clause",
            [f"{POLICY.replace('policy.yml', name)} has no article S9." for name in ("text.en.md", "text.zh.md")],
        ),
        ("text-missing", ["There is no text.zh.md."]),
        ("ok-idle", ["lint-limit-order has no warning about response."]),
        (
            "figure",
            [
                "“three working days” is none of the figures of this article in the data.",
                "“二十四小时” repeats a figure of the data.",
            ],
        ),
    ],
)
def test_says_what_is_amiss(repository: Path, example: str, messages: list[str]) -> None:
    assert [p.message.to("en") for p in linted(repository, example)][-len(messages) :] == messages


def test_a_typed_figure_is_told_its_placeholder(repository: Path) -> None:
    assert [p.hint.to("en") for p in linted(repository, "figure")] == [
        "Set the figure in policy.yml, and write its placeholder into the text.",
        "Write [[closing]].",
    ]


def test_of_a_policy_that_cannot_be_used_it_says_what_check_says(repository: Path) -> None:
    shutil.copytree(FILES / "right", repository, dirs_exist_ok=True)
    path = repository / POLICY
    path.write_text(path.read_text("utf-8").replace("owner: sales", "owner: sails", 1), "utf-8")
    assert [p.code for p in lint.lint(Rulebook(repository), [NAME])] == ["policy-names"]


def test_a_version_answers_for_its_roles_until_the_next_one(repository: Path) -> None:
    shutil.copytree(FILES / "right", repository, dirs_exist_ok=True)
    shutil.copytree(FILES / "role-held-for-a-time", repository, dirs_exist_ok=True)
    old, new = (repository / f"policy/tiny/{day}" for day in ("2025-01-01", "2025-09-01"))
    shutil.copytree(old, new)
    text = (FILES / "right" / POLICY).read_text("utf-8").replace('version: "2025-01-01"', 'version: "2025-09-01"')
    (new / "policy.yml").write_text(text, "utf-8")
    assert list(lint.lint(Rulebook(repository), [NAME, "tiny@2025-09-01"])) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("24 小时内", ["24 小时"]),
        ("在三个工作日内", ["三个工作日"]),
        ("保存一百二十天", ["一百二十天"]),
        ("不少于三年，最长两个月", ["三年", "两个月"]),
        ("within 3 working days", ["3 working days"]),
        ("for Three Years", ["Three Years"]),
        ("a 24-hour limit", ["24-hour"]),
        ("five business days, or one month", ["five business days", "one month"]),
        ("到最后一个工作日结束，每三年修订，第三日", []),
        ("2026 年 11 月 3 日，2026年11月3日，二〇二六年十一月三日", []),
        ("每年、每月、半年、次日、当日、一年度", []),
        ("working days, a day, the third day", []),
    ],
)
def test_lengths_of_time_are_told_from_dates(text: str, found: list[str]) -> None:
    assert [written for _, written, _ in lengths(text)] == found


@given(
    st.integers(1, 999), st.sampled_from(["s", "min", "h", "wh", "wd", "d", "mo", "y"]), st.sampled_from(["zh", "en"])
)
def test_every_length_that_the_program_writes_is_read_as_what_it_means(number: int, unit: str, language: str) -> None:
    written = label(Duration(number, unit)).to(language)
    assert [length for _, _, length in lengths(f"期限 {written} only")] == [Duration(number, unit)]


@given(st.integers(1, 199))
def test_chinese_numerals_are_read(number: int) -> None:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    written = "一百" * hundreds
    written += ("零" if hundreds and not tens and ones else "") + ("一" if tens == 1 and hundreds else "")
    written += ("二三四五六七八九"[tens - 2] if tens > 1 else "") + ("十" if tens else "")
    written += "一二三四五六七八九"[ones - 1] if ones else ""
    assert [length for _, _, length in lengths(f"在{written}日内")] == [Duration(number, "d")]


def test_the_command_lints_what_it_is_told_to(repository: Path) -> None:
    shutil.copytree(FILES / "right", repository, dirs_exist_ok=True)
    shutil.copytree(FILES / "limit-order", repository, dirs_exist_ok=True)
    shell = Shell(repository)
    assert shell("policy", "lint", "quality") == "Policies linted: 1. Errors: 0. Warnings: 0.\n"
    assert shell("policy", "lint") == (
        f"{POLICY}:30:5: warning: The clock response gives middling 2 wd, but severe 3 wd. [lint-limit-order]\n"
        "    Change the limits, or say under lint_ok why the severer grade needs longer.\n"
        "Policies linted: 6. Errors: 0. Warnings: 1.\n"
    )
    shutil.copytree(FILES / "clause", repository, dirs_exist_ok=True)
    assert shell("policy", "lint", "tiny@2025-01-01", "--format", "github", code=1).startswith(
        f"::error file={POLICY},line=52,col=55,title=lint-clause::"
    )
    assert shell("policy", "lint", "nobody", code=2).startswith("Error: There is no policy nobody; there are: platform")


def test_its_rules_are_listed(repository: Path) -> None:
    found = Shell(repository)("rules")
    assert all(f"{rule.code} ({rule.severity})\n  {rule.meaning}\n" in found for rule in lint.ALL)
