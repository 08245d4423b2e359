"""The site for everybody holds nothing internal in any byte: every field is planted with a mark of its own."""

import gzip
import hashlib
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from caseledger import site, yamltext
from caseledger.audience import Audience
from caseledger.site import Built
from tests import casework
from tests.casework import NOW, Page
from tests.conftest import ROOT
from tests.planted import Planter

CASE = "C-20261103-QWXZ7"
GZIP = b"\x1f\x8b"
PICTURE = b"plantqpicturex"
FORGE = "https://git.example.cn/plantqforgex/complaints"
NAME = "plantqfilex"


@pytest.fixture(scope="module")
def planters() -> dict[str, Planter]:
    numbers = count(1)
    return {name: Planter(name.split("-")[0], numbers) for name in ("case", "review", "review-unpublished", "people")}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, planters: dict[str, Planter]) -> Path:
    """A repository in which every field of a case, of a record and of a person is planted."""
    root = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "policy", root / "policy")
    settings = (ROOT / "caseledger.yml").read_text("utf-8")
    settings = settings.replace("https://git.example.cn/north-shore/complaints", FORGE)
    (root / "caseledger.yml").write_text(settings.replace("2026-01-01", "2025-01-01"), "utf-8")
    people = (root / "policy/people.yml").read_text("utf-8")
    grown = planters["people"].grow(_person(), "people.*")
    grown |= {"emails": [f"{grown['emails'][0]}@example.com"], "bot": False}
    grown.pop("vault_key", None)  # which must be a real one
    grown["roles"] = [{"role": "customer-service", "from": "2023-01-01"}]
    (root / "policy/people.yml").write_text(people + f"  cs-99: {yamltext.flow(grown)}\n", "utf-8")
    _put_cases(root, planters["case"])
    for name, kind, profile, period in (
        ("review", "outside-evaluation", "platform-service", "2025"),
        ("review-unpublished", "monthly-report", "quality", "2026-10"),
    ):
        data = planters[name].whole() | {"kind": kind, "profile": profile, "period": period, "held": "2026-11-03"}
        data |= {"as": "supervision", "by": "cs-99"}
        data["actions"][0]["deadline"] = "2026-11-30"
        data["published"]["on"] = "2026-11-04"
        if name != "review":
            del data["published"]
        path = root / "reviews" / period[:4] / f"{profile}-{kind}-{period}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yamltext.flow(data), "utf-8")
    return root


def _person() -> dict[str, Any]:
    from caseledger import schema

    person: dict[str, Any] = dict(schema.schema("people")["properties"]["people"]["additionalProperties"])
    person["properties"] = {name: part for name, part in person["properties"].items() if name != "roles"}
    for name in ("emails", "logins"):
        person["properties"][name] = {"type": "array", "items": {"$ref": "#/$defs/name"}}
    return person


def _put_cases(root: Path, planter: Planter) -> None:
    data = planter.whole() | {"id": CASE, "policy": "quality@2023-01-01", "category": "product-quality"}
    events = planter.events()
    for event in events:
        event |= {"by": "cs-99", "as": "customer-service"}
        if event["type"] == "graded":
            event["grade"] = "general"
        if event["type"] == "evidence":
            digest = hashlib.sha256(PICTURE).hexdigest()
            event["files"].append(event["files"][0] | {"uri": f"{NAME}.jpg", "sha256": digest, "name": NAME})
            event["files"][1]["media_type"] = "image/jpeg"
        if event["type"] == "corrected":
            event |= {"event": {"at": events[-1]["at"], "type": "note"}, "set": {"note": event["reason"]}}
    path = casework.put(root, {**data, "related": [CASE], "events": events})
    path.with_suffix("").mkdir()
    (path.with_suffix("") / f"{NAME}.jpg").write_bytes(PICTURE)
    (path.parent / "C-20261103-PQBAD.yml").write_text("schema: plantqbrokenx\n", "utf-8")


def built(root: Path, audience: Audience) -> tuple[Path, Built]:
    out = root / "build" / audience
    return out, site.build(root, out, NOW, audience=audience)


@pytest.fixture(scope="module")
def public(planted: Path) -> Path:
    return built(planted, Audience.PUBLIC)[0]


@pytest.fixture(scope="module")
def internal(planted: Path) -> Path:
    return built(planted, Audience.INTERNAL)[0]


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
    assert sorted(path.name for path in (public / "en").iterdir() if path.name != "sitemap.xml") == [
        "assets", "evaluations", "index.html", "policies", "results",
    ]  # fmt: skip
    assert sorted(path.name for path in public.iterdir()) == ["en", "index.html", "search", "zh"]


def test_a_folder_that_held_the_site_for_those_inside_holds_nothing_of_it(
    planted: Path, planters: dict[str, Planter], tmp_path: Path
) -> None:
    out = tmp_path / "site"
    site.build(planted, out, NOW)
    site.build(planted, out, NOW, audience=Audience.PUBLIC, searchable=False)
    found = everything(out)
    hidden = [value for value, mark in planters["case"].found.values() if mark is not Audience.PUBLIC]
    assert [value for value in hidden if value.lower().encode() in found] == []
    assert NAME.encode() not in found
    assert site.build(planted, out, NOW).made > 0
    assert (out / "en/cases/2026/11" / f"{CASE}.html").is_file()


def test_what_the_company_publishes_is_shown(planted: Path, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(planted, root, ignore=shutil.ignore_patterns("build", ".cache"))
    data = {"sku": "plantq-sku", "name": "plantq-name"}
    casework.put(root, casework.case(case_id="C-20261104-7K3QD", product=data))
    settings = root / "caseledger.yml"
    settings.write_text(settings.read_text("utf-8") + "publish: [case.product.sku]\n", "utf-8")
    out, _ = built(root, Audience.PUBLIC)
    found = everything(out)
    assert b"plantq-sku" in found
    assert b"plantq-name" not in found
