"""A legal hold is placed and released by whoever commits it, in a role that may."""

from collections.abc import Iterator

from caseledger import hold, holds
from caseledger.auditing import deed
from caseledger.auditing.context import Audit
from caseledger.history.changes import Blob
from caseledger.history.commits import Commit
from caseledger.hold import Line
from caseledger.language import N_
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-hold",
    N_("A legal hold was placed or released by somebody who may not, or in the name of somebody else."),
    N_("Whoever may place and release holds enters it and commits it: caseledger retention hold, release."),
    '+  - {"hold": …, "type": "released", "by": "le-01", …}  # in a commit of cs-01',
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every line that a commit adds to the file of holds and that its author may not add."""
    for commit in audit.steps.commits:
        for line in _added(audit, commit):
            for doubt in deed.doubts(audit, commit, "hold", (line.at, line.by, line.role)):
                yield audit.by(RULE, commit, hold.FILE, doubt)


def _added(audit: Audit, commit: Commit) -> list[Line]:
    """The lines that the commit has, and neither a parent nor a base."""
    blob = next((blob for path, blob in audit.steps.own(commit) if path == hold.FILE), None)
    if blob is None:
        return []
    befores = [step[hold.FILE].before for step in audit.steps.by_commit[commit.id]]
    known = [line for one in (*befores, *audit.steps.on_bases(hold.FILE)) for line in _lines(audit, one)]
    return [line for line in _lines(audit, blob) if line not in known]


def _lines(audit: Audit, blob: Blob | None) -> list[Line]:
    return list(holds.parsed(next(audit.repository.read([blob.id]))).lines) if blob and blob.plain else []
