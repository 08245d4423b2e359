"""A proof put into words: as text, as Markdown, as JSON, and as a script that checks it."""

import re
import shlex
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Any

from caseledger import explanation, instant, labels
from caseledger.cli.formats import json
from caseledger.cli.formats.markdown import code, visible, words
from caseledger.clocks import Status, Verdict
from caseledger.history.commits import Commit, Identity
from caseledger.history.signatures import Signature
from caseledger.language import N_, Text, current, translate
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
class _Heading:
    level: int
    text: Text


@dataclass(frozen=True)
class _Fact:
    """A label and its value: words to be read, or a string to be shown as it is."""

    label: str
    value: Text | str


_Block = _Heading | _Fact | Text | Check | list[str]
"""A list of strings is a list of commands that print nothing."""


def as_text(proof: Proof) -> str:
    """For a person to read."""
    return "\n".join(line for block in _blocks(proof) for line in _plain(block)).strip("\n")


def as_markdown(proof: Proof) -> str:
    """For a forge, a document or a web page."""
    text = "\n".join(line for block in _blocks(proof) for line in _markdown(block)).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", text)


def as_script(proof: Proof) -> str:
    """A shell script that runs every command, compares, and says what is not so."""
    lines = [
        "#!/bin/sh",
        f"# caseledger prove {proof.judged.id} --commit {proof.commit.id}",
        *checks.preparation(proof),
        "failed=0",
        "check() {",
        '  if [ "$2" = "$3" ]; then printf "ok      %s\\n" "$1"; else printf "FAILED  %s\\n" "$1"; failed=1; fi',
        "}",
        *(
            f'check {shlex.quote(str(check.shows))} {shlex.quote(check.prints)} "$({check.command})"'
            for check in _checks(proof)
        ),
        "exit $failed",
    ]
    return "\n".join(lines)


def as_json(proof: Proof) -> str:
    """For programs; commands and what they print are in `checks`."""
    return json.dump(
        {
            "case": proof.judged.id,
            "path": proof.judged.path,
            "as_of": instant.show(proof.now),
            "commit": _commit_data(proof.commit, proof.signature),
            "grew": proof.grew,
            "revisions": [
                {
                    **_commit_data(revision.commit, revision.signature),
                    "blob": revision.blob,
                    "lines_added_since": revision.later[0],
                    "lines_removed_since": revision.later[1],
                }
                for revision in proof.revisions
            ],
            "files": [
                {
                    "kind": source.kind,
                    "path": source.path,
                    "blob": source.blob,
                    "sha256": source.sha256,
                    "size": source.size,
                    "commits": list(source.commits),
                }
                for source in proof.sources
            ],
            "policy": proof.judged.policy.name,
            "calendar": proof.calendar.name,
            "verdicts": [
                {**json.verdict(verdict), "why": [str(line) for line in _why(proof, verdict)]}
                for verdict in proof.judged.verdicts
            ],
            "people": [_person_data(acting) for acting in proof.people],
            "preparation": checks.preparation(proof),
            "checks": [
                {"shows": str(check.shows), "command": check.command, "prints": check.prints}
                for check in _checks(proof)
            ],
        }
    )


def _checks(proof: Proof) -> Iterator[Check]:
    return (block for block in _blocks(proof) if isinstance(block, Check))


def _blocks(proof: Proof) -> Iterator[_Block]:
    yield _Heading(1, Text(N_("Proof of {case}"), case=proof.judged.id))
    yield _Fact(N_("Commit"), proof.commit.id)
    yield _Fact(N_("File"), proof.case.path)
    yield _Fact(N_("SHA-256"), proof.case.sha256)
    yield _Fact(N_("Deadlines"), _count(proof))
    at = instant.read(proof.calendar.local(proof.now))
    yield _Fact(
        N_("As of"), Text(N_("{at}, time of {zone}, as all times of the case"), at=at, zone=proof.calendar.zone)
    )
    if proof.grew:
        yield _Fact(N_("History"), Text(N_("every commit only added to the file; nothing was changed or removed")))
    else:
        yield _Fact(N_("History"), Text(N_("something in the file was changed or removed; see the commits below")))
    yield from map(Text, _LIMITS)
    yield _Heading(2, Text(N_("How to check it")))
    yield Text(N_("In a fresh clone, in a POSIX shell, with Git and sha256sum. First:"))
    yield checks.preparation(proof)
    yield from checks.of_history(proof)
    yield from checks.of_signature(proof.commit, proof.signature)
    for source in proof.sources:
        yield from _of_source(proof, source)
        if source.kind == "case":
            yield _Heading(2, Text(N_("What happened to its file")))
            for revision in proof.revisions:
                yield from _of_revision(proof, revision)
    yield _Heading(2, Text(N_("Deadlines")))
    for verdict in proof.judged.verdicts:
        yield _Heading(3, _clock(proof, verdict))
        yield from _why(proof, verdict)
    yield _Heading(2, Text(N_("People")))
    for acting in proof.people:
        yield from _of_person(proof, acting)


def _count(proof: Proof) -> Text:
    """How many clocks stand how."""
    numbers = Counter(verdict.status for verdict in proof.judged.verdicts)
    counted = [Text(N_("{status}: {n}"), status=labels.label("status", s), n=numbers[s]) for s in Status if numbers[s]]
    return reduce(
        lambda first, text: Text(N_("{first}, {next}"), first=first, next=text), counted or [Text(N_("none"))]
    )


def _of_source(proof: Proof, source: Source) -> Iterator[_Block]:
    yield _Heading(2, Text(N_("{kind}: {path}"), kind=Text(_KINDS[source.kind]), path=source.path))
    yield _Fact(N_("Blob"), source.blob)
    yield _Fact(N_("SHA-256"), source.sha256)
    yield _Fact(N_("Bytes"), str(source.size))
    yield from checks.of_source(proof, source)


def _of_revision(proof: Proof, revision: Revision) -> Iterator[_Block]:
    commit = revision.commit
    yield _Heading(3, Text(N_("Commit {commit}"), commit=commit.id))
    yield _Fact(N_("Written"), _identity(commit.author))
    yield _Fact(N_("at"), instant.show(commit.authored))
    yield _Fact(N_("Committed"), _identity(commit.committer))
    yield _Fact(N_("at"), instant.show(commit.committed))
    yield _Fact(N_("Signature"), signed(revision.signature))
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


def _why(proof: Proof, verdict: Verdict) -> Iterator[Text]:
    return explanation.explain(verdict, proof.calendar, proof.now, days=False)


def _of_person(proof: Proof, acting: Acting) -> Iterator[_Block]:
    yield _Heading(3, Text("{id}", id=acting.id))
    if acting.person is None:
        yield Text(N_("Not in policy/people.yml."))
        return
    yield _Fact(N_("Name"), acting.person.name)
    for email in acting.person.emails:
        yield _Fact(N_("E-mail"), email)
    for role, first, last in acting.person.roles:
        yield _Fact(N_("Role"), _held(proof, role, str(first), str(last) if last else None))
    for event, role in acting.events:
        kind, at = labels.label("event", event.type), instant.read(proof.calendar.local(event.at))
        said = Text(N_("{at} {event}, as {role}"), at=at, event=kind, role=_role(proof, role))
        yield _Fact(N_("Acted"), said)


def _held(proof: Proof, role: str, first: str, last: str | None) -> Text:
    if last:
        return Text(N_("{role}, from {first} to {last}"), role=_role(proof, role), first=first, last=last)
    return Text(N_("{role}, since {first}"), role=_role(proof, role), first=first)


def _role(proof: Proof, role: str) -> str:
    return proof.judged.policy.role(role, current())


def _identity(identity: Identity) -> str:
    return f"{identity.name} <{identity.email}>"


def signed(signature: Signature) -> Text:
    """What a commit's signature is worth."""
    return Text(_SIGNED[signature.state], signer=signature.signer, key=signature.key)


def _plain(block: _Block) -> Iterator[str]:
    match block:
        case _Heading(level, text):
            yield ""
            yield f"{'#' * level} {visible(str(text))}"
        case _Fact(label, value):
            yield f"  {translate(label)}: {visible(str(value))}"
        case Check(shows, command, prints):
            yield f"  {shows}"
            yield f"    $ {command}"
            yield from (f"    {line}" for line in prints.splitlines())
        case list():
            yield from (f"    $ {command}" for command in block)
        case Text():
            yield f"  {visible(str(block))}"


def _markdown(block: _Block) -> Iterator[str]:
    match block:
        case _Heading(level, text):
            yield from ("", f"{'#' * level} {words(text)}", "")
        case _Fact(label, value):
            yield f"- {translate(label)}: {code(value) if isinstance(value, str) else words(value)}"
        case Check(shows, command, prints):
            yield from ("", words(shows), "", "```console", f"$ {command}", *prints.splitlines(), "```", "")
        case list():
            yield from ("", "```console", *(f"$ {command}" for command in block), "```", "")
        case Text():
            yield f"- {words(block)}"


def _commit_data(commit: Commit, signature: Signature) -> dict[str, Any]:
    return {
        "commit": commit.id,
        "parents": list(commit.parents),
        "author": {"name": commit.author.name, "email": commit.author.email, "at": instant.show(commit.authored)},
        "committer": {
            "name": commit.committer.name,
            "email": commit.committer.email,
            "at": instant.show(commit.committed),
        },
        "signature": {"state": signature.state, "signer": signature.signer, "key": signature.key},
    }


def _person_data(acting: Acting) -> dict[str, Any]:
    person = acting.person
    return {
        "id": acting.id,
        "name": person.name if person else None,
        "emails": list(person.emails) if person else [],
        "roles": [
            {"role": role, "from": str(first), "to": str(last) if last else None}
            for role, first, last in (person.roles if person else ())
        ],
        "events": [{"at": instant.show(event.at), "type": event.type, "as": role} for event, role in acting.events],
    }


AS = {"text": as_text, "markdown": as_markdown, "json": as_json, "sh": as_script}
