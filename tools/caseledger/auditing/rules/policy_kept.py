"""A policy version in force is never edited: a change is a new version, written before its first day."""

from collections.abc import Iterator

from caseledger.auditing import places
from caseledger.auditing.context import Audit
from caseledger.auditing.edits import Edit
from caseledger.calendar import Calendar
from caseledger.errors import Refused
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-policy",
    N_("A policy version was edited, deleted or added although its first day has come."),
    N_("Undo it (git revert), and write the change as a new version: caseledger policy new PROFILE DAY."),
    "edited: policy/quality/2023-01-01/policy.yml",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every file of a version in force that a commit changes, and every version added for days gone by."""
    for edit in audit.edits:
        name = places.version_of(edit.path)
        if (
            name
            and edit.breaks
            and name.partition("@")[2] <= audit.law.day(edit.commit, _calendar(audit, name)).isoformat()
        ):
            message = _message(audit, edit, name)
            if message:
                yield audit.problem(RULE, edit, message)


def _message(audit: Audit, edit: Edit, name: str) -> Text | None:
    known = audit.law.base.law
    if audit.span.base and f"policy/{name.replace('@', '/')}/policy.yml" in known:
        return Text(N_("{policy} is in force and was edited."), policy=name)
    profile = name.partition("@")[0]
    if audit.span.base and edit.path.endswith("/policy.yml") and any(p.startswith(f"policy/{profile}/") for p in known):
        return Text(N_("{policy} was added after its first day."), policy=name)
    return None


def _calendar(audit: Audit, name: str) -> Calendar | None:
    try:
        policy = audit.law.base.rulebook.policy(name)
        return audit.law.base.rulebook.calendar(policy.calendar) if policy else None
    except Refused:
        return None
