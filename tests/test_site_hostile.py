"""Whatever somebody writes into a case reaches the page as text: no element, attribute or link comes of it."""

import json
from pathlib import Path

import markdown
import pytest

from caseledger import schema, yamltext
from caseledger.errors import Refused
from caseledger.language import Text
from caseledger.problem import Place, Rule
from caseledger.rulebook import Rulebook
from caseledger.site import archive, departments, home, listing
from caseledger.site.names import Names
from caseledger.site.pages import Writer
from caseledger.site.words import Words
from tests import casework
from tests.casework import NOW, Page, case, event
from tests.conftest import ROOT

ATTACKS = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "</blockquote></div><iframe srcdoc='<script>alert(1)</script>'>",
    "<!-- --><b>bold</b><!--",
    "<details open ontoggle=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "<math><mtext></mtext><script>alert(1)</script></math>",
    "{{ 7 * 7 }} {% raw %} {# #}",
    "{{ config.items() }}",
    "{n} {0} {__class__}",
    "[[retention]] [[CLOCK]]",
    "# heading",
    "- item\n\n    code",
    "[link](javascript:alert(1)) ![i](https://example.com/x.png)",
    "<https://example.com> https://example.com",
    "text {: onclick=alert(1) #id .class }",
    "```\ncode\n```",
    "| a | b |\n|---|---|",
    "!!! note\n    admonition",
    "*[HTML]: x\n[TOC]\n\n[1]: https://example.com",
    "caseledger-shell-title caseledger-shell-body cases/0000/00/case.html",
    '--8<-- "mkdocs.yml"',
    "wzxhzdk:0 klzzwxh:0000",
    "a\n\n\n</div>\n\n<p>b",
    "&amp; &nbsp; &copy",
    "٠١٢ שלום",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "&#106;avascript:alert(1)",
    "java\nscript:alert(1)",
    "//example.com/x.js",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% include '/etc/passwd' %}{%- set x = 1 -%}",
    "${7*7} #{7*7} <%= 7*7 %> [[${7*7}]]",
    "[x]: javascript:alert(1)\n\n[x] ![x]",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<style>*{display:none}</style><link rel=stylesheet href=//example.com>",
    "<form action=https://example.com><input type=submit>",
    "<meta http-equiv=refresh content='0;url=https://example.com'>",
    "<base href=https://example.com/>",
    "pаypal аdmin",
    "zero\u200bwidth\u2060join\ufeffer",
    "ｊａｖａｓｃｒｉｐｔ：ａｌｅｒｔ（１）",
    "ﷺ 𝒶𝓁ℯ𝓇𝓉 ẗ̴̞̀ è́",
    "caseledger-mark-quality@2023-01-01-response-live.",
]
BATCH = 20
PATHS = ("index.html", "cases/2026.html", "archive/2026.html", "problems.html", "departments/customer-service.html")
EXTENSIONS = ["admonition", "attr_list", "tables", "toc"]


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """The attacks above, and where there is a list of naughty strings beside the project, those a case may hold."""
    path = ROOT.parent / "shared" / "data" / "blns.json"
    naughty = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return ATTACKS + [text for text in naughty if allowed(text)]


def allowed(text: str) -> bool:
    """Whether the checks let a case hold it."""
    try:
        document = yamltext.read(json.dumps(everywhere(text)).encode(), "case.yml")
    except Refused:
        return False
    return not schema.problems("case", document)


def everywhere(text: str, number: int = 0) -> dict[str, object]:
    """A case with that text in every field that takes free text."""
    line = " ".join(text.split())[:300]
    money = {"value": "10.00", "currency": "NOK"}
    return case(
        event("2026-11-03 09:30", "information-requested", what=text, note=text),
        event("2026-11-03 09:40", "information-received", note=text),
        event("2026-11-03 10:40", "verified", in_scope=True, complete=True),
        event("2026-11-03 11:00", "graded", grade="important", reason=text),
        event("2026-11-03 11:10", "escalated", to="management", reason=text),
        event("2026-11-03 11:20", "escalation-resolved", "mgr-01", "management", measures=text),
        event("2026-11-03 11:30", "investigation-started", team=["cs-01"], plan=text),
        event("2026-11-03 11:40", "assigned", to="quality-inspection", urgency=line),
        event("2026-11-03 12:00", "evidence", obtained=text, files=[
            {"name": line, "sha256": "0" * 64, "size": 1, "media_type": "image/png", "uri": "a.png"},
        ]),
        event("2026-11-03 13:00", "appraised", "qi-01", "quality-inspection",
              standards=[line], sample=text, result="conforming", body=line),
        event("2026-11-03 14:00", "investigated", conclusion=text, nature="unfounded", basis=text,
              responsible=[{"party": "supplier", "name": line}],
              root_cause={"method": "fishbone", "findings": {"man": text, "machine": [text]}}),
        event("2026-11-03 15:00", "proposed", dispositions=[{"kind": "other", "amount": money, "note": text}]),
        event("2026-11-03 15:10", "disagreed", reason=text),
        event("2026-11-03 15:20", "reported", lessons=text),
        event("2026-11-03 15:30", "corrected", event={"at": "2026-11-03T11:00:00+08:00", "type": "graded"},
              set={"reason": text + "!"}, reason=text),
        event("2026-11-03 15:40", "note", note=text),
        case_id=f"C-20261103-{number:05}", summary=line, description=text, translation={"en": text},
        order={"platform": line, "number": line}, product={"sku": line, "name": line, "supplier": line},
        carrier={"name": line, "tracking": line}, source={"system": "shop", "id": line},
    )  # fmt: skip


def test_case_pages_hold_hostile_text_as_text(repository: Path, texts: list[str]) -> None:
    texts = ["plain words", *texts]
    rows = casework.stamp(repository, *(everywhere(text, number) for number, text in enumerate(texts)))
    assert len(rows) == len(texts)
    for language in ("zh", "en"):
        plain, *found = (Page(casework.page(repository, row, language)) for row in rows)
        for text, page in zip(texts[1:], found, strict=True):
            assert page.shape == plain.shape, text
            assert page.text.count(text.replace("\r\n", "\n").replace("\r", "\n")) >= 10, text


def test_lists_hold_hostile_text_as_text(repository: Path, texts: list[str]) -> None:
    texts = [" ".join(text.split())[:300].strip() for text in texts]
    writer = Writer(repository / "docs", Names(Rulebook(repository), Words("zh")), NOW)
    plain = lists(writer, repository, ["plain words"] * BATCH)
    for start in range(0, max(1, len(texts) - BATCH), BATCH):
        some = [*texts[start : start + BATCH], *["plain words"] * BATCH][:BATCH]
        for path, page in lists(writer, repository, some).items():
            assert page.shape == plain[path].shape, (path, some)
            shown = some[: home.URGENT] if path == "index.html" else some
            assert [text for text in shown if text not in page.words] == [], path


def lists(writer: Writer, root: Path, texts: list[str]) -> dict[str, Page]:
    """The pages that name cases or problems, as Markdown turns them into HTML."""
    opened = [case(case_id=f"C-20261103-{number:05}", summary=text) for number, text in enumerate(texts)]
    ended = [
        case(event("2026-11-04 09:00", "withdrawn"), case_id=f"C-20261102-{number:05}", summary=text)
        for number, text in enumerate(texts)
    ]
    for data in ended:
        data["events"][0]["at"] = "2026-11-02T09:12:00+08:00"
    rule = Rule("schema-form", "", "", "")
    problems = [rule.problem(text, Place(1, 1), Text("{text}", text=text), Text("{text}", text=text)) for text in texts]
    rows = casework.stamp(root, *opened, *ended)
    waiting = departments.departments(rows, [], writer.names.role_order)
    home.write(writer, home.figures(rows, NOW), waiting, len(problems))
    departments.write(writer, waiting)
    listing.write_cases(writer, rows, 0)
    archive.write(writer, rows)
    listing.write_problems(writer, problems)
    return {path: Page(writer.made[path].html) for path in PATHS}


def converted(text: str) -> Page:
    _, _, body = text.removeprefix("---\n").partition("\n---\n")
    return Page(markdown.markdown(body, extensions=EXTENSIONS))


@pytest.mark.parametrize("name", ["tables", "attr_list", "toc", "admonition"])
def test_the_extensions_tried_here_are_those_of_the_site(root: Path, name: str) -> None:
    assert name in EXTENSIONS
    assert f"- {name}" in (root / "mkdocs.yml").read_text(encoding="utf-8")
