"""What a rule about change may look at: the range, the edits of its commits, the files, the law of base and head.

Everything is read when it is first asked for, and only what the commits touched.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from caseledger import disposal, disposals, merging, model, yamltext
from caseledger.auditing import places
from caseledger.auditing.edits import Added, CaseEdit, Edit, entries
from caseledger.auditing.law import Law
from caseledger.errors import CannotGoOn, Refused
from caseledger.history import changes
from caseledger.history.changes import Blob
from caseledger.history.commits import Commit
from caseledger.history.repository import Repository
from caseledger.history.span import Span
from caseledger.history.steps import Steps
from caseledger.language import N_, Text
from caseledger.problem import START, Place, Problem, Rule
from caseledger.yamltext import Document
from caseledger.yamltext.reading import LARGEST


class Audit:
    """One range of commits, to be used with `with`: the law of base and head is laid out in a temporary folder.

    `pushed` says that the range is a push: the head must contain the base. `landing` is when the change comes into the
    protected branch, where that is known; else it is taken for the time of its newest commit. `latest` is what the
    clock of whoever audits says: no commit can be later.
    """

    def __init__(
        self,
        repository: Repository,
        span: Span,
        *,
        pushed: bool = False,
        landing: datetime | None = None,
        latest: datetime | None = None,
    ) -> None:
        self.repository = repository
        self.span = span
        self.steps = Steps(repository, span)
        self.pushed = pushed
        self._documents: dict[tuple[str, str], Document | Refused] = {}
        self._folder = TemporaryDirectory(prefix="caseledger-audit-")
        self.law = Law(repository, span, Path(self._folder.name), landing, latest)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    # what the commits change

    @cached_property
    def edits(self) -> Sequence[Edit]:
        """What each commit makes of each file of the case repository, against each parent and each merge base."""
        return [
            Edit(commit, path, base, change.before, change.after)
            for commit in self.steps.commits
            for step in self.steps.by_commit[commit.id]
            for path, change in step.items()
            if places.belongs(path)
            for base in dict.fromkeys(self.steps.on_bases(path) or [None])
        ]

    @cached_property
    def removed(self) -> Sequence[Edit]:
        """The edits that take away what is on record."""
        return [edit for edit in self.edits if edit.on_record and not edit.after]

    @cached_property
    def altered_cases(self) -> Sequence[Edit]:
        """The edits of cases that are on record and stay there in another form than on the base."""
        return [
            edit
            for edit in self.edits
            if edit.on_record and edit.after and edit.after != edit.base and places.case_id(edit.path)
        ]

    @cached_property
    def case_edits(self) -> Sequence[CaseEdit]:
        """The same, where all three files can be read."""
        found = []
        for edit in self.altered_cases:
            base, before, after = (self.document(edit.path, b) for b in (edit.base, edit.before, edit.after))
            if base and before and after:
                found.append(CaseEdit(edit, base, before, self._without_others(edit, before, after)))
        return found

    def _without_others(self, edit: Edit, before: Document, after: Document) -> Document:
        """A merge without the entries that its other sides bring: time puts those between what this side has."""
        brought = []
        for step in self.steps.by_commit[edit.commit.id]:
            other = self.document(edit.path, step[edit.path].before) if edit.path in step else after
            brought += [entry for entry in entries(other) if entry not in entries(before)] if other else []
        try:
            return merging.without(after, brought) if len(edit.commit.parents) > 1 else after
        except CannotGoOn:  # its text cannot be taken apart, so it is judged as it is
            return after

    def added_entries(self, commit: Commit) -> Iterator[tuple[Document, int]]:
        """The entries of cases that are in none of the commit's parents: the document, and the index in its events."""
        for path, blob in self.steps.own(commit):
            document = self.document(path, blob) if blob and places.case_id(path) else None
            if document:
                befores = [self.document(path, step[path].before) for step in self.steps.by_commit[commit.id]]
                known = [entry for before in befores if before for entry in entries(before)]
                for index, entry in enumerate(entries(document)):
                    if entry not in known:
                        yield document, index

    @cached_property
    def added(self) -> Sequence[Added]:
        """The entries that the head has and no base: each with the oldest commit that adds it."""
        found: dict[tuple[str, int], Added] = {}
        for commit in self.steps.commits:
            for document, index in self.added_entries(commit):
                path, entry = document.path, entries(document)[index]
                head = self.document(path, self.steps.at_head(path))
                bases = [self.document(path, blob) for blob in self.steps.on_bases(path)]
                if head and entry in entries(head) and not any(base and entry in entries(base) for base in bases):
                    place = entries(head).index(entry)
                    event = next((e for e in model.case(head.data).events if e.index == place), None)
                    if event:
                        found.setdefault((path, place), Added(commit, head, event))
        return list(found.values())

    @cached_property
    def disposed(self) -> frozenset[str]:
        """The cases that certificates of the head name; whether these are right is said by a rule of its own."""
        blobs = changes.files(self.repository, self.span.head, [disposal.CERTIFICATES])
        raws = self.repository.read(blob.id for blob in blobs.values())
        found = (disposals.parsed(raw, path)[0] for path, raw in zip(blobs, raws, strict=True))
        return frozenset(i.case for one in found if one for i in disposal.certificate(one.data).items)

    def certified(self, path: str) -> bool:
        """Whether a file is of a case that a certificate of the head names: it may go."""
        case_id = places.case_id(path) or places.folder_of(path)
        return case_id is not None and case_id in self.disposed

    # files

    def document(self, path: str, blob: Blob | None) -> Document | None:
        """A YAML file as it was, None if there is none or it cannot be read."""
        found = self._read(path, blob) if blob and blob.plain else None
        return None if isinstance(found, Refused) else found

    def unreadable(self, path: str, blob: Blob) -> Sequence[Problem]:
        """Why a YAML file cannot be read, () if it can."""
        found = self._read(path, blob) if blob.plain else None
        return found.problems if isinstance(found, Refused) else ()

    def _read(self, path: str, blob: Blob) -> Document | Refused:
        key = path, blob.id
        if key not in self._documents:
            [raw] = self.repository.read([blob.id], LARGEST + 1)
            try:
                self._documents[key] = yamltext.read(raw, path)
            except Refused as refused:
                self._documents[key] = refused
        return self._documents[key]

    # findings

    def problem(
        self, rule: Rule, edit: Edit, message: Text, *, place: Place = START, hint: Text | None = None
    ) -> Problem:
        """A finding about a file, with the commit that did it; if it was undone since, the hint says what remains."""
        if self.steps.at_head(edit.path) in self.steps.on_bases(edit.path) and hint is None:
            hint = Text(
                N_("It was undone later, but the commit would stay in the history: squash the branch, or leave it out.")
            )
        return self.by(rule, edit.commit, edit.path, message, place=place, hint=hint)

    def by(
        self, rule: Rule, commit: Commit, path: str, message: Text, *, place: Place = START, hint: Text | None = None
    ) -> Problem:
        """A finding about a path, with the commit that did it."""
        said = Text(
            N_("{message} Commit {commit} ({subject})."), message=message, commit=commit.id[:10], subject=commit.subject
        )
        return rule.problem(shown(path), place, said, hint)

    def place(self, edit: Edit, *steps: str | int, key: bool = False) -> Place:
        """Where a value of the commit's file stands at the head; an entry of a case is looked up by what it says."""
        head, after = self.document(edit.path, self.steps.at_head(edit.path)), self.document(edit.path, edit.after)
        if head is None:
            return START
        if after and steps[:1] == ("events",) and len(steps) > 1 and isinstance(steps[1], int):
            wanted = entries(after)[steps[1] : steps[1] + 1]
            found = [i for i, entry in enumerate(entries(head)) if [entry] == wanted]
            steps = ("events", found[0], *steps[2:]) if found else ("events",)
        return head.place(*steps, key=key)


def shown(path: str) -> str:
    """A path as it can be printed, whatever bytes it holds."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
