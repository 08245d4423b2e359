"""A whole site: every link leads somewhere, bad files are named, a failed build changes nothing."""

import html
import json
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from caseledger import site
from caseledger.errors import CannotGoOn
from caseledger.site import Built, engine, table
from caseledger.site.contentpolicy import CONTENT_POLICY
from caseledger.site.engine import Tree
from tests import casework
from tests.casework import CASE, NOW, Page, case, event
from tests.conftest import ROOT

ENDED = "C-20261102-2M4XN"
FORGE = "https://git.example.cn/north-shore/complaints/"
BAG = {"sku": "BP-22-GR", "batch": "0312"}


@pytest.fixture(scope="module")
def repository_with_cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    shutil.copytree(ROOT / "policy", root / "policy")
    shutil.copy(ROOT / "caseledger.yml", root)
    casework.put(root, case(related=[ENDED], product=BAG))
    ended = [
        event("2026-11-02 09:00", "received"),
        event("2026-11-02 10:00", "graded", grade="general", reason="One bag"),
        event("2026-11-03 09:00", "withdrawn", reason="Found it"),
    ]
    casework.put(root, case(*ended, case_id=ENDED, product=BAG, public_opinion=True))
    misplaced = casework.put(root, case(case_id="C-20261103-BADDD", product=BAG))
    misplaced.rename(misplaced.parents[1] / misplaced.name)
    casework.put(root, case(case_id="C-20261103-BADAA", channel="pigeon"))
    (root / "cases/2026/11/C-20261103-BADBB.yml").write_text("schema: 1\n\tid: x\n", encoding="utf-8")
    casework.put(
        root, case(event("2026-11-03 10:00", "executed", dispositions=[{"kind": "coupon"}]), case_id="C-20261103-BADCC")
    )
    return root


@pytest.fixture(scope="module")
def out(repository_with_cases: Path) -> Path:
    return repository_with_cases / "build" / "site"


@pytest.fixture(scope="module")
def built(repository_with_cases: Path, out: Path) -> Built:
    said: list[str] = []
    built = site.build(repository_with_cases, out, NOW, lambda text: said.append(text.to("en")))
    assert said == [
        "Reading and judging 6 cases",
        "Writing the pages about all cases",
        "Writing the pages of cases",
        "Making the search index",
    ]
    return built


@pytest.fixture(scope="module")
def pages(built: Built, out: Path) -> dict[str, Page]:
    assert built.pages > 0
    found = {}
    for path in sorted(out.rglob("*.html")):
        found[path.relative_to(out).as_posix()] = Page(path.read_text(encoding="utf-8"))
    return found


def test_what_was_built_is_counted(built: Built, pages: dict[str, Page]) -> None:
    assert (built.cases, built.problems, built.pages) == (3, 5, len(pages))
    assert list(built.seconds) == ["survey", "pages", "cases", "search"]


def test_every_page_says_what_it_may_load_and_holds_no_script_or_style(pages: dict[str, Page], out: Path) -> None:
    for name, page in pages.items():
        text = (out / name).read_text(encoding="utf-8")
        said = f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">'
        assert html.unescape(text.split("<title>")[0]).count(said) == 1, name
        scripts = re.findall(r"<script([^>]*)>", text)
        assert [found for found in scripts if "src=" not in found and 'type="application/json"' not in found] == [], (
            name
        )
        assert [tag for tag, _ in page.shape if tag in ("style", "base", "iframe", "object", "embed")] == [], name
        attributes = {attribute for _, found in page.shape for attribute in found}
        assert [found for found in attributes if found == "style" or found.startswith("on")] == [], name


def test_every_link_leads_to_a_page_and_a_place_on_it(pages: dict[str, Page], out: Path) -> None:
    broken = []
    for name, page in pages.items():
        for link in page.links:
            if link.startswith(FORGE):
                continue
            path, _, anchor = link.partition("#")
            target = (out / name).parent / path if path else out / name
            inside = target.resolve().is_relative_to(out.resolve()) and target.is_file()
            known = pages.get(target.resolve().relative_to(out.resolve()).as_posix()) if inside else None
            places = known.anchors if known else set()
            if not inside or (anchor and known and anchor not in places and not asks_the_table(path, anchor)):
                broken.append((name, link))
    assert broken == []


def asks_the_table(path: str, anchor: str) -> bool:
    return path.endswith("cases/index.html") and dict(parse_qsl(anchor, True)).keys() <= table.FACETS.keys()


def test_the_other_language_is_a_link_away_on_every_page(pages: dict[str, Page], out: Path) -> None:
    for name, page in pages.items():
        if name != "index.html":
            language, _, rest = name.partition("/")
            other = "en" if language == "zh" else "zh"
            targets = {(out / name).parent.joinpath(link).resolve() for link in page.links}
            assert (out / other / rest).resolve() in targets


def test_both_languages_have_the_same_pages(pages: dict[str, Page]) -> None:
    trees = {language: {name[3:] for name in pages if name.startswith(language)} for language in ("zh/", "en/")}
    assert trees["zh/"] == trees["en/"]
    assert not [name for name in pages if "0000" in name or "404" in name]


def test_the_entrance_leads_to_the_first_language(pages: dict[str, Page], out: Path) -> None:
    assert pages["index.html"].links == ["zh/assets/favicon.svg", "zh/index.html", "en/index.html"]
    assert 'content="0; url=zh/index.html"' in (out / "index.html").read_text(encoding="utf-8")


def test_bad_files_are_named_and_stop_nothing(pages: dict[str, Page]) -> None:
    words = pages["en/problems.html"].words
    for number in ("BADAA", "BADBB", "BADCC"):
        assert f"cases/2026/11/C-20261103-{number}.yml" in words
    assert "Findings about case files: 5." in words
    assert "The check has findings about case files: 5." in pages["en/index.html"].words
    assert "en/cases/2026/11/C-20261103-BADAA.html" not in pages
    assert "The check has findings about this file:" in pages["en/cases/2026/11/C-20261103-BADCC.html"].words


def test_a_grade_below_the_advice_is_said_on_the_list_of_problems_and_on_the_case(pages: dict[str, Page]) -> None:
    said = "Graded general, but A11 speaks for major (public-opinion). Press or social media have taken it up."
    assert said in pages["en/problems.html"].words
    assert said in pages[f"en/cases/2026/11/{ENDED}.html"].words


def test_cases_with_the_same_problem_lead_to_their_group_and_to_each_other(pages: dict[str, Page]) -> None:
    page = pages[f"en/cases/2026/11/{CASE}.html"]
    said = "Cases with the same problem 2 cases : Product quality, not investigated, SKU BP-22-GR, batch 0312"
    assert f"{said} {ENDED} Withdrawn Zip tears after two days" in page.words
    assert "../../../clusters.html#group-0" in page.links
    assert "group-0" in pages["en/clusters.html"].anchors
    assert "BADDD" not in pages["en/clusters.html"].words


def test_the_first_page_shows_figures_and_what_waits_for_whom(pages: dict[str, Page]) -> None:
    words = pages["en/index.html"].words
    assert "Open cases 2 Overdue 2 deadlines: 7 Due soon 0 deadlines: 0 Waiting for the consumer 0" in words
    assert "Open with a broken deadline 2 Received this month 3 Ended this month 1 All cases 3" in words
    assert "Customer Service Overdue 7" in words
    assert f"cases/2026/11/{CASE}.html" in pages["en/index.html"].links
    assert f"../cases/2026/11/{CASE}.html" in pages["en/departments/customer-service.html"].links


def test_the_archive_says_until_when_an_ended_case_is_kept(pages: dict[str, Page]) -> None:
    assert (
        "2026-11-03 C-20261102-2M4XN Zip tears after two days Withdrawn General Product quality Marketplace 2026-11-02"
        " 2029-11-05 not yet archived" in pages["en/archive/2026.html"].words
    )
    assert "2026.html#2026-Q4" in pages["en/archive/index.html"].links


def test_related_cases_are_linked_both_ways(pages: dict[str, Page]) -> None:
    assert f"../../../cases/2026/11/{ENDED}.html" in pages[f"zh/cases/2026/11/{CASE}.html"].links
    assert f"../../../cases/2026/11/{CASE}.html" in pages[f"zh/cases/2026/11/{ENDED}.html"].links


def test_every_page_says_as_of_when_it_speaks(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        if name != "index.html":
            assert re.search(
                r"(As of 2026-11-22 12:00 \(UTC\+08:00\)|截至 2026-11-22 12:00（UTC\+08:00）"
                r"|Unchanged since 2026-11-[\d :]+\(UTC\+08:00\)|自 2026-11-[\d :]+（UTC\+08:00）)",
                page.words,
            )


def test_policies_are_filled_in(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        if "/policies/" in name:
            assert "[[" not in page.text


def test_each_language_has_an_index_of_its_own_pages(built: Built, out: Path) -> None:
    assert built.cases == 3
    for language in ("zh", "en"):
        known = json.loads((out / "search" / f"{language}.json").read_text(encoding="utf-8"))
        assert (out / known["prose"] / "pagefind.js").is_file()
        assert not list((out / known["prose"]).glob("pagefind-ui*"))


def test_a_repository_without_cases_in_one_language_has_a_site(repository: Path) -> None:
    (repository / "caseledger.yml").write_text("schema: 1\nprofile: trade\nlanguages: [en]\n", encoding="utf-8")
    built = site.build(repository, repository / "out", NOW)
    assert (built.cases, built.problems) == (0, 0)
    assert sorted(path.name for path in (repository / "out").iterdir()) == ["en", "index.html", "search"]
    home = Page((repository / "out/en/index.html").read_text(encoding="utf-8"))
    assert "Nothing is due." in home.words
    assert "中文" not in home.words


def test_a_failed_build_leaves_the_old_site_and_nothing_else(repository: Path) -> None:
    out = repository / "build" / "site"
    out.mkdir(parents=True)
    (out / "index.html").write_text("old", encoding="utf-8")
    text = repository / "policy/quality/2023-01-01/text.en.md"
    text.write_text("# Policy\n\nWithin [[respons]].\n", encoding="utf-8")
    with pytest.raises(CannotGoOn) as caught:
        site.build(repository, out, NOW)
    assert caught.value.text.to("en") == (
        "policy/quality/2023-01-01/text.en.md names [[respons]], which is no figure of quality@2023-01-01."
    )
    assert (out / "index.html").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in out.parent.iterdir()) == ["docs", "site"]


def test_what_mkdocs_warns_of_is_passed_on(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "site" / "pages" / "en", docs)
    shutil.copytree(ROOT / "site" / "assets", docs / "assets")
    complaints = engine.render(ROOT, docs, tmp_path / "out", Tree("en", ("en",), "Name"))
    assert complaints[0] == (
        "A reference to 'index.md' is included in the 'nav' configuration,"
        " which is not found in the documentation files."
    )
    assert re.fullmatch(r"Aborted with \d+ warnings in strict mode!", complaints[-1])
