"""The engine can be replaced: another one makes the same pages of the same Markdown."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from caseledger import site
from caseledger.site import engine
from caseledger.site.engine import Tree
from tests import casework
from tests.casework import NOW, Page, case
from tests.conftest import ROOT


def test_properdocs_makes_the_same_pages_as_mkdocs(repository: Path, tmp_path: Path) -> None:
    casework.put(repository, case())
    site.build(repository, repository / "build/site", NOW)
    docs = repository / "build" / "docs" / "en"
    made = {}
    for package in ("mkdocs", "properdocs"):  # each in a process of its own: one takes the other's place where both are
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            out = tmp_path / package
            assert (
                apart.submit(engine.render, ROOT, docs, out, Tree("en", ("zh", "en"), "Name"), package).result() == []
            )
        made[package] = {path.relative_to(out).as_posix(): path for path in out.rglob("*.html")}
    assert len(made["mkdocs"]) > 20
    assert made["mkdocs"].keys() == made["properdocs"].keys()
    for name, path in made["mkdocs"].items():
        page = Page(path.read_text(encoding="utf-8"))
        other = Page(made["properdocs"][name].read_text(encoding="utf-8"))
        assert (page.shape, page.links, page.text) == (other.shape, other.links, other.text), name
