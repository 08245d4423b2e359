"""An archived case is closed for good: it does not change at all, unless it is reopened."""

from collections.abc import Iterator

from caseledger import seal, seals
from caseledger.auditing import places
from caseledger.auditing.context import Audit
from caseledger.auditing.edits import Edit, entries, header
from caseledger.history import changes
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-archived",
    N_("A case was changed although it is archived."),
    N_("Undo it (git revert); to go on with the case, reopen it first: caseledger append ID reopened."),
    "# listed in cases/archive/2026.yml\n+  - {type: note, …}",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every edit of a case, or of its evidence, that the base lists as archived."""
    touched = {edit.path for edit in audit.edits if edit.path.startswith("cases/")}
    archived = _archived(audit) if touched else frozenset()
    for edit in audit.edits if archived else ():
        case_id = places.case_id(edit.path) or places.folder_of(edit.path)
        if case_id not in archived or (edit.after is None and audit.certified(edit.path)):
            continue
        if edit.before != edit.after != edit.base and not _reopened(audit, edit):
            yield audit.problem(RULE, edit, Text(N_("{case} is archived and was changed."), case=case_id))


def _archived(audit: Audit) -> frozenset[str]:
    """The cases that the manifests of the merge bases list: cases/archive/<year>.yml, one entry for each seal."""
    found: set[str] = set()
    for base in audit.span.merge_bases:
        for path, blob in changes.files(audit.repository, base, [seal.FOLDER]).items():
            if seal.FILE.fullmatch(path):
                entries, _ = seals.parsed(next(audit.repository.read([blob.id])), path)
                found.update(entry.case for entry in entries)
    return frozenset(found)


def _reopened(audit: Audit, edit: Edit) -> bool:
    """Whether the edit adds entries that begin with a reopening to a case, or comes after that."""
    before, after = audit.document(edit.path, edit.before), audit.document(edit.path, edit.after)
    base = audit.document(edit.path, edit.base)
    if before is None or after is None or base is None:
        return False
    known = len(entries(base))
    added = entries(after)[known : known + 1]
    return header(before) == header(after) and bool(added) and dict(added[0]).get("type") == "reopened"
