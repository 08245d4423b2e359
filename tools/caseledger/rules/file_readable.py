"""A file that is needed is there, and can be read."""

from caseledger.language import N_, Text
from caseledger.problem import START, Problem, Rule

RULE = Rule(
    "file-readable",
    N_("A file is missing or cannot be read."),
    N_("Put the file in its place, with the right to read it."),
    "# policy/people.yml is missing",
)


def problem(shown: str) -> Problem:
    """The finding about the file of that path."""
    return RULE.problem(shown, START, Text(N_("{path} is missing or cannot be read."), path=shown))
