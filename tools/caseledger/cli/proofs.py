"""A proof in the form that was asked for: text, Markdown, JSON, or a script that checks it."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

from caseledger import instant
from caseledger.cli.formats import json
from caseledger.cli.formats.markdown import code, visible, words
from caseledger.cli.proofparts import Block, Fact, Heading, blocks, why
from caseledger.history.commits import Commit
from caseledger.history.signatures import Signature
from caseledger.language import Text, translate
from caseledger.proof import checks
from caseledger.proof.checks import Check
from caseledger.proof.gathering import Acting, Proof


def as_text(proof: Proof) -> str:
    """For a person to read."""
    return "\n".join(line for block in blocks(proof) for line in _plain(block)).strip("\n")


def as_markdown(proof: Proof) -> str:
    """For a forge, a document or a web page."""
    text = "\n".join(line for block in blocks(proof) for line in _markdown(block)).strip("\n")
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
                {**json.verdict(verdict), "why": [str(line) for line in why(proof, verdict)]}
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
    return (block for block in blocks(proof) if isinstance(block, Check))


def _plain(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield ""
            yield f"{'#' * level} {visible(str(text))}"
        case Fact(label, value):
            yield f"  {translate(label)}: {visible(str(value))}"
        case Check(shows, command, prints):
            yield f"  {shows}"
            yield f"    $ {command}"
            yield from (f"    {line}" for line in prints.splitlines())
        case list():
            yield from (f"    $ {command}" for command in block)
        case Text():
            yield f"  {visible(str(block))}"


def _markdown(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield from ("", f"{'#' * level} {words(text)}", "")
        case Fact(label, value):
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
