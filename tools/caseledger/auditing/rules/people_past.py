"""A role that was given or ended for days gone by: often just written down late, but somebody should look."""

from collections.abc import Iterator

from caseledger.auditing import tenure
from caseledger.auditing.context import Audit
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule, Severity

RULE = Rule(
    "audit-people-past",
    N_("Somebody was given a role, or their role was ended, for days gone by."),
    N_("Nothing needs to be done if it was only written down late."),
    '+      - {role: legal, from: "2024-01-01"}  # in a commit of 2026',
    Severity.WARNING,
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every role given or ended for days before that of the commit."""
    for edit, (person, role), past in tenure.changes(audit):
        place = audit.place(edit, "people", person, "roles")
        values = {"person": person, "role": role}
        if past.gained:
            message = N_("{person} was given the role {role} from {first} to {last}, days gone by.")
            said = Text(message, **values, first=past.gained[0][0], last=past.gained[-1][1])
            yield audit.problem(RULE, edit, said, place=place)
        if past.ended:
            message = N_("The role {role} of {person} was ended with {last}, a day gone by.")
            yield audit.problem(RULE, edit, Text(message, **values, last=past.ended), place=place)
