"""caseledger evidence"""

from pathlib import Path

import click

from caseledger import instant
from caseledger.cli import bar, evidenceadd, options, showing
from caseledger.cli.formats import BY_NAME
from caseledger.errors import PROBLEMS, CannotGoOn
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook


@click.group("evidence", help=translate(N_("Add files as evidence, hash all of it again, take one out.")))
@options.language
def command() -> None:
    """The commands about evidence."""


command.add_command(evidenceadd.command)


@command.command(
    "verify",
    help=translate(
        N_(
            "Read and hash every file of evidence again, of the whole repository or of the cases ID, and report what is"
            " missing, altered, or named by no case. A run that was interrupted goes on where it was. Exit code 1 if"
            " anything is wrong."
        )
    ),
)
@click.argument("case_ids", metavar="[ID]...", nargs=-1)
@click.option("--again", is_flag=True, help=translate(N_("Begin anew, also after an interruption.")))
@options.output_format(*BY_NAME)
@options.out
@options.repository
def verify(case_ids: tuple[str, ...], again: bool, form: str, out: Path | None, rulebook: Rulebook) -> int:
    """Hash the files; print what is wrong with them and a line about the rest."""
    from caseledger import casefile, files, register
    from caseledger.evidence.verifying import Verification
    from caseledger.stores.registry import Stores

    wanted = [files.case_path(rulebook.root, case_id) for case_id in case_ids]
    for path in wanted:
        if not path.is_file():
            raise CannotGoOn(Text(N_("There is no case {id}; it would be {path}."), id=path.stem, path=path))
    entries = (casefile.load(rulebook.root, path)[0] for path in wanted or register.case_files(rulebook.root))
    stores = Stores(rulebook.root, rulebook.settings)
    verification = Verification(rulebook.root, stores, entries, instant.now())
    with bar.reading(verification.size) as told:
        report = verification.run(told, again=again, whole=not case_ids)
    showing.problems(report.problems, form, out)
    if report.before:
        begun = instant.show(report.begun)
        message = Text(
            N_("Goes on with the run of {begun}: {n} files were verified already."), begun=begun, n=report.before
        )
        click.echo(message.to(), err=True)
    summary = Text(
        N_("Files of evidence verified: {verified}. Kept elsewhere, not read: {elsewhere}. Problems: {problems}."),
        verified=report.verified,
        elsewhere=report.elsewhere,
        problems=len(report.problems),
    )
    click.echo(summary.to(), err=form != "text")
    return PROBLEMS if report.problems else 0


@command.command(
    "get",
    help=translate(
        N_(
            "Write one file of evidence of the case ID, named by its name or by the beginning of its SHA-256, if it is"
            " what was recorded. Nothing is overwritten."
        )
    ),
)
@click.argument("case_id", metavar="ID")
@click.argument("wanted", metavar="NAME|SHA-256")
@click.option(
    "--output", "-o", "target", metavar="FILE", type=click.Path(path_type=Path),
    help=translate(N_("Where to write it, - for standard output; by default here, under its own name.")),
)  # fmt: skip
@options.repository
def get(case_id: str, wanted: str, target: Path | None, rulebook: Rulebook) -> None:
    """Write the file and say where."""
    from caseledger import exhibits, files
    from caseledger.cli import one
    from caseledger.evidence import fetching
    from caseledger.stores.registry import Stores

    path = files.case_path(rulebook.root, case_id)
    now = instant.now()
    judged = one.judged(rulebook, case_id, now)
    found = fetching.find(exhibits.of_case(files.shown(path, rulebook.root), judged.state.case, now), wanted)
    if written := fetching.fetch(Stores(rulebook.root, rulebook.settings), found, target):
        click.echo(str(written))
