"""Clocks, conditions and obligations of a policy have ids of their own."""

from collections.abc import Iterator
from pathlib import Path

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "policy-repeated",
    N_("Two clocks, two conditions or two obligations of a policy bear the same id."),
    N_("Give one of them another id."),
    "clocks:\n  - id: response\n    within: 1 wd\n  - id: response\n    within: 2 wd",
)


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """Every id that an entry above it in the same list bears."""
    for kind in ("conditions", "clocks", "obligations"):
        seen = set()
        for number, entry in enumerate(document.data.get(kind, ())):
            if entry["id"] in seen:
                message = Text(N_("The id {id} is given twice under {kind}."), id=entry["id"], kind=kind)
                yield RULE.problem(document.path, document.place(kind, number, "id"), message)
            seen.add(entry["id"])
