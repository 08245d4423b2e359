"""Where a repository asks for signatures, whoever changes something has signed it, by the keys that the base allows."""

from collections.abc import Iterator

from caseledger.auditing import places
from caseledger.auditing.context import Audit
from caseledger.errors import Refused
from caseledger.history.commits import Commit
from caseledger.history.signatures import ALLOWED_SIGNERS, Signature, State, verify
from caseledger.language import N_, Text
from caseledger.problem import START, Problem, Rule

RULE = Rule(
    "audit-signature",
    N_("A commit is not signed by its author with a key that the base allows, though caseledger.yml asks for it."),
    N_("Sign it with your SSH key (git commit --amend -S); new keys enter policy/allowed_signers by a change before."),
    "signatures: required  # in caseledger.yml; the commit has no signature",
)
_STATES = {
    State.NONE: N_("The commit is not signed."),
    State.UNKNOWN: N_(
        "The commit is signed with the key {key}, which policy/allowed_signers of the base does not allow."
    ),
    State.BAD: N_("The signature of the commit is wrong."),
    State.OTHER: N_("The commit is not signed with SSH; no other signature is verified."),
}


def required(audit: Audit) -> bool:
    """Whether the base asks for signatures."""
    try:
        return audit.law.base.rulebook.settings.get("signatures") == "required"
    except Refused:
        return False


def check(audit: Audit) -> Iterator[Problem]:
    """Every commit that changes something of the case repository by itself and is not signed as it should be."""
    if audit.steps.commits and required(audit):
        own = {
            commit: sorted(path for path, _ in audit.steps.own(commit) if places.belongs(path))
            for commit in audit.steps.commits
        }
        changing = [commit for commit, paths in own.items() if paths]
        found = verify(audit.repository, [commit.id for commit in changing], _allowed(audit))
        for commit in changing:
            if message := _amiss(audit, commit, found[commit.id]):
                yield audit.by(RULE, commit, own[commit][0], message, place=START)


def _allowed(audit: Audit) -> bytes | None:
    path = audit.law.base.folder / ALLOWED_SIGNERS
    return path.read_bytes() if path.is_file() else None


def _amiss(audit: Audit, commit: Commit, signature: Signature) -> Text | None:
    """What is wrong with a signature, None if nothing is."""
    if signature.state is not State.GOOD:
        return Text(_STATES[signature.state], key=signature.key)
    signer, author = (audit.law.people.by_address(email) for email in (signature.signer, commit.author.email))
    if signer is None or signer != author:
        return Text(
            N_("The commit is signed by {signer}, but its author is {author}."),
            signer=signer.id if signer else signature.signer,
            author=author.id if author else commit.author.email,
        )
    return None
