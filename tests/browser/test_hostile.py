"""A repository in which everything that takes free text is an attack, in a browser: all of it is text, none of it runs.

Not only consumers write: a title in a policy, a name in people.yml, a finding in a record reach the pages, too.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from caseledger import site, yamltext
from tests import casework
from tests.browser import kinds
from tests.browser.conftest import Watched, served
from tests.casework import NOW, event
from tests.conftest import ROOT
from tests.test_site_hostile import everywhere

ATTACK = (
    "\"'><img src=x onerror=window.pwned=1><script>window.pwned=1</script></title></textarea>"
    "{{ 7 * 7 }}{% raw %} [x](javascript:window.pwned=1) {: onclick=window.pwned=1 } `x` </div>"
)
EXPECTED = "<script>window.pwned=1</script>"
CASES = {
    "C-20261103-00001": ATTACK,
    "C-20261103-00002": "javascript:window.pwned=1",
    "C-20261103-00003": "data:text/html,<script>window.pwned=1</script>",
    "C-20261103-00004": "p\u0430ypal zip\u200bper ｊａｖａｓｃｒｉｐｔ:x Ω≈ç√ 表ポあA鷗 שלום مرحبا",
}
BAD = "img, iframe, object, embed, style, script:not([src]):not([type='application/json'])"


def attacked(value: Any, key: str = "") -> Any:
    """The data with every text a person may choose made an attack; what names things stays."""
    if isinstance(value, dict):
        return {name: attacked(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [attacked(inner, key) for inner in value]
    free = ("zh", "en", "name", "findings", "decisions", "measure", "acceptance", "evidence", "note", "where")
    return f"{ATTACK} {value}"[:300] if key in free and isinstance(value, str) else value


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that repository."""
    root = tmp_path_factory.mktemp("hostile")
    for name in ("policy", "reviews"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "caseledger.yml", root)
    files = [root / "caseledger.yml", root / "policy" / "people.yml"]
    for path in [*files, *root.glob("policy/*/*/policy.yml"), *root.glob("reviews/*/*.yml")]:
        data = yamltext.read(path.read_bytes(), path.name).data
        path.write_text(json.dumps(attacked(data), ensure_ascii=False), encoding="utf-8")
    for case_id, text in CASES.items():
        casework.put(root, {**everywhere(text), "id": case_id})
    casework.put(root, casework.case(event("2026-11-04 09:00", "withdrawn", reason=ATTACK), case_id="C-20261103-00005"))
    site.build(root, root / "site", NOW)
    return root / "site"


@pytest.fixture(scope="module")
def hostile_address(hostile: Path) -> Iterator[str]:
    """Where it is served."""
    with served(hostile) as address:
        yield address


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whatever_is_an_attack_is_text_on_every_kind_of_page(
    browser: Browser, hostile: Path, hostile_address: str, language: str
) -> None:
    shown = 0
    with browser.new_context() as context:
        watched = Watched(context.new_page(), hostile_address)
        paths = {*kinds.representatives(hostile / "en"), *(f"cases/2026/11/{case_id}.html" for case_id in CASES)}
        for path in sorted(paths):
            page = watched.go(f"{language}/{path}")
            assert harmless(page), path
            shown += EXPECTED in page.inner_text("body")
        watched.go(f"{language}/index.html")
        watched.search("pwned")
        assert harmless(watched.page)
    assert watched.faults == []
    assert shown > 10


def harmless(page: Page) -> bool:
    """Whether nothing ran, and no element came of a text."""
    page.wait_for_timeout(50)
    made: list[Any] = page.evaluate(
        f"() => {{ const BAD = `{BAD}`; return ["
        + """
          window.pwned ?? 0,
          document.querySelectorAll(BAD).length,
          [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => /^on/.test(a.name))).length,
          [...document.querySelectorAll("[href], [src], [action]")]
            .filter((e) => /^(javascript|data|vbscript):/i.test(e.href ?? e.src ?? e.action)).length,
        ]}"""
    )
    return made == [0, 0, 0, 0]
