"""Much that goes at once is stopped, whatever it is: somebody shall say that it was meant."""

from collections.abc import Iterator

from caseledger.auditing import places
from caseledger.auditing.context import Audit, shown
from caseledger.errors import Refused
from caseledger.language import N_, Text
from caseledger.problem import START, Problem, Rule

RULE = Rule(
    "audit-removals",
    N_("More files are removed in one change than the settings allow."),
    N_("Restore them, or remove them in several changes; the number is audit.removals in caseledger.yml."),
    "deleted: 21 files",
)
DEFAULT = 20


def check(audit: Audit) -> Iterator[Problem]:
    """One finding if the head lacks more files of the base than are allowed, at the first of them."""
    gone = sorted(path for path, change in audit.steps.whole.items() if not change.after and places.belongs(path))
    gone = [path for path in gone if not audit.certified(path)]
    if gone and len(gone) > (allowed := _allowed(audit)):
        message = Text(N_("{n} files are removed; at most {allowed} may go at once."), n=len(gone), allowed=allowed)
        yield RULE.problem(shown(gone[0]), START, message)


def _allowed(audit: Audit) -> int:
    try:
        return int(audit.law.base.rulebook.settings.get("audit", {}).get("removals", DEFAULT))
    except Refused:
        return DEFAULT
