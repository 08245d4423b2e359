"""What was entered long after it happened is shown, with the deadlines that depend on whether it is believed.

A commit has two times, and both can be set at will. The author's stays through a rebase, the committer's does not; a
squash renews both. An entry that is too late by the author's own time is always listed. One that is late only by the
committer's was rebased in honesty or dated back in secret: it is listed where a deadline depends on it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from caseledger import instant, lengths, schema
from caseledger.auditing import otherwise, words
from caseledger.auditing.context import Audit
from caseledger.auditing.edits import Added
from caseledger.calendar import Calendar
from caseledger.clocks import Verdict
from caseledger.language import N_, Text
from caseledger.policy import Policy
from caseledger.problem import Problem, Rule, Severity

RULE = Rule(
    "audit-backdated",
    N_("Entries were committed later after they happened than the policy allows (recording)."),
    N_("Enter steps when they are taken. If it was so, say in a note why it was entered late."),
    '+  - {at: "2026-11-03T09:12:00+08:00", …}  # in a commit of 12 November',
    Severity.WARNING,
)
_LATE = N_("{what}: committed at {made}, later than {within} after it happened (article {clause}).")
_REDATED = N_("{what}: written at {written} by the author's time, but committed at {made}: rebased, or dated back.")
_SAVED = N_("{said} By that time these deadlines would be broken: {clocks}.")


def check(audit: Audit) -> Iterator[Problem]:
    """The belated entries of each case and commit, one finding for all of them."""
    cases: dict[str, list[Added]] = defaultdict(list)
    for added in audit.added:
        cases[added.path].append(added)
    for entries in cases.values():
        law = audit.law.of(entries[0].document)
        if law and law[0].recording:
            yield from _of_case(audit, entries, law)


def _of_case(audit: Audit, entries: Sequence[Added], law: tuple[Policy, Calendar]) -> Iterator[Problem]:
    late = [one for one in entries if _too_late(one, law, one.commit.authored)]
    if late:
        saved = _saved(audit, late, law, {one.event.index: one.commit.authored for one in late})
        yield _problem(audit, late, law, _late(late, law), saved)
    rewritten = [one for one in entries if one not in late and _too_late(one, law, audit.law.moment(one.commit))]
    if rewritten:
        saved = _saved(audit, rewritten, law, {one.event.index: audit.law.moment(one.commit) for one in rewritten})
        if saved:
            first = rewritten[0]
            made, written = instant.show(audit.law.moment(first.commit)), instant.show(first.commit.authored)
            said = Text(_REDATED, what=_what(rewritten), made=made, written=written)
            yield _problem(audit, rewritten, law, said, saved)


def _too_late(one: Added, law: tuple[Policy, Calendar], made: datetime) -> bool:
    policy, calendar = law
    if policy.recording is None:
        return False
    due = calendar.due(one.event.at, policy.recording.within).at
    return due is not None and made > due


def _saved(
    audit: Audit, late: Sequence[Added], law: tuple[Policy, Calendar], times: dict[int, datetime]
) -> list[Verdict]:
    data = late[0].document.data
    if not schema.valid("case", data):
        return []
    now = max(*map(audit.law.moment, audit.steps.commits), *times.values())
    return otherwise.saved(data, otherwise.moved(data, times), law, now)


def _late(late: Sequence[Added], law: tuple[Policy, Calendar]) -> Text:
    first, recording = late[0], law[0].recording
    return Text(
        _LATE,
        what=_what(late),
        made=instant.show(first.commit.authored),
        within=lengths.label(recording.within) if recording else "",
        clause=recording.clause if recording else "",
    )


def _what(late: Sequence[Added]) -> Text:
    first = words.entry(late[0].event.data)
    return Text(N_("{entry} and {n} more"), entry=first, n=len(late) - 1) if late[1:] else first


def _problem(
    audit: Audit, late: Sequence[Added], law: tuple[Policy, Calendar], said: Text, saved: Sequence[Verdict]
) -> Problem:
    first = late[0]
    message = Text(_SAVED, said=said, clocks=otherwise.named(saved)) if saved else said
    place = first.document.place("events", first.event.index, "at")
    return audit.by(RULE, first.commit, first.path, message, place=place, hint=Text(RULE.hint))
