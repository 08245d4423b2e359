"""The articles of each policy say in both languages what its data say, and take every figure from there."""

import re
from pathlib import Path

import pytest

from caseledger import policy
from caseledger.articles import anchors, figures
from caseledger.errors import CannotGoOn
from caseledger.policy import Policy
from caseledger.site import policytext
from caseledger.site.words import Words
from caseledger.yamltext import read

ROOT = Path(__file__).parents[1]
LANGUAGES = ("zh", "en")
FOLDERS = sorted({path.parent for path in ROOT.glob("policy/*/*/text.*.md")})
ROWS = {
    "quality": [f"A{n}" for n in range(1, 17)],
    "platform-quality": [f"B{n}" for n in range(1, 23)],
    "trade": [f"C{n}" for n in range(1, 13)],
    "platform-service": [f"D{n}" for n in range(1, 16)],
    "product": [f"E{n}" for n in range(1, 10)],
}
NUMERALS: list[str] = ["", *"一二三四五六七八九"]


@pytest.fixture(params=FOLDERS, ids=lambda folder: f"{folder.parent.name}@{folder.name}")
def folder(request: pytest.FixtureRequest) -> Path:
    chosen: Path = request.param
    return chosen


def shipped(profile: str) -> Path:
    return ROOT / f"policy/{profile}/2023-01-01"


def load(folder: Path) -> Policy:
    return policy.load(read((folder / "policy.yml").read_bytes(), "policy.yml").data)


def texts(folder: Path) -> list[str]:
    """The Chinese and the English text."""
    return [(folder / f"text.{language}.md").read_text(encoding="utf-8") for language in LANGUAGES]


def filled(folder: Path, language: str) -> str:
    text = (folder / f"text.{language}.md").read_text(encoding="utf-8")
    return policytext.fill(text, load(folder), Words(language), "text.md")


def articles(text: str) -> list[str]:
    """What comes before the first article, then each article."""
    return re.split(r"^### ", text, flags=re.MULTILINE)


def headings(text: str, level: int) -> list[str]:
    return re.findall(rf"^{'#' * level} (.*)$", text, re.MULTILINE)


def numeral(number: int) -> str:
    """A number below 100 in Chinese: 二十一."""
    tens, ones = divmod(number, 10)
    return (NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + NUMERALS[ones]


def placeholders(text: str) -> list[tuple[str, ...]]:
    """The placeholders of each article, sorted."""
    return [tuple(sorted(re.findall(r"\[\[(.+?)\]\]", article))) for article in articles(text)]


def test_all_five_profiles_have_their_texts() -> None:
    assert {folder.parent.name for folder in FOLDERS} == ROWS.keys()


def test_every_row_has_its_article_in_both_languages(folder: Path) -> None:
    chinese, english = map(anchors, texts(folder))
    assert chinese == english
    rows = ROWS[folder.parent.name]
    assert chinese[: len(rows)] == rows
    assert len(chinese) == len(set(chinese))


def test_chapters_and_articles_are_numbered_and_every_article_has_an_anchor(folder: Path) -> None:
    chinese, english = texts(folder)
    for level, in_chinese, in_english in ((2, "第{}章", "Chapter {}."), (3, "第{}条", "Article {}.")):
        numbers = range(1, len(headings(english, level)) + 1)
        assert [heading.split()[0] for heading in headings(chinese, level)] == [
            in_chinese.format(numeral(number)) for number in numbers
        ]
        assert [" ".join(heading.split()[:2]) for heading in headings(english, level)] == [
            in_english.format(number) for number in numbers
        ]
    assert len(headings(english, 3)) == len(anchors(english))


def test_the_texts_are_titled_as_the_data(folder: Path) -> None:
    assert [headings(text, 1) for text in texts(folder)] == [[load(folder).title[name]] for name in LANGUAGES]


def test_every_clause_is_an_article(folder: Path) -> None:
    loaded = load(folder)
    clauses = {clock.clause for clock in loaded.clocks} | {duty.clause for duty in loaded.obligations}
    clauses |= {step.clause for step in loaded.steps.values() if step.clause} | {loaded.retention.clause}
    for text in texts(folder):
        assert clauses <= set(anchors(text))


def test_both_languages_list_and_tabulate_the_same(folder: Path) -> None:
    shapes = [
        [re.findall(r"^(\d+\.|\|) ", article, re.MULTILINE) for article in articles(text)] for text in texts(folder)
    ]
    assert shapes[0] == shapes[1]


def test_every_figure_comes_from_the_data_alike_in_both_languages(folder: Path) -> None:
    chinese, english = map(placeholders, texts(folder))
    assert chinese == english
    known = figures(load(folder))
    used = {name for article in chinese for name in article}
    assert used <= known.keys()
    for name in known.keys() - used:  # it stands there in its short form
        short = name.partition(":")[0]
        assert short in used
        assert known[short] == known[name]


def test_no_figure_is_typed(folder: Path) -> None:
    for text in texts(folder):
        prose = re.sub(r"\[\[.+?\]\]|`.+?`|5W2H|Article \d+|^#.*$|^\d+\. ", "", text, flags=re.MULTILINE)
        assert re.findall(r".*\d.*", prose) == []


def test_no_space_follows_a_chinese_figure(folder: Path) -> None:
    chinese, _ = texts(folder)
    assert re.findall(r".*\]\] [^|].*", chinese) == []


@pytest.mark.parametrize(
    ("profile", "language", "sentence"),
    [
        ("trade", "zh", "回访自实施完毕时起计算，不得早于 3 个工作日，不得晚于 7 个工作日。"),
        (
            "trade",
            "en",
            "This return visit takes place not before 3 working days and not later than 7 working days after the "
            "solution has been carried out.",
        ),
        ("platform-quality", "zh", "危机应对小组应当自判定时起，在 2 小时（公司自定）内启动危机预案，并做到："),
        (
            "platform-quality",
            "en",
            "the Crisis Group starts the crisis response within 2 hours (set by the company) of that judgement.",
        ),
        (
            "quality",
            "zh",
            "| 重要 | 2000 CNY（公司自定） | 3 件（公司自定） | 30 天（公司自定） | 可能危及人身、财产安全 |",
        ),
        (
            "quality",
            "en",
            "| Major | 20000 CNY (set by the company) | 5 cases (set by the company) | 30 days (set by the company) |",
        ),
        ("platform-service", "zh", "| 在线客服 | 30 秒 |"),
        ("platform-service", "en", "| Public-opinion event, first answer | 2 hours |"),
        ("product", "en", "Complaint records are kept for at least 3 years (set by the company) after"),
    ],
)
def test_figures_are_filled_in(profile: str, language: str, sentence: str) -> None:
    assert sentence in filled(shipped(profile), language)


def test_a_placeholder_without_a_figure_is_refused() -> None:
    with pytest.raises(CannotGoOn) as caught:
        policytext.fill("[[return-visit:min]]", load(shipped("trade")), Words("en"), "text.en.md")
    assert (
        caught.value.text.to("en") == "text.en.md names [[return-visit:min]], which is no figure of trade@2023-01-01."
    )
