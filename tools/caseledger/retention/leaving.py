"""Consumers of whom no case is left once a disposal is on record: whoever they were need not be known any more."""

import re
from collections.abc import Collection

from caseledger import disposals, exhibits, files, register
from caseledger.retention.onrecord import on_record
from caseledger.retention.proposing import refuse_wrong
from caseledger.rulebook import Rulebook

_REFERENCE = re.compile(rb"\bU-[0-9A-HJKMNP-TV-Z]{10}\b")


def leaving(rulebook: Rulebook) -> dict[str, str]:
    """The certificate on record by each consumer whom it names, and whom no case names, here or on any branch."""
    with on_record(rulebook) as record:
        refuse_wrong(record.archive)
        gone = disposals.paths(record.archive.disposals)
        gone -= record.digests(gone).keys()
        certificates = record.archive.disposals.certificates.values()
        found = {ref: one.id for one in certificates for ref in one.data.get("consumers", ())}
    kept = named(rulebook, gone) | exhibits.on_branches(rulebook.root, list(found), gone)
    return {ref: number for ref, number in found.items() if ref not in kept}


def named(rulebook: Rulebook, without: Collection[str]) -> set[str]:
    """Every consumer whom a case names that is here, but for the case files `without`; what cannot be read counts."""
    root = rulebook.root
    kept = (path for path in register.case_files(root) if files.shown(path, root) not in without)
    return {ref.decode() for path in kept if path.is_file() for ref in _REFERENCE.findall(path.read_bytes())}
