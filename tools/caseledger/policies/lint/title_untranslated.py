"""A title is Chinese under zh and not under en."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from caseledger import labels
from caseledger.language import N_, Text
from caseledger.policies.lint.version import Finding, Version
from caseledger.problem import Rule, Severity

RULE = Rule(
    "lint-title",
    N_("A title has not been translated."),
    N_("Write it in Chinese under zh and in English under en."),
    "grades:\n  major: {zh: Major, en: Major}",
    Severity.WARNING,
)
_CHINESE = re.compile("[\u3400-\u9fff]")


def check(version: Version) -> Iterator[Finding]:
    """Every title under zh without a Chinese character, and every one under en with one."""
    for at, steps, title in _titles(version.document.data):
        for language, chinese in (("zh", True), ("en", False)):
            if bool(_CHINESE.search(title[language])) is not chinese:
                message = Text(
                    N_("“{title}” is not {language}."),
                    title=title[language],
                    language=labels.label("language", language),
                )
                yield version.finding(RULE, at, (*steps, language), message)


def _titles(data: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str | int, ...], Mapping[str, str]]]:
    yield "title", ("title",), data["title"]
    for kind in ("roles", "grades", "categories"):
        for name, title in data[kind].items():
            yield name, (kind, name), title
    for kind in ("clocks", "obligations"):
        for number, entry in enumerate(data[kind]):
            yield entry["id"], (kind, number, "title"), entry["title"]
