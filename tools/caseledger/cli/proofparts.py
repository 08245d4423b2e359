"""What a proof says, part by part and in order; the form comes later."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from caseledger import explanation, instant, labels
from caseledger.clocks import Status, Verdict
from caseledger.history.commits import Identity
from caseledger.history.signatures import Signature
from caseledger.language import N_, Text, current
from caseledger.proof import checks
from caseledger.proof.checks import Check
from caseledger.proof.gathering import Acting, Proof, Revision, Source

_KINDS = {
    "case": N_("The case"),
    "evidence": N_("Evidence"),
    "policy": N_("The policy"),
    "text": N_("The policy's text"),
    "calendar": N_("The calendar"),
    "people": N_("Who holds which role"),
    "signers": N_("Whose signatures count"),
}
_SIGNED = {
    "none": N_("none"),
    "good": N_("good, by {signer} with the key {key}"),
    "unknown-key": N_("by the key {key}, which is not among the allowed signers"),
    "bad": N_("wrong"),
    "other-kind": N_("not made with SSH: git verify-commit tells by whom, where their public key is known"),
}
_LIMITS = (
    N_(
        "The hashes show that these are the files, and in which order they came: whoever changes a file or their order"
        " gets a commit of another name."
    ),
    N_(
        "Authors and times of commits are what those who committed say. They are worth what else bears witness to them:"
        " a signature, the log of a server, the name of the commit kept elsewhere."
    ),
    N_("Whether what was written down is true, no hash can show."),
)


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the highest."""

    level: int
    text: Text


@dataclass(frozen=True)
class Fact:
    """A label and its value: words to be read, or a string to be shown as it is."""

    label: str
    value: Text | str


Block = Heading | Fact | Text | Check | list[str]
"""A list of strings is a list of commands that print nothing."""


def blocks(proof: Proof) -> Iterator[Block]:
    """All that a proof says, and each fact with the command that shows it."""
    yield Heading(1, Text(N_("Proof of {case}"), case=proof.judged.id))
    yield Fact(N_("Commit"), proof.commit.id)
    yield Fact(N_("File"), proof.case.path)
    yield Fact(N_("SHA-256"), proof.case.sha256)
    yield Fact(N_("Deadlines"), _count(proof))
    at = instant.read(proof.calendar.local(proof.now))
    yield Fact(N_("As of"), Text(N_("{at}, time of {zone}, as all times of the case"), at=at, zone=proof.calendar.zone))
    if proof.grew:
        yield Fact(N_("History"), Text(N_("every commit only added to the file; nothing was changed or removed")))
    else:
        yield Fact(N_("History"), Text(N_("something in the file was changed or removed; see the commits below")))
    yield from map(Text, _LIMITS)
    yield Heading(2, Text(N_("How to check it")))
    yield Text(N_("In a fresh clone, in a POSIX shell, with Git and sha256sum. First:"))
    yield checks.preparation(proof)
    yield from checks.of_history(proof)
    yield from checks.of_signature(proof.commit, proof.signature)
    for source in proof.sources:
        yield from _of_source(proof, source)
        if source.kind == "case":
            yield Heading(2, Text(N_("What happened to its file")))
            for revision in proof.revisions:
                yield from _of_revision(proof, revision)
    yield Heading(2, Text(N_("Deadlines")))
    for verdict in proof.judged.verdicts:
        yield Heading(3, _clock(proof, verdict))
        yield from why(proof, verdict)
    yield Heading(2, Text(N_("People")))
    for acting in proof.people:
        yield from _of_person(proof, acting)


def _count(proof: Proof) -> Text:
    """How many clocks stand how."""
    numbers = Counter(verdict.status for verdict in proof.judged.verdicts)
    counted = [Text(N_("{status}: {n}"), status=labels.label("status", s), n=numbers[s]) for s in Status if numbers[s]]
    return reduce(
        lambda first, text: Text(N_("{first}, {next}"), first=first, next=text), counted or [Text(N_("none"))]
    )


def _of_source(proof: Proof, source: Source) -> Iterator[Block]:
    yield Heading(2, Text(N_("{kind}: {path}"), kind=Text(_KINDS[source.kind]), path=source.path))
    yield Fact(N_("Blob"), source.blob)
    yield Fact(N_("SHA-256"), source.sha256)
    yield Fact(N_("Bytes"), str(source.size))
    yield from checks.of_source(proof, source)


def _of_revision(proof: Proof, revision: Revision) -> Iterator[Block]:
    commit = revision.commit
    yield Heading(3, Text(N_("Commit {commit}"), commit=commit.id))
    yield Fact(N_("Written"), _identity(commit.author))
    yield Fact(N_("at"), instant.show(commit.authored))
    yield Fact(N_("Committed"), _identity(commit.committer))
    yield Fact(N_("at"), instant.show(commit.committed))
    yield Fact(N_("Signature"), _signed(revision.signature))
    yield from checks.of_revision(proof, revision)


def _clock(proof: Proof, verdict: Verdict) -> Text:
    return Text(
        N_("{clock}, {title} (article {clause}, cycle {cycle}, {owner}): {status}"),
        clock=verdict.clock.id,
        title=verdict.clock.title[current()],
        clause=verdict.clock.clause,
        cycle=verdict.cycle,
        owner=proof.judged.policy.role(verdict.owner, current()),
        status=labels.label("status", verdict.status),
    )


def why(proof: Proof, verdict: Verdict) -> Iterator[Text]:
    """Why a deadline stands as it does, in short."""
    return explanation.explain(verdict, proof.calendar, proof.now, days=False)


def _of_person(proof: Proof, acting: Acting) -> Iterator[Block]:
    yield Heading(3, Text("{id}", id=acting.id))
    if acting.person is None:
        yield Text(N_("Not in policy/people.yml."))
        return
    yield Fact(N_("Name"), acting.person.name)
    for email in acting.person.emails:
        yield Fact(N_("E-mail"), email)
    for role, first, last in acting.person.roles:
        yield Fact(N_("Role"), _held(proof, role, str(first), str(last) if last else None))
    for event, role in acting.events:
        kind, at = labels.label("event", event.type), instant.read(proof.calendar.local(event.at))
        said = Text(N_("{at} {event}, as {role}"), at=at, event=kind, role=_role(proof, role))
        yield Fact(N_("Acted"), said)


def _held(proof: Proof, role: str, first: str, last: str | None) -> Text:
    if last:
        return Text(N_("{role}, from {first} to {last}"), role=_role(proof, role), first=first, last=last)
    return Text(N_("{role}, since {first}"), role=_role(proof, role), first=first)


def _role(proof: Proof, role: str) -> str:
    return proof.judged.policy.role(role, current())


def _identity(identity: Identity) -> str:
    return f"{identity.name} <{identity.email}>"


def _signed(signature: Signature) -> Text:
    return Text(_SIGNED[signature.state], signer=signature.signer, key=signature.key)
