"""What an issue is to say about one case or one periodic duty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Settled = Callable[[str], "Flag | None"]
"""Gives the last word on a subject of which nothing is overdue; None where nobody can tell."""


@dataclass(frozen=True)
class Flag:
    """One subject: `said` is Markdown, `keys` are those of all its findings, `overdue` those that are still open.

    `departments` are the roles that must act, the one whose deadline is oldest first.
    """

    subject: str
    title: str
    said: str
    keys: tuple[str, ...]
    overdue: frozenset[str]
    departments: tuple[str, ...]


Flags = Mapping[str, Flag]
"""What is overdue, by subject."""
