"""Every store of evidence is behind a URL that can be understood."""

from collections.abc import Iterator
from pathlib import Path

from caseledger.errors import CannotGoOn
from caseledger.language import N_
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "settings-stores",
    N_("The URL of a store of evidence cannot be used."),
    N_("Write file:FOLDER, lfs: or s3://BUCKET/PREFIX; docs/evidence.md shows each."),
    "stores:\n  evidence: ftp://files.example.com/evidence",
)


def check(document: Document, root: Path) -> Iterator[Problem]:
    """Every store whose URL is none."""
    if "stores" not in document.data:
        return
    from caseledger.stores import urls  # noqa: PLC0415 - appending is done without it

    for name, url in document.data["stores"].items():
        try:
            urls.parse(url)
        except CannotGoOn as wrong:
            yield RULE.problem(document.path, document.place("stores", name), wrong.text)
