"""Who held which role on days gone by is on record: entries were judged by it."""

from collections.abc import Iterator

from caseledger.auditing import tenure
from caseledger.auditing.context import Audit
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-people",
    N_("Somebody no longer held a role on days gone by."),
    N_("Undo it (git revert). Who stops gets a last day (to:); nobody is taken out of the file."),
    '-      - {role: legal, from: "2024-01-01", to: "2025-06-30"}',
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every past day that somebody held a role, and by a commit no longer does, unless it only gave them a last day."""
    for edit in tenure.lost(audit):
        yield audit.problem(RULE, edit, Text(N_("The file was deleted, renamed or made unusable.")))
    for edit, (person, role), past in tenure.changes(audit):
        if past.lost and not past.ended:
            message = Text(
                N_("{person} no longer held the role {role} from {first} to {last}."),
                person=person,
                role=role,
                first=past.lost[0][0],
                last=past.lost[-1][1],
            )
            yield audit.problem(RULE, edit, message, place=audit.place(edit, "people", person, "roles"))
