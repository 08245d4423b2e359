"""Notices and issues go to departments that there are, notices in hours of a calendar that there is."""

from collections.abc import Iterator
from pathlib import Path

from caseledger import calendar, yamltext
from caseledger.errors import Refused
from caseledger.language import N_, Text
from caseledger.policy import RESPONSIBLE
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "settings-notices",
    N_("Notices or issues name a department, a calendar or hours that cannot be."),
    N_("Write a role of one of the policies, the name of a file of policy/calendars, hours that run forwards."),
    "notices: {departments: {custmer-service: {channels: [CASELEDGER_NOTIFY]}}}",
)


def check(document: Document, root: Path) -> Iterator[Problem]:
    """Every department that no policy has as a role, the calendar if it has no file, hours that run backwards."""
    notices = document.data.get("notices", {})
    named = [
        (part, role) for part in ("notices", "flags") for role in document.data.get(part, {}).get("departments", ())
    ]
    roles = _roles(root) if named else set()
    for part, department in named:
        if department not in roles:
            message = Text(N_("No policy has the role {role}."), role=department)
            place = document.place(part, "departments", department, key=True)
            yield RULE.problem(document.path, place, message)
    name = notices.get("calendar")
    if name and not (root / "policy" / "calendars" / f"{name}.yml").is_file():
        message = Text(N_("There is no policy/calendars/{name}.yml."), name=name)
        yield RULE.problem(document.path, document.place("notices", "calendar"), message)
    for number, window in enumerate(notices.get("hours", ())):
        opening, closing = calendar.minutes(window)
        if opening >= closing:
            message = Text(N_("{window} ends before it begins."), window=window)
            yield RULE.problem(document.path, document.place("notices", "hours", number), message)


def _roles(root: Path) -> set[str]:
    """The roles of all policies that can be read."""
    found = {RESPONSIBLE}
    for path in (root / "policy").glob("*/*/policy.yml"):
        try:
            data = yamltext.read(path.read_bytes(), path.name).data
        except (OSError, Refused):
            continue
        roles = data.get("roles") if isinstance(data, dict) else None
        found |= set(roles) if isinstance(roles, dict) else set()
    return found
