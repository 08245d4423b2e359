"""Nobody gives themselves a role in the change in which they use it: roles are those of the base."""

from collections.abc import Iterator

from caseledger.auditing.context import Audit
from caseledger.errors import Refused
from caseledger.language import N_, Text
from caseledger.model import Event
from caseledger.people import People
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-role",
    N_("Somebody acts or approves in a role that they did not hold on that day by policy/people.yml of the base."),
    N_("Write the role that they held; or have policy/people.yml changed and merged first, and record it then."),
    "+  - {at: …, type: graded, by: cs-01, as: management, …}",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every new entry whose people did not hold the roles that it names."""
    for added in audit.added:
        if law := audit.law.of(added.document):
            day = law[1].day_of(added.event.at)
            for steps, name, role in _acting(added.event):
                person = audit.law.people.get(name)
                if not (person and person.holds(role, day)):
                    values = {"person": name, "role": role, "day": day}
                    later = _head(audit).get(name)
                    message = (
                        N_("{person} is given the role {role} for {day} by the same change.")
                        if later and later.holds(role, day)
                        else N_("{person} did not hold the role {role} on {day}.")
                    )
                    place = added.document.place("events", added.event.index, *steps)
                    yield audit.by(RULE, added.commit, added.path, Text(message, **values), place=place)


def _acting(event: Event) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Who acts in which role, and where the role stands."""
    if "as" in event.data:
        yield ("as",), event.by, event.role
    approval = event.data.get("approved_by")
    if isinstance(approval, dict) and {"by", "as"} <= approval.keys():
        yield ("approved_by", "as"), str(approval["by"]), str(approval["as"])


def _head(audit: Audit) -> People:
    try:
        return audit.law.head.rulebook.people
    except Refused:
        return People({})
