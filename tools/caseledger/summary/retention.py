"""What a range of commits does to holds and disposals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from caseledger import disposal, disposals, hold, holds
from caseledger.history.changes import Blob, Change
from caseledger.history.repository import Repository
from caseledger.hold import PLACED

PLACE, RELEASE, PROPOSE, DISPOSE = "placed", "released", "proposed", "disposed"


@dataclass(frozen=True)
class RetentionChange:
    """A hold placed or released, a disposal proposed or decided (`what`): its number, by whom, of which cases."""

    what: str
    number: str
    by: str
    cases: tuple[str, ...]


def belongs(path: str) -> bool:
    """Whether a file is one of holds or disposals."""
    return path == hold.FILE or bool(disposal.FILE.fullmatch(path))


def compare(repository: Repository, found: Iterable[Change]) -> Iterator[RetentionChange]:
    """What is new in these files; one that cannot be read says nothing, and `check` says why."""
    for change in found:
        if change.path == hold.FILE:
            known = set(_lines(repository, change.before))
            for line in _lines(repository, change.after):
                if line not in known:
                    what = PLACE if line.type == PLACED else RELEASE
                    yield RetentionChange(what, line.hold, line.by, line.cases)
        elif disposal.FILE.fullmatch(change.path) and change.before is None and change.after and change.after.plain:
            document, _ = disposals.parsed(next(repository.read([change.after.id])), change.path)
            if document and change.path.startswith(disposal.PROPOSALS):
                proposal = disposal.proposal(document.data)
                yield RetentionChange(PROPOSE, proposal.id, proposal.proposed.by, _cases(proposal.items))
            elif document:
                certificate = disposal.certificate(document.data)
                yield RetentionChange(DISPOSE, certificate.id, certificate.decided.by, _cases(certificate.items))


def _cases(items: Iterable[disposal.Item]) -> tuple[str, ...]:
    return tuple(item.case for item in items)


def _lines(repository: Repository, blob: Blob | None) -> tuple[hold.Line, ...]:
    return tuple(holds.parsed(next(repository.read([blob.id]))).lines) if blob and blob.plain else ()
