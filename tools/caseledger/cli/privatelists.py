"""caseledger private list, caseledger private log"""

from collections.abc import Mapping
from typing import Any

import click

from caseledger.cli import atwork, options, tables
from caseledger.cli.formats import json
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook
from caseledger.vault import accesslog
from caseledger.vault.keystore import Key, Tombstone
from caseledger.vault.reference import reference
from caseledger.vault.store import Held, Vault


@click.command(
    "list",
    help=translate(N_("List the consumers whom the vault knows, and those who were erased; nothing about them.")),
)
@click.option(
    "--without-cases",
    is_flag=True,
    help=translate(N_("Only records of whom there is no case any more, such as after a disposal.")),
)
@options.output_format("text", "json")
@options.repository
def list_(without_cases: bool, form: str, rulebook: Rulebook) -> None:
    """A row for each reference."""
    from caseledger.vault import holdings

    vault, cases = atwork.vault(rulebook), holdings.counted(rulebook.root)
    held = [_held(vault, ref) for ref in vault.refs()]
    if without_cases:
        held = [one for one in held if not cases[one.ref] and not isinstance(one.key, Tombstone)]
    if form == "json":
        click.echo(json.dump([{**_as_json(one), "cases": cases[one.ref]} for one in held]))
        return
    if held:
        names = {reader.key: reader.name for reader in atwork.wanted(rulebook)}
        headings = [N_("Consumer"), N_("Cases"), N_("State"), N_("Who may read")]
        rows = [[one.ref, str(cases[one.ref]), *_row(one, names)] for one in held]
        tables.show([translate(heading) for heading in headings], rows)
    records = sum(one.record and isinstance(one.key, Key) for one in held)
    erased = sum(isinstance(one.key, Tombstone) for one in held)
    click.echo(Text(N_("Records: {records}. Erased: {erased}."), records=records, erased=erased).to())


@click.command("log", help=translate(N_("Show who looked into the vault, when, whose record, and why.")))
@click.argument("ref", metavar="[REF]", required=False)
@options.output_format("text", "json")
@options.repository
def log(ref: str | None, form: str, rulebook: Rulebook) -> None:
    """A row for each access, oldest first."""
    wanted = reference(ref) if ref else None
    found = [one for one in accesslog.read(atwork.vault(rulebook).records) if wanted in (None, one.ref)]
    if form == "json":
        kept = ("at", "who", "did", "ref", "reason")
        click.echo(json.dump([{name: getattr(one, name) for name in kept} for one in found]))
        return
    headings = [N_("When"), N_("Who"), N_("What"), N_("Consumer"), N_("Why")]
    rows = [[one.at, one.who, one.did, one.ref, one.reason] for one in found]
    tables.show([translate(heading) for heading in headings], rows)


def _held(vault: Vault, ref: str) -> Held:
    """What there is of one consumer; a damaged key is none."""
    try:
        return vault.held(ref)
    except CannotGoOn as error:
        click.echo(error.text.to(), err=True)
        return Held(ref, vault.record(ref).is_file(), None)


def _row(held: Held, names: Mapping[str, str]) -> list[str]:
    if isinstance(held.key, Tombstone):
        state = Text(
            N_("erased on {day} by {by}: {reason}"), day=held.key.at[:10], by=held.key.by, reason=held.key.reason
        )
        return [str(state), ""]
    if held.key is None:
        return [translate(N_("unreadable: no key")), ""]
    may = ", ".join(names.get(key, translate(N_("somebody else"))) for key in held.key.readers)
    return [translate(N_("kept") if held.record else N_("key without record")), may]


def _as_json(held: Held) -> dict[str, Any]:
    key = held.key
    return {
        "ref": held.ref,
        "record": held.record,
        "key": isinstance(key, Key),
        "readers": list(key.readers) if isinstance(key, Key) else [],
        "erased": {"at": key.at, "by": key.by, "reason": key.reason} if isinstance(key, Tombstone) else None,
    }
