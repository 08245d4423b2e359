"""caseledger private export, caseledger private restore-check"""

from pathlib import Path

import click

from caseledger import files, instant, labels
from caseledger.cli import atwork, options, privatebundle
from caseledger.cli.formats import json
from caseledger.errors import PROBLEMS, CannotGoOn
from caseledger.language import N_, Text, translate
from caseledger.problem import Severity
from caseledger.rulebook import Rulebook
from caseledger.vault import accesslog, holdings, identities, restoring
from caseledger.vault.places import is_in_git
from caseledger.vault.reference import reference


@click.command(
    "export",
    help=translate(
        N_(
            "Write everything that is held about a consumer into a new folder, as REF.json for programs and REF.md for"
            " people: the record, the cases with all that was said in them, who looked at the record. Read it before"
            " you hand it out: it also holds what others said."
        )
    ),
)
@click.argument("ref", metavar="REF")
@atwork.reason
@click.option(
    "--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help=translate(N_("A folder outside Git."))
)
@options.repository
def export(ref: str, reason: str, out: Path, rulebook: Rulebook) -> None:
    """Note the access, then write the two files."""
    vault, own = atwork.vault(rulebook), atwork.mine()
    ref, folder = reference(ref), out.resolve()
    if is_in_git(folder):
        message = N_("{path} is in a Git repository, which never forgets. Name a folder elsewhere.")
        raise CannotGoOn(Text(message, path=folder))
    person = vault.open(ref, (own or identities.read()).keys) if vault.record(ref).is_file() else None
    cases = list(holdings.cases_of(rulebook.root, ref))
    stone = vault.erased(ref)
    if not (person or cases or stone):
        raise CannotGoOn(Text(N_("Nothing is held about {ref}."), ref=ref))
    with vault.locked():
        vault.log(atwork.access(rulebook, own, "export", ref, reason))
    held = {
        "ref": ref,
        "as_of": instant.show(instant.now()),
        "record": person,
        "erased": {"at": stone.at, "by": stone.by, "reason": stone.reason} if stone else None,
        "cases": [{"path": case.path, **case.data} for case in cases],
        "accesses": [
            {"at": one.at, "who": one.who, "did": one.did, "reason": one.reason}
            for one in accesslog.read(vault.records)
            if one.ref == ref
        ],
    }
    for name, text in ((f"{ref}.json", json.dump(held)), (f"{ref}.md", privatebundle.markdown(held))):
        files.put_private(folder / name, f"{text}\n".encode())
        click.echo(folder / name)


@click.command(
    "restore-check",
    help=translate(
        N_(
            "Give this after vault or key store came back from a backup, before anybody works with them: it erases anew"
            " whatever was erased before, and names what cannot be read. Exit code 1 if something is wrong."
        )
    ),
)
@click.option(
    "--tombstones",
    "others",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help=translate(N_("Another copy of the vault or of the key store that tells what was erased; may be repeated.")),
)
@options.repository
def restore_check(others: tuple[Path, ...], rulebook: Rulebook) -> int:
    """Erase again what was erased, then say what is wrong."""
    vault, own = atwork.vault(rulebook), atwork.mine()
    with vault.locked():
        for text in restoring.again(vault, others):
            click.echo(text.to())
        found = list(restoring.examined(vault, own.keys if own else ()))
    for severity, text in found:
        click.echo(f"{labels.label('severity', severity)}: {text}")
    errors = sum(severity is Severity.ERROR for severity, _ in found)
    refs = vault.refs()
    erased = sum(vault.erased(ref) is not None for ref in refs)
    message = N_("Consumers: {all}. Erased: {erased}. Errors: {errors}.")
    click.echo(Text(message, all=len(refs), erased=erased, errors=errors).to())
    return PROBLEMS if errors else 0
