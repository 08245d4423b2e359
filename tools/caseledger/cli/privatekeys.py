"""caseledger private keys"""

from collections.abc import Sequence

import click

from caseledger.cli import atwork, options, tables
from caseledger.errors import PROBLEMS
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook
from caseledger.vault import identities, rekeying
from caseledger.vault.keystore import Key
from caseledger.vault.readers import Reader


@click.group("keys", help=translate(N_("Who may read the vault: make a key, list readers, let in and shut out.")))
@options.language
def command() -> None:
    """The commands about keys."""


@command.command(
    "new",
    help=translate(
        N_(
            "Make your key: the secret half goes into a file of yours alone, the public half is printed, to be entered"
            " as vault_key of yours in policy/people.yml, or as the key of a role under vault.role_keys in"
            " caseledger.yml."
        )
    ),
)
@click.option(
    "--out", metavar="FILE", type=click.Path(), help=translate(N_("By default where your key is looked for."))
)
@options.language
def new(out: str | None) -> None:
    """Write the secret key, print the public one."""
    from pathlib import Path

    file = Path(out) if out else identities.place()
    public = identities.make(file)
    click.echo(public)
    click.echo(
        Text(N_("The secret half is in {file}. Keep a copy where only you can get at it."), file=file).to(), err=True
    )


@command.command("list", help=translate(N_("List who may read by the settings, and how many records their key opens.")))
@options.repository
def list_(rulebook: Rulebook) -> None:
    """A row for each reader, also for those whom the settings no longer name."""
    vault, wanted = atwork.vault(rulebook), atwork.wanted(rulebook)
    keys = [key for ref in vault.refs() if isinstance(key := vault.keys.read(ref), Key)]
    named = {reader.key for reader in wanted}
    others = sorted({public for key in keys for public in key.readers} - named)
    rows = [[_name(reader), reader.role, _opened(keys, reader.key), reader.key] for reader in wanted]
    rows += [[translate(N_("not named any more")), "", _opened(keys, public), public] for public in others]
    headings = [N_("Reader"), N_("Role"), N_("Opens"), N_("Public key")]
    tables.show([translate(heading) for heading in headings], rows)
    if any(set(key.readers) != named for key in keys):
        click.echo(translate(N_("Not everything is as the settings say: caseledger private keys apply")))
    if len(wanted) == 1:
        click.echo(translate(N_("One key alone opens the vault. If it is lost, everything is: name a second reader.")))


@command.command(
    "apply",
    help=translate(
        N_(
            "Encrypt every key to those who may read now, by vault.readers and vault.role_keys in caseledger.yml and"
            " policy/people.yml: give it whenever these change. Where somebody is shut out, the record gets a new key,"
            " too. Exit code 1 if a key could not be opened."
        )
    ),
)
@click.option("--dry-run", is_flag=True, help=translate(N_("Only say what would change.")))
@options.repository
def apply(dry_run: bool, rulebook: Rulebook) -> int:
    """Bring every key to its readers, saying what changed."""
    vault, wanted, own = atwork.vault(rulebook), atwork.wanted(rulebook), identities.read()
    names = {reader.key: _name(reader) for reader in wanted}
    locked = changed = 0
    with vault.locked():
        if not dry_run:
            vault.log(atwork.access(rulebook, own, "keys apply", "", ", ".join(names.values())))
        for change in rekeying.apply(vault, wanted, own.keys, change=not dry_run):
            locked += change.locked
            changed += not change.locked
            click.echo(_change(change, names), err=change.locked)
    click.echo(Text(N_("Keys changed: {changed}. Not opened: {locked}."), changed=changed, locked=locked).to())
    return PROBLEMS if locked else 0


def _change(change: rekeying.Change, names: dict[str, str]) -> str:
    if change.locked:
        return Text(N_("{ref}: your key does not open it; somebody else has to look."), ref=change.ref).to()
    parts = []
    if change.let_in:
        let_in = ", ".join(names[key] for key in change.let_in)
        parts.append(Text(N_("may read now: {names}"), names=let_in).to())
    if change.shut_out:
        parts.append(Text(N_("may not any more: {names}"), names=", ".join(change.shut_out)).to())
    return f"{change.ref}: {'; '.join(parts)}"


def _name(reader: Reader) -> str:
    return reader.person or Text(N_("{role} (key of the role)"), role=reader.role).to()


def _opened(keys: Sequence[Key], public: str) -> str:
    return str(sum(public in key.readers for key in keys))
