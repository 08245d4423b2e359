"""Audit: whether a change leaves what is on record as it was; docs/audit.md says what may change.

`check` looks at files as they are, this at what became of them. Rules are one module each, with code, meaning and
`check`; each gets the whole change.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from caseledger.auditing.context import Audit
from caseledger.auditing.rules import (
    archive_kept,
    archived_kept,
    at_later,
    attributes,
    backdated,
    calendar_kept,
    case_deleted,
    case_readable,
    case_unread,
    disposal_decided,
    entries_kept,
    evidence_kept,
    file_mode,
    forward,
    header_changed,
    header_kept,
    hold_entered,
    letter_case,
    merge_kept,
    people_kept,
    people_past,
    plain_file,
    policy_kept,
    record_deleted,
    recorded_for,
    redated,
    removals,
    role_held,
    signed,
    signers_changed,
    text_kept,
)
from caseledger.problem import Problem, Rule

__all__ = ["ALL", "Audit", "find"]


class ChangeRule(Protocol):
    """A rule about a change."""

    RULE: Rule

    def check(self, audit: Audit) -> Iterator[Problem]:
        """The findings in one range of commits."""


CHANGE_RULES: Sequence[ChangeRule] = (
    forward,
    case_deleted,
    case_readable,
    case_unread,
    entries_kept,
    text_kept,
    merge_kept,
    header_kept,
    header_changed,
    evidence_kept,
    archived_kept,
    archive_kept,
    hold_entered,
    disposal_decided,
    record_deleted,
    policy_kept,
    calendar_kept,
    people_kept,
    people_past,
    removals,
    plain_file,
    file_mode,
    letter_case,
    attributes,
    recorded_for,
    role_held,
    at_later,
    backdated,
    redated,
    signed,
    signers_changed,
)
ALL: tuple[Rule, ...] = tuple(rule.RULE for rule in CHANGE_RULES)
"""Every rule that changes are audited by."""


def find(audit: Audit) -> list[Problem]:
    """Everything that is wrong with a change, and what a reviewer should see of it, by file and place.

    What several commits show, because merges hand it on, is said once, of the oldest.
    """
    found: dict[tuple[str, str, object], Problem] = {}
    for rule in CHANGE_RULES:
        for problem in rule.check(audit):
            found.setdefault((problem.code, problem.path, dict(problem.message.values).get("message")), problem)
    return sorted(found.values(), key=lambda problem: problem.order)
