"""caseledger private"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from caseledger import fieldlabels, labels, recording, schema, yamltext
from caseledger.cli import (
    acting,
    atwork,
    options,
    privatecopies,
    privateerasure,
    privatekeys,
    privatelists,
    values,
)
from caseledger.cli.formats import json
from caseledger.errors import CannotGoOn, Refused
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook
from caseledger.vault import identities, readers
from caseledger.vault.reference import reference
from caseledger.vault.store import Vault

ASKED = ("name", "address", "email", "phone")
FIELDS = schema.schema("person")["properties"]


@click.group("private", help=translate(N_("Keep who the consumers are, encrypted, outside Git (docs/privacy.md).")))
@options.language
def command() -> None:
    """The commands about the vault."""


command.add_command(privatelists.list_)
command.add_command(privatelists.log)
command.add_command(privateerasure.command)
command.add_command(privatecopies.export)
command.add_command(privatecopies.restore_check)
command.add_command(privatekeys.command)


@command.command(
    "put",
    help=translate(
        N_(
            "Write down who a consumer is; print the reference that stands in their cases. What is there already stays"
            " unless it is given anew. On a terminal, what is not given is asked for: options can be read by others on"
            " this machine, and stay in the shell's history."
        )
    ),
)
@click.argument("ref", metavar="[REF]", required=False)
@click.option("--new", "fresh", is_flag=True, help=translate(N_("A consumer whom the vault does not know yet.")))
@click.option("--name", help=translate(fieldlabels.PERSON["name"]))
@click.option("--address", help=translate(fieldlabels.PERSON["address"]))
@click.option("--email", help=translate(fieldlabels.PERSON["email"]))
@click.option("--phone", help=translate(fieldlabels.PERSON["phone"]))
@click.option("--set", "pairs", metavar="K=V", multiple=True, help=translate(N_("Any other field; may be repeated.")))
@click.option("--remove", "removed", metavar="K", multiple=True, help=translate(N_("A field to take out.")))
@click.option("--from", "file", metavar="FILE", help=translate(N_("A YAML or JSON file; - reads standard input.")))
@click.option(
    "--replace", is_flag=True, help=translate(N_("Write the whole record anew, without reading the one that is there."))
)
@options.repository
def put(
    ref: str | None,
    fresh: bool,
    pairs: tuple[str, ...],
    removed: tuple[str, ...],
    file: str | None,
    replace: bool,
    rulebook: Rulebook,
    **named: str | None,
) -> None:
    """Write the record and print its reference."""
    if bool(ref) == fresh:
        raise CannotGoOn(Text(N_("Name the consumer (U-…), or say --new for one whom the vault does not know.")))
    given = _given(file, pairs, named)
    if not given and not removed:
        given = _ask()
    vault, wanted, own = atwork.vault(rulebook), atwork.wanted(rulebook), atwork.mine()
    readers.recipients(wanted)
    with vault.locked():
        person_ref = reference(ref) if ref else _unused(vault)
        before: Mapping[str, Any] = {}
        if not replace and vault.living(person_ref) and vault.record(person_ref).is_file():
            before = vault.open(person_ref, (own or identities.read()).keys)
        person = {"schema": 1, **before, **given}
        person = {name: person[name] for name in [*FIELDS, *person] if name in person and name not in removed}
        _refuse(person)
        vault.log(atwork.access(rulebook, own, "put", person_ref, ""))
        vault.put(person_ref, person, wanted)
    click.echo(person_ref)


@command.command(
    "show",
    help=translate(
        N_("Print who a consumer is. The access is kept in the log: when, who, whose, why; without a reason, nothing.")
    ),
)
@click.argument("ref", metavar="REF")
@atwork.reason
@click.option(
    "--field", "wanted", type=click.Choice([*fieldlabels.PERSON]), multiple=True, help=translate(N_("Only this field."))
)
@options.output_format("text", "json")
@options.repository
def show(ref: str, reason: str, wanted: tuple[str, ...], form: str, rulebook: Rulebook) -> None:
    """Note the access, then print the record."""
    vault, own = atwork.vault(rulebook), identities.read()
    ref = reference(ref)
    person = vault.open(ref, own.keys)
    with vault.locked():
        vault.log(atwork.access(rulebook, own, "show", ref, reason))
    if wanted:
        person = {name: value for name, value in person.items() if name in wanted}
    if form == "json":
        click.echo(json.dump({"ref": ref, **person}))
        return
    click.echo(ref)
    for name, value in person.items():
        if name != "schema":
            click.echo(f"  {labels.label('person', name)}: {_shown(name, value)}")


def _given(file: str | None, pairs: Sequence[str], named: Mapping[str, str | None]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if file is not None:
        raw = sys.stdin.buffer.read() if file == "-" else _read(Path(file))
        document = yamltext.read(raw, file)
        if problems := schema.problems("person", document):
            raise Refused(Text(N_("The record is not written: something is wrong with it.")), problems)
        found |= document.data
    found |= values.from_options(pairs, lambda steps: schema.field("person", *steps))
    return found | {name: value for name, value in named.items() if value is not None}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise CannotGoOn(Text(N_("{path} cannot be read."), path=path)) from None


def _ask() -> dict[str, Any]:
    if not acting.on_terminal():
        raise CannotGoOn(Text(N_("Nothing is given: name fields, or a file with --from.")))
    asked = {name: click.prompt(str(labels.label("person", name)), default="", show_default=False) for name in ASKED}
    return {name: value for name, value in asked.items() if value}


def _refuse(person: Mapping[str, Any]) -> None:
    try:
        document = yamltext.read(yamltext.write(person).encode(), translate(N_("the record")))
    except (ValueError, UnicodeEncodeError) as error:
        message = Text(N_("The text holds the character {code}, which is not allowed."), code=str(error))
        raise CannotGoOn(message) from None
    if found := schema.problems("person", document):
        raise Refused(Text(N_("The record is not written: something is wrong with it.")), found)


def _unused(vault: Vault) -> str:
    return next(ref for ref in iter(recording.new_consumer, None) if ref not in vault.refs())


def _shown(name: str, value: Any) -> str:
    """A value as a terminal may show it: what steers terminals is not obeyed."""
    if name == "basis":
        return str(labels.label("basis", str(value)))
    lines = str(value).splitlines() or [""]
    return "\n    ".join("".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line) for line in lines)
