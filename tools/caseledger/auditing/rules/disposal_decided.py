"""Cases go only as one person has proposed on record and another decides, and only when their time is over."""

from collections.abc import Iterator
from datetime import datetime

from caseledger import disposal, keeping, lifecycle, model, yamltext
from caseledger.auditing import deed
from caseledger.auditing.context import Audit
from caseledger.disposal import Certificate, Item
from caseledger.errors import Refused
from caseledger.history import changes
from caseledger.history.commits import Commit
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.rules import archive_sealed
from caseledger.seals import Archive
from caseledger.yamltext import Document

RULE = Rule(
    "audit-disposal",
    N_("A disposal was proposed or decided by somebody who may not, or of what may not go."),
    N_("Undo it: git revert. docs/archive.md says how cases are disposed of."),
    "+ cases/archive/certificates/D-20261103-7K3QD.yml  # by the author of the proposal",
)


def check(audit: Audit) -> Iterator[Problem]:
    """Whatever is wrong with the proposals and certificates that the head has and the base has not."""
    brought: dict[str, Commit] = {}
    steps = audit.steps
    for commit in steps.commits:
        for path, blob in steps.own(commit):
            if blob and disposal.FILE.fullmatch(path) and steps.at_head(path) and not any(steps.on_bases(path)):
                brought.setdefault(path, commit)
    if brought:
        yield from _Brought(audit, brought).problems()


class _Brought:
    """The files of disposals that a range brings, with the commit that brought each."""

    def __init__(self, audit: Audit, brought: dict[str, Commit]) -> None:
        self.audit = audit
        self.brought = brought
        self.base: Archive = audit.law.archive(audit.law.base)
        self.head: Archive = audit.law.archive(audit.law.head)

    def problems(self) -> Iterator[Problem]:
        """What is wrong with each."""
        wrong = {problem.path: problem for problem in self.head.disposals.problems}
        for path, commit in self.brought.items():
            for doubt in [wrong[path].message] if path in wrong else self._doubts(path, commit):
                yield self.audit.by(RULE, commit, path, doubt)

    def _doubts(self, path: str, commit: Commit) -> Iterator[Text]:
        number = path.rpartition("/")[2].removesuffix(".yml")
        if path.startswith(disposal.PROPOSALS):
            act = self.head.disposals.proposals[number].proposed
            yield from deed.doubts(self.audit, commit, "propose", (act.at, act.by, act.role))
            return
        certificate = self.head.disposals.certificates[number]
        act = certificate.decided
        yield from deed.doubts(self.audit, commit, "decide", (act.at, act.by, act.role))
        author = self.audit.law.people.by_address(commit.author.email)
        if author and author.id == certificate.proposed.by:
            yield Text(N_("{by} has proposed {id} and decides it."), by=author.id, id=number)
        if self.base.disposals.digests.get(number) != certificate.digest or not self.audit.span.base:
            yield Text(N_("The proposal {id} was not on record before."), id=number)
            return
        yield from self._cases(certificate, commit)

    def _cases(self, certificate: Certificate, commit: Commit) -> Iterator[Text]:
        paths = {item.case: item.path for item in certificate.items}
        base = self.audit.law.base
        base.write_paths(paths.values())
        left = changes.files(self.audit.repository, self.audit.span.head, list(paths.values()))
        moment = self.audit.law.earliest(commit)
        for item in certificate.items:
            file = base.folder / paths[item.case]
            seal = self.base.newest(item.case)
            if seal is None or disposal.item(seal) != item:
                yield Text(N_("{case} is not sealed like that on the base."), case=item.case)
            elif not file.is_file() or archive_sealed.digest(file) != item.sha256:
                yield Text(N_("{case} does not stand on the base as it was sealed."), case=item.case)
            elif self._kept(item, moment):
                yield Text(N_("{case} is kept until {day}."), case=item.case, day=item.kept_until)
            elif paths[item.case] in left:
                yield Text(N_("{case} is still there."), case=item.case)
            yield from self._held(item, moment)
        documents = (self._document(item) for item in certificate.items)
        known = {document.data.get("consumer", {}).get("ref") for document in documents if document}
        for ref in certificate.data.get("consumers", ()):
            if ref not in known:
                yield Text(N_("{ref} is the consumer of none of these cases."), ref=ref)

    def _held(self, item: Item, moment: datetime) -> Iterator[Text]:
        day = self.audit.law.base.rulebook.local(moment).date()
        standing = {h.number for archive in (self.base, self.head) for h in archive.holds.standing(item.case, day)}
        for number in sorted(standing):
            yield Text(N_("{case} is on hold under {number}."), case=item.case, number=number)

    def _kept(self, item: Item, moment: datetime) -> bool:
        """Whether a case is still kept at a moment, by its seal or by its policy; also where that cannot be told."""
        document = self._document(item)
        if document is None:
            return True
        law = self.audit.law.of(document)
        state = lifecycle.fold(model.case(document.data), moment)
        kept = keeping.kept(state, *law) if law else None
        return kept is None or law is None or law[1].day_of(moment) <= max(kept.until, item.kept_until)

    def _document(self, item: Item) -> Document | None:
        """The case as the base has it, None where it cannot be read."""
        file = self.audit.law.base.folder / item.path
        try:
            return yamltext.read(file.read_bytes(), item.path) if file.is_file() else None
        except Refused:
            return None
