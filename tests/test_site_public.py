"""The site for everybody holds nothing internal in any byte: every field is planted with a mark of its own."""

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from caseledger import site
from caseledger.audience import Audience
from caseledger.site import Built
from tests import casework
from tests.casework import NOW, Page
from tests.planted import CASE, NAME, PICTURE, Planter

GZIP = b"\x1f\x8b"


def built(root: Path, audience: Audience) -> tuple[Path, Built]:
    out = root / "build" / audience
    return out, site.build(root, out, NOW, audience=audience)


@pytest.fixture(scope="module")
def public(planted_repository: Path) -> Path:
    return built(planted_repository, Audience.PUBLIC)[0]


@pytest.fixture(scope="module")
def internal(planted_repository: Path) -> Path:
    return built(planted_repository, Audience.INTERNAL)[0]


def everything(folder: Path) -> bytes:
    """Every byte below a folder, what is compressed unpacked, and the names of all files, in lower case."""
    return b"\n".join(_bytes(folder)).lower()


def _bytes(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*")):
        yield str(path.relative_to(folder)).encode()
        if path.is_file():
            raw = path.read_bytes()
            yield gzip.decompress(raw) if raw.startswith(GZIP) else raw


def test_everybody_sees_nothing_internal(public: Path, planters: dict[str, Planter]) -> None:
    found = everything(public)
    marked = {path: (value, mark) for planter in planters.values() for path, (value, mark) in planter.found.items()}
    hidden = [value for value, mark in marked.values() if mark is not Audience.PUBLIC]
    hidden += [value for value, _ in planters["review-unpublished"].found.values()]
    hidden += [CASE, CASE[-5:], "cs-99", "C-20261103-PQBAD", "plantqbrokenx", "plantqforgex", NAME]
    hidden += [PICTURE.decode(), "git.example.cn"]
    assert len(hidden) > 90
    assert [value for value in hidden if value.lower().encode() in found] == []


def test_everybody_sees_what_was_published(public: Path, planters: dict[str, Planter]) -> None:
    found = everything(public)
    shown = {path.split()[0]: value for path, (value, mark) in planters["review"].found.items() if mark == "public"}
    assert {path for path, value in shown.items() if value.encode() in found} == {"findings", "published.where"}
    page = Page((public / "en/evaluations/platform-service-outside-evaluation-2025.html").read_text("utf-8"))
    assert shown["findings"] in page.words
    results = Page((public / "en/index.html").read_text("utf-8"))
    assert "Complaints received 1 " in results.words
    assert "Product quality 1 100%" in results.words


def test_those_inside_see_what_is_planted_but_what_is_restricted(internal: Path, planters: dict[str, Planter]) -> None:
    found = everything(internal)
    marked = [one for name in ("case", "review", "people") for one in planters[name].found.values()]
    seen = [value for value, mark in marked if mark is Audience.INTERNAL and value.lower().encode() in found]
    assert len(seen) > 70
    restricted = [value for value, mark in marked if mark is Audience.RESTRICTED]
    assert len(restricted) >= 2
    assert [value for value in restricted if value.encode() in found] == []


def test_no_link_leads_nowhere(public: Path) -> None:
    for page in public.rglob("*.html"):
        for link in Page(page.read_text("utf-8")).links:
            path, _, anchor = link.partition("#")
            assert not link.startswith(("http:", "https:")), link
            target = (page.parent / path).resolve() if path else page
            assert target.is_file(), (page, link)
            if anchor and target.suffix == ".html":
                assert anchor in Page(target.read_text("utf-8")).anchors | {"__toc", "__drawer"}, (page, link)


def test_there_is_no_page_about_a_case_or_for_those_inside(public: Path) -> None:
    assert sorted(path.name for path in (public / "en").iterdir()) == [
        "assets", "evaluations", "index.html", "policies", "results",
    ]  # fmt: skip
    assert sorted(path.name for path in public.iterdir()) == ["en", "index.html", "search", "zh"]


def test_a_folder_that_held_the_site_for_those_inside_holds_nothing_of_it(
    planted_repository: Path, planters: dict[str, Planter], tmp_path: Path
) -> None:
    out = tmp_path / "site"
    site.build(planted_repository, out, NOW)
    site.build(planted_repository, out, NOW, audience=Audience.PUBLIC, searchable=False)
    found = everything(out)
    hidden = [value for value, mark in planters["case"].found.values() if mark is not Audience.PUBLIC]
    assert [value for value in hidden if value.lower().encode() in found] == []
    assert NAME.encode() not in found
    assert site.build(planted_repository, out, NOW).made > 0
    assert (out / "en/cases/2026/11" / f"{CASE}.html").is_file()


def test_what_the_company_publishes_is_shown(planted_repository: Path, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(planted_repository, root, ignore=shutil.ignore_patterns("build", ".cache"))
    data = {"sku": "plantq-sku", "name": "plantq-name"}
    casework.put(root, casework.case(case_id="C-20261104-7K3QD", product=data))
    settings = root / "caseledger.yml"
    settings.write_text(settings.read_text("utf-8") + "publish: [case.product.sku]\n", "utf-8")
    out, _ = built(root, Audience.PUBLIC)
    found = everything(out)
    assert b"plantq-sku" in found
    assert b"plantq-name" not in found


def test_an_appraisal_is_listed_once_its_result_is_published(repository: Path) -> None:
    def appraised(at: str, result: str, **own: Any) -> dict[str, Any]:
        standards = {"standards": ["plantq-standard"], "sample": "plantq-sample"}
        return casework.event(at, "appraised", "qi-01", "quality-inspection", **standards, result=result, **own)

    told = {"where": "https://north-shore.example.cn/recall", "on": "2026-11-10"}
    later = {"where": "plantq-later", "on": "2026-12-01"}
    casework.put(
        repository,
        casework.case(
            appraised("2026-11-04 10:00", "non-conforming", published=told),
            appraised("2026-11-05 10:00", "inconclusive"),
            appraised("2026-11-06 10:00", "conforming", published=later),
            product={"sku": "plantq-sku"},
        ),
    )
    site.build(repository, repository / "public", NOW, audience=Audience.PUBLIC, searchable=False)
    page = Page((repository / "public/en/index.html").read_text("utf-8"))
    assert "Published Category Result Where 2026-11-10 Product quality Non-conforming" in page.words
    assert told["where"] in page.words
    assert "Inconclusive" not in page.words
    assert b"plantq" not in everything(repository / "public")
    site.build(repository, repository / "site", NOW, searchable=False)
    case = Page((repository / f"site/en/cases/2026/11/{casework.CASE}.html").read_text("utf-8"))
    assert f"Published 2026-11-10 {told['where']}" in case.words
