"""The proposals and certificates of a repository, read from their files, with what is wrong with them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from caseledger import disposal, files, schema, yamltext
from caseledger.disposal import Certificate, Proposal
from caseledger.errors import Refused
from caseledger.problem import Problem, Severity
from caseledger.rules import disposal_certificate, file_name, file_readable
from caseledger.seal import LARGEST
from caseledger.yamltext import Document


@dataclass(frozen=True)
class Disposals:
    """Proposals and certificates by number; `digests` are those of the files of the proposals."""

    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    certificates: Mapping[str, Certificate] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def by_case(self) -> Mapping[str, Certificate]:
        """The certificate of every case that was disposed of, the oldest where two name it."""
        found: dict[str, Certificate] = {}
        for certificate in sorted(self.certificates.values(), key=lambda one: (one.decided.at, one.id)):
            for item in certificate.items:
                found.setdefault(item.case, certificate)
        return found


def paths(found: Disposals) -> frozenset[str]:
    """Where the files of all cases were that were disposed of, from the root."""
    return frozenset(item.path for certificate in found.certificates.values() for item in certificate.items)


def files_of(root: Path) -> list[Path]:
    """The files of all proposals and certificates."""
    folders = (root / disposal.PROPOSALS, root / disposal.CERTIFICATES)
    return [path for folder in folders if folder.is_dir() for path in sorted(folder.glob("D-*.yml"))]


def read(root: Path) -> Disposals:
    """All of them; a file that cannot be used contributes its problems and nothing else."""
    proposals: dict[str, Proposal] = {}
    certificates: dict[str, Certificate] = {}
    digests: dict[str, str] = {}
    documents: list[Document] = []
    problems: list[Problem] = []
    for folder in (disposal.PROPOSALS, disposal.CERTIFICATES):
        place = root / folder
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            shown = files.shown(path, root)
            if path.name.startswith("."):
                continue
            if not disposal.FILE.fullmatch(shown) or path.is_symlink():
                problems += file_name.check(path, shown)
                continue
            try:
                raw = path.read_bytes()
            except OSError:
                problems.append(file_readable.problem(shown))
                continue
            document, wrong = parsed(raw, shown)
            problems += wrong
            if document is None:
                continue
            if folder == disposal.PROPOSALS:
                proposals[path.stem] = disposal.proposal(document.data)
                digests[path.stem] = hashlib.sha256(raw).hexdigest()
            else:
                certificates[path.stem] = disposal.certificate(document.data)
                documents.append(document)
    found = Disposals(proposals, certificates, digests)
    for document in documents:
        problems += disposal_certificate.check(document, proposals, digests)
    return Disposals(proposals, certificates, digests, tuple(problems)) if problems else found


def parsed(raw: bytes, shown: str) -> tuple[Document | None, list[Problem]]:
    """The file of that path, None where it cannot be used, and what is wrong with it."""
    kind = "disposal" if shown.startswith(disposal.PROPOSALS) else "certificate"
    try:
        document = yamltext.read(raw, shown, LARGEST)
    except Refused as refused:
        return None, list(refused.problems)
    found = schema.problems(kind, document)
    if not found and document.data["id"] != Path(shown).stem:
        found = list(disposal_certificate.misnamed(document))
    return (None if any(p.severity is Severity.ERROR for p in found) else document), found
