"""caseledger private erase"""

import click

from caseledger.cli import acting, atwork, options
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook
from caseledger.vault.reference import reference


@click.command(
    "erase",
    help=translate(
        N_(
            "Destroy the key of a consumer's record with all its copies in the key store: from then on nobody can read"
            " the record, in no copy and no backup of the vault. It cannot be undone. That it was done, when, by whom"
            " and why stays."
        )
    ),
)
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
@atwork.reason
@click.option(
    "--despite-hold", is_flag=True, help=translate(N_("Although a legal hold stands on a case of theirs; say why."))
)
@click.option("--yes", is_flag=True, help=translate(N_("Do not ask.")))
@options.repository
def command(refs: tuple[str, ...], reason: str, despite_hold: bool, yes: bool, rulebook: Rulebook) -> None:
    """Erase for good; say what is left to look at."""
    from caseledger.vault import holdings

    vault = atwork.vault(rulebook)
    wanted = [reference(ref) for ref in refs]
    cases = {ref: list(holdings.cases_of(rulebook.root, ref)) for ref in wanted}
    for ref in wanted:
        if ref not in vault.refs() and vault.erased(ref) is None:
            raise CannotGoOn(Text(N_("The vault holds no record of {ref}."), ref=ref))
        held = next(holdings.standing(rulebook.root, cases[ref], atwork.today(rulebook)), None)
        if held and not despite_hold:
            message = N_(
                "{ref} is not erased: on {case} stands the legal hold {hold}: {reason}."
                " Release it first; where the law asks for the erasure all the same, say --despite-hold."
            )
            text = Text(message, ref=ref, case=held.case, hold=held.number, reason=held.placed.reason)
            raise CannotGoOn(text)
    if not yes:
        if not acting.on_terminal():
            raise CannotGoOn(Text(N_("What is erased cannot be brought back. If it is meant, say --yes.")))
        click.confirm(Text(N_("Erase {ref} for ever?"), ref=", ".join(wanted)).to(), abort=True)
    for ref in wanted:
        atwork.erase(rulebook, vault, ref, reason, did="erase --despite-hold" if despite_hold else "erase")
        click.echo(Text(N_("{ref}: the key is destroyed; no copy of the record can be read any more."), ref=ref).to())
        for case in cases[ref]:
            click.echo(Text(N_("Look whether their words still tell who it was: {path}"), path=case.path).to())
    click.echo(translate(N_("Backups of the key store from before today must go as well: docs/operations.md.")))
