"""Whose signatures count, and whether any are asked for, is not changed unnoticed."""

from collections.abc import Iterator

from caseledger import files
from caseledger.auditing.context import Audit
from caseledger.auditing.rules import signed
from caseledger.errors import Refused
from caseledger.history.signatures import ALLOWED_SIGNERS
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule, Severity

RULE = Rule(
    "audit-signers",
    N_("The allowed signers were changed, or signatures are no longer asked for."),
    N_("Nothing needs to be done if management wanted it. It holds for changes after this one."),
    "-signatures: required",
    Severity.WARNING,
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every commit that changes the list, and the one after which caseledger.yml no longer asks."""
    for edit in audit.edits:
        if edit.path == ALLOWED_SIGNERS and edit.breaks:
            yield audit.problem(RULE, edit, Text(N_("The list of allowed signers was changed.")), hint=Text(RULE.hint))
        elif edit.path == files.SETTINGS and edit.breaks and signed.required(audit) and not _asks(audit):
            message = Text(N_("Signatures are no longer asked for."))
            yield audit.problem(RULE, edit, message, hint=Text(RULE.hint))


def _asks(audit: Audit) -> bool:
    try:
        return audit.law.head.rulebook.settings.get("signatures") == "required"
    except Refused:
        return False
