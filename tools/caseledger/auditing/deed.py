"""Who did something about retention by what a file says, and whether the commit and the base bear that out."""

from collections.abc import Iterator
from datetime import datetime

from caseledger.auditing.context import Audit
from caseledger.errors import Refused
from caseledger.history.commits import Commit
from caseledger.language import N_, Text


def doubts(audit: Audit, commit: Commit, deed: str, acting: tuple[datetime, str, str]) -> Iterator[Text]:
    """What speaks against it that somebody held, proposed or decided (`deed`) when, by name and role, in a commit."""
    at, by, role = acting
    author = audit.law.people.by_address(commit.author.email)
    if author is None or author.id != by:
        values = {"by": by, "author": author.id if author else commit.author.email}
        yield Text(N_("It is by {by}, but the author of the commit is {author}."), **values)
    person = audit.law.people.get(by)
    if person is None or not person.holds(role, at.date()):
        yield Text(N_("{by} did not hold the role {role} on {day}."), by=by, role=role, day=at.date())
    if role not in _allowed(audit, deed):
        yield Text(N_("By caseledger.yml of the base this is not for {role}."), role=role)
    if at > max(commit.authored, commit.committed):
        yield Text(N_("It is later than its commit."))


def _allowed(audit: Audit, deed: str) -> list[str]:
    try:
        return list(audit.law.base.rulebook.settings.get("retention", {}).get(deed, ()))
    except Refused:
        return []
