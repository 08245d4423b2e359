"""Exceptions for "cannot go on"; what is merely wrong with a file is a Problem."""

from collections.abc import Sequence

from caseledger.language import Text
from caseledger.problem import Problem

PROBLEMS, USAGE, BUG, BREACHED = 1, 2, 3, 4  # exit codes beside 0


class CannotGoOn(Exception):
    """What was asked for cannot be done; the text says why and what to do instead."""

    exit_code = USAGE

    def __init__(self, text: Text) -> None:
        super().__init__(text.msgid)
        self.text = text


class Refused(CannotGoOn):
    """A file or an entry is refused for its problems, which are all named."""

    exit_code = PROBLEMS

    def __init__(self, text: Text, problems: Sequence[Problem]) -> None:
        super().__init__(text)
        self.problems = tuple(problems)
