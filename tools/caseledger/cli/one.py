"""The one case that a command is about."""

from datetime import datetime

from caseledger import casefile, files, findings
from caseledger.errors import CannotGoOn, Refused
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook


def judged(rulebook: Rulebook, case_id: str, now: datetime) -> findings.Judged:
    """The case of that number with its verdicts; CannotGoOn if there is none, or if it cannot be judged."""
    path = files.case_path(rulebook.root, case_id)
    if not path.is_file():
        from caseledger import disposals

        if certificate := disposals.read(rulebook.root).by_case.get(path.stem):
            message = N_("{case} was disposed of under {id}.")
            raise CannotGoOn(Text(message, case=path.stem, id=certificate.id))
        raise CannotGoOn(Text(N_("There is no case {id}; it would be {path}."), id=case_id, path=path))
    entry, _ = casefile.load(rulebook.root, path)
    if entry.data is None:
        raise Refused(Text(N_("{path} cannot be read."), path=entry.path), entry.problems)
    found = next(findings.judge(rulebook, [entry], now), None)
    if found is None:
        message = N_("{id} cannot be judged: its policy is not in the repository, or it was received later.")
        raise CannotGoOn(Text(message, id=case_id))
    return found
