"""What has not happened yet cannot be on record."""

from collections.abc import Iterator

from caseledger import instant
from caseledger.auditing import words
from caseledger.auditing.context import Audit
from caseledger.language import N_, Text
from caseledger.model import instant_of
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-at-later",
    N_("An entry says that it happened, or was written down, after the commit that brings it."),
    N_("Write when it happened; if the clock of the computer is wrong, put that right and commit anew."),
    '+  - {at: "2026-11-30T09:12:00+08:00", …}  # in a commit of 3 November',
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every new entry whose `at` or `recorded` is later than both times of its commit."""
    for added in audit.added:
        made = max(added.commit.authored, added.commit.committed)
        for key in ("at", "recorded"):
            said = instant_of(added.event.data.get(key))
            if said and said > made:
                message = Text(
                    N_("{entry} has {key} {said}, but was committed at {made}."),
                    entry=words.entry(added.event.data),
                    key=key,
                    said=instant.show(said),
                    made=instant.show(made),
                )
                place = added.document.place("events", added.event.index, key)
                yield audit.by(RULE, added.commit, added.path, message, place=place)
