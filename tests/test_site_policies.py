"""Pages of policies: every figure comes from the data, an unknown one stops the build, clauses have anchors."""

import re
from pathlib import Path

import pytest

from caseledger.errors import CannotGoOn
from caseledger.rulebook import Rulebook
from caseledger.site import policypages, policytext
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.words import Words
from tests.casework import NOW


def fill(root: Path, text: str, language: str = "en", policy: str = "quality@2023-01-01") -> str:
    loaded = Rulebook(root).policy(policy)
    assert loaded is not None
    return policytext.fill(text, loaded, Words(language), "text.en.md")


@pytest.mark.parametrize(
    ("placeholder", "english", "chinese"),
    [
        ("verification", "1 working day", "1 个工作日"),
        ("response:general", "2 working days", "2 个工作日"),
        ("response:major", "30 minutes (set by the company)", "30 分钟（公司自定）"),
        ("disposition:max", "30 working days (set by the company)", "30 个工作日（公司自定）"),
        ("obligation:quarterly-review", "10 working days (set by the company)", "10 个工作日（公司自定）"),
        ("retention", "3 years", "3 年"),
    ],
)
def test_placeholders_become_figures(root: Path, placeholder: str, english: str, chinese: str) -> None:
    assert fill(root, f"in [[{placeholder}]].") == f"in {english}."
    assert fill(root, f"[[{placeholder}]]内", "zh") == f"{chinese}内"


@pytest.mark.parametrize(
    "placeholder", ["respons", "response", "response:grave", "verification:max", "", "obligation:x"]
)
def test_an_unknown_placeholder_stops_the_build(root: Path, placeholder: str) -> None:
    with pytest.raises(CannotGoOn) as caught:
        fill(root, f"within [[{placeholder}]]")
    assert (
        caught.value.text.to("en") == f"text.en.md names [[{placeholder}]], which is no figure of quality@2023-01-01."
    )


def test_articles_name_the_deadlines_that_they_set(root: Path) -> None:
    loaded = Rulebook(root).policy("quality@2023-01-01")
    assert loaded is not None
    text = "### Article 10. Intake {#A10}\n\nText.\n\n### Article 2 {#A2}\n"
    assert policytext.with_clocks(text, loaded, Words("en"), {"verification": "2 <late>"}) == (
        "### Article 10. Intake {#A10}\n\n"
        '<p class="cl-article" data-pagefind-ignore>Deadlines: '
        '<a href="#clock-verification">Initial verification</a> 2 &lt;late&gt;</p>\n'
        "\n\nText.\n\n### Article 2 {#A2}\n"
    )


@pytest.mark.parametrize("text", [True, False])
def test_every_clause_that_a_case_links_to_has_one_anchor(repository: Path, text: bool) -> None:
    if not text:
        for file in (repository / "policy").glob("*/*/text.*.md"):
            file.unlink()
    writer = Writer(repository / "docs", Names(Rulebook(repository), Words("zh")), NOW)
    policypages.write(writer, repository, [])
    for policy in writer.names.policies:
        page = (writer.docs / f"policies/{policy.profile}/{policy.version}.md").read_text(encoding="utf-8")
        anchors = re.findall(r'\{#(\w+)\}|id="([A-E]\d+)"', page)
        found = ["".join(pair) for pair in anchors]
        wanted = {clock.clause for clock in policy.clocks} | {policy.retention.clause}
        assert wanted <= set(found)
        assert len(found) == len(set(found))


def test_the_index_lists_every_version_the_own_profile_first(repository: Path) -> None:
    writer = Writer(repository / "docs", Names(Rulebook(repository), Words("en")), NOW)
    policypages.write(writer, repository, [])
    page = writer.made["policies/index.html"].html
    profiles = re.findall(r'href="([a-z-]+)/2023-01-01.html"', page)
    assert profiles == ["quality", "platform-quality", "platform-service", "product", "trade"]
