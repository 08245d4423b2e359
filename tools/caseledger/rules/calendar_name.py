"""A calendar's file is named after it."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "calendar-name",
    N_("The name of a calendar is not that of its file."),
    N_("Write the same name in both."),
    "# policy/calendars/CN.yml\nname: China",
)


def check(document: Document, _root: Path) -> Iterator[Problem]:
    """The name if the file's stem is another."""
    stem = PurePosixPath(document.path).stem
    if document.data["name"] != stem:
        message = Text(N_("The name is {name}, but the file is called {stem}."), name=document.data["name"], stem=stem)
        yield RULE.problem(document.path, document.place("name"), message)
