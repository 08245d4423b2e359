"""The profile of new cases has a policy."""

from collections.abc import Iterator
from pathlib import Path

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "settings-profile",
    N_("The profile of new cases has no policy."),
    N_("Write the name of a folder of policy/ that holds a version with its policy.yml."),
    "profile: quaility",
)


def check(document: Document, root: Path) -> Iterator[Problem]:
    """The profile if it has no version."""
    profile = document.data["profile"]
    if not any((root / "policy" / profile).glob("*/policy.yml")):
        message = Text(N_("There is no policy/{profile}/<version>/policy.yml."), profile=profile)
        yield RULE.problem(document.path, document.place("profile"), message)
