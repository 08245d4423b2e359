"""A policy lies in the folder of its profile and version."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "policy-folder",
    N_("The profile or the version of a policy is not the name of its folder."),
    N_("Rename the folder, or write its name; a version is the first day in force."),
    '# policy/quality/2023-01-01/policy.yml\nprofile: quality\nversion: "2024-01-01"',
)


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """The profile and the version if their folder is called otherwise."""
    *_, profile, version, _ = PurePosixPath(document.path).parts
    for key, folder in (("profile", profile), ("version", version)):
        if document.data[key] != folder:
            message = Text(
                N_("{key} is {value}, but the folder is called {folder}."),
                key=key,
                value=document.data[key],
                folder=folder,
            )
            yield RULE.problem(document.path, document.place(key), message)
