"""Who may do what about retention: the settings say so, and nobody may where they are silent."""

from datetime import datetime

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.people import Person
from caseledger.rulebook import Rulebook

HOLD, PROPOSE, DECIDE = "hold", "propose", "decide"


def roles(rulebook: Rulebook, deed: str) -> tuple[str, ...]:
    """The roles that may do something; CannotGoOn where the settings name none."""
    found = tuple(rulebook.settings.get("retention", {}).get(deed, ()))
    if not found:
        message = N_("caseledger.yml names no role that may do this. Add: retention: {example}")
        raise CannotGoOn(Text(message, example=f"{{{deed}: [management]}}"))
    return found


def refuse_unfit(rulebook: Rulebook, deed: str, who: Person, role: str, now: datetime) -> None:
    """CannotGoOn where somebody may not do it in that role, or does not hold it."""
    allowed = roles(rulebook, deed)
    if role not in allowed:
        message = N_("This is for {roles}, not for {role}.")
        raise CannotGoOn(Text(message, roles=", ".join(allowed), role=role))
    if not who.holds(role, now.date()):
        raise CannotGoOn(Text(N_("{by} does not hold the role {role} today."), by=who.id, role=role))
