"""The analysis of a root cause as a page draws it: causes under their headings, whatever form the file has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caseledger.site.words import Words

QUESTIONS = ("what", "why", "where", "when", "who", "how", "how much", "how_much")
"""The order of 5W2H; other headings follow as they stand in the file."""


@dataclass(frozen=True, slots=True)
class RootCause:
    """A method, and what was found: texts under headings, a heading "" where there is none."""

    method: str
    findings: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def headed(self) -> bool:
        """Whether the findings have headings."""
        return any(heading for heading, _ in self.findings)


def root_cause(data: Mapping[str, Any], words: Words) -> RootCause:
    """The root cause of an `investigated`; the usual headings are put into words."""
    findings = data["findings"]
    if not isinstance(findings, Mapping):
        return RootCause(data["method"], (("", _texts(findings)),))
    found = sorted(findings.items(), key=lambda item: _rank(item[0])) if data["method"] == "5w2h" else findings.items()
    return RootCause(
        data["method"], tuple((words.label("heading", heading), _texts(texts)) for heading, texts in found)
    )


def _texts(findings: Any) -> tuple[str, ...]:
    return (findings,) if isinstance(findings, str) else tuple(findings)


def _rank(heading: str) -> int:
    return QUESTIONS.index(heading) if heading in QUESTIONS else len(QUESTIONS)
