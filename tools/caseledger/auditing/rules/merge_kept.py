"""A merge loses nothing: every entry that one of its sides has added is there afterwards."""

from collections.abc import Iterator

from caseledger.auditing import places, words
from caseledger.auditing.context import Audit
from caseledger.auditing.edits import Edit, entries
from caseledger.history import changes
from caseledger.history.changes import Blob
from caseledger.history.commits import Commit
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule

RULE = Rule(
    "audit-merge",
    N_("A merge lost entries that one of its sides had added."),
    N_("Merge again and keep both sides' entries: caseledger resolve, or by hand in the order of at."),
    "git merge -X ours other-branch",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Every entry of a parent that a merge lacks.

    Not those that the parents' common ancestor had: a side mended them before they came on record. Nor those on
    record, which audit-entries watches over.
    """
    for commit in audit.steps.commits:
        if len(commit.parents) > 1:
            yield from _lost(audit, commit)


def _lost(audit: Audit, commit: Commit) -> Iterator[Problem]:
    for step in audit.steps.by_commit[commit.id]:
        for path, change in step.items():
            before = audit.document(path, change.before) if places.case_id(path) else None
            after = audit.document(path, change.after)
            if before is None:
                continue
            kept = entries(after) if after else []
            lost = [entry for entry in entries(before) if entry not in kept]
            shared = _shared(audit, commit, path, change.after) if lost else []
            for entry in lost:
                if entry not in shared:
                    edit = Edit(commit, path, None, change.before, change.after)
                    message = Text(N_("The merge lost {entry}."), entry=words.entry(entry))
                    yield audit.problem(RULE, edit, message, place=audit.place(edit, "events"))


def _shared(audit: Audit, commit: Commit, path: str, after: Blob | None) -> list[object]:
    """The entries that the parents' common ancestors or the base have."""
    names = audit.repository.answer("merge-base", "--octopus", "--all", *commit.parents).decode().split()
    blobs = [changes.files(audit.repository, name, [path]).get(path) for name in names]
    documents = [audit.document(path, blob) for blob in (*blobs, *(audit.steps.on_bases(path) if after else ()))]
    return [entry for document in documents if document for entry in entries(document)]
