"""Who enters a step is who took it; where one enters it for another, a reviewer sees it."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from caseledger.auditing import words
from caseledger.auditing.context import Audit
from caseledger.auditing.edits import Added
from caseledger.history.commits import Commit
from caseledger.language import N_, Text
from caseledger.people import Person
from caseledger.problem import Problem, Rule, Severity

RULE = Rule(
    "audit-recorded-for",
    N_("Entries are by somebody else than the author of the commit and those whom it names under Co-authored-by."),
    N_("Nothing needs to be done if they know of it; else let them enter it themselves."),
    "+  - {at: …, type: verified, by: cs-02, …}  # in a commit of cs-01",
    Severity.WARNING,
)


def check(audit: Audit) -> Iterator[Problem]:
    """The entries of each commit that are by another person, one finding for each case and person."""
    known: dict[str, Mapping[str, Person]] = {}
    for (commit, path, by), group in groupby(audit.added, key=lambda one: (one.commit, one.path, one.event.by)):
        authors = known.setdefault(commit.id, _authors(audit, commit))
        if by not in authors:
            entries = list(group)
            first = entries[0]
            place = first.document.place("events", first.event.index, *(["by"] if "by" in first.event.data else []))
            yield audit.by(RULE, commit, path, _message(entries, commit, authors), place=place, hint=Text(RULE.hint))


def _authors(audit: Audit, commit: Commit) -> dict[str, Person]:
    """The people who made a commit, by its own words: author and co-authors."""
    found = (audit.law.people.by_address(who.email) for who in (commit.author, *commit.coauthors))
    return {person.id: person for person in found if person}


def _message(entries: list[Added], commit: Commit, authors: Mapping[str, Person]) -> Text:
    first = words.entry(entries[0].event.data)
    what = Text(N_("{entry} and {n} more"), entry=first, n=len(entries) - 1) if entries[1:] else first
    by = words.value(entries[0].event.by)
    if authors:
        message = N_("By {by}, but recorded by {author}: {what}.")
        return Text(message, by=by, author=", ".join(sorted(authors)), what=what)
    message = N_("By {by}, but recorded by {email}, whom policy/people.yml does not know: {what}.")
    return Text(message, by=by, email=words.value(commit.author.email), what=what)
