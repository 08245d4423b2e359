"""The articles of the quality policy say in both languages what its data say, and take every figure from there."""

import re
from pathlib import Path

from caseledger import duration, policy
from caseledger.policy import Policy
from caseledger.yamltext import read

FOLDER = Path(__file__).parents[1] / "policy/quality/2023-01-01"


def quality() -> Policy:
    return policy.load(read((FOLDER / "policy.yml").read_bytes(), "policy.yml").data)


def figures() -> dict[str, str]:
    """What a placeholder of the text may name, and the figure that it stands for."""
    loaded = quality()
    found = {"retention": str(loaded.retention.keep)}
    found |= {f"obligation:{duty.id}": str(duty.within) for duty in loaded.obligations}
    for clock in loaded.clocks:
        if len(clock.limits) == 1:
            found[clock.id] = str(clock.limits[0].within)
        for limit in clock.limits:
            if limit.when.keys() == {"grade"}:
                found[f"{clock.id}:{limit.when['grade']}"] = str(limit.within)
        if clock.extension:
            found[f"{clock.id}:max"] = str(clock.extension.max)
    return found


def anchors(text: str) -> list[str]:
    return re.findall(r"^### .*\{#(\w+)\}$", text, re.MULTILINE)


def placeholders(text: str) -> list[tuple[str, ...]]:
    """The placeholders of each article, sorted."""
    articles = re.split(r"^### ", text, flags=re.MULTILINE)
    return [tuple(sorted(re.findall(r"\[\[(.+?)\]\]", article))) for article in articles]


def quality_texts() -> list[str]:
    return [(FOLDER / name).read_text(encoding="utf-8") for name in ("text.zh.md", "text.en.md")]


def test_quality_has_its_sixteen_articles_in_both_languages() -> None:
    assert [anchors(text) for text in quality_texts()] == [[f"A{n}" for n in range(1, 17)]] * 2


def test_every_clause_of_quality_is_an_article() -> None:
    loaded = quality()
    clauses = {clock.clause for clock in loaded.clocks} | {duty.clause for duty in loaded.obligations}
    clauses |= {step.clause for step in loaded.steps.values() if step.clause} | {loaded.retention.clause}
    for text in quality_texts():
        assert clauses <= set(anchors(text))


def test_figures_of_quality_come_from_the_policy_alike_in_both_languages() -> None:
    chinese, english = map(placeholders, quality_texts())
    assert chinese == english
    known = figures()
    used = {name for article in chinese for name in article}
    assert used <= known.keys()
    assert all(duration.parse(known[name]) for name in used)
    unused = {name for name in known if name not in used}
    assert unused == {"report-up:major", "emergency:major"}  # written in their short form


def test_no_figure_is_typed_into_the_texts_of_quality() -> None:
    for text in quality_texts():
        prose = re.sub(r"\[\[.+?\]\]|^#.*$|^\d+\. ", "", text, flags=re.MULTILINE)
        assert re.findall(r".*\d.*", prose) == []
