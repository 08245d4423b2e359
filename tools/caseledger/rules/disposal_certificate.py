"""A certificate stands on its proposal: somebody else decided what was proposed, after its time was over."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from caseledger import disposal
from caseledger.disposal import Proposal
from caseledger.language import N_, Text
from caseledger.problem import Problem, Rule
from caseledger.yamltext import Document

RULE = Rule(
    "disposal-certificate",
    N_("A certificate of disposal does not follow from its proposal, or was decided by who proposed it, or too early."),
    N_("Restore both files from Git: git log -- cases/archive. Only caseledger retention dispose writes them."),
    "proposed: {by: aud-01, …}\ndecided: {by: aud-01, …}",
)


def misnamed(document: Document) -> Iterator[Problem]:
    """A proposal or certificate whose number is not its file's name."""
    message = N_("The number is {id}, but the file is called {name}.")
    values = {"id": document.data["id"], "name": PurePosixPath(document.path).stem}
    yield RULE.problem(document.path, document.place("id"), Text(message, **values))


def check(document: Document, proposals: Mapping[str, Proposal], digests: Mapping[str, str]) -> Iterator[Problem]:
    """Whatever in a certificate does not fit its proposal and itself."""
    certificate = disposal.certificate(document.data)
    proposal = proposals.get(certificate.id)
    if proposal is None or digests[certificate.id] != certificate.digest:
        message = N_("The proposal {id} is not here as it was when it was decided.")
        yield _problem(document, ("proposal",), message, id=certificate.id)
    elif (certificate.items, certificate.proposed) != (proposal.items, proposal.proposed):
        yield _problem(document, ("cases",), N_("These are not the cases of the proposal {id}."), id=certificate.id)
    if certificate.decided.by == certificate.proposed.by:
        message = N_("{by} has proposed this and may not decide it.")
        yield _problem(document, ("decided", "by"), message, by=certificate.decided.by)
    if certificate.decided.at < certificate.proposed.at:
        yield _problem(document, ("decided", "at"), N_("It was decided before it was proposed."))
    for number, item in enumerate(certificate.items):
        if certificate.decided.at.date() <= item.kept_until:
            message = N_("{case} was to be kept until {day}.")
            place = ("cases", number, "kept_until")
            yield _problem(document, place, message, case=item.case, day=item.kept_until)


def _problem(document: Document, steps: tuple[str | int, ...], message: str, **values: object) -> Problem:
    return RULE.problem(document.path, document.place(*steps), Text(message, **values))
