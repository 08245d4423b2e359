"""caseledger site"""

import os
from contextlib import redirect_stdout
from datetime import datetime
from functools import partial
from pathlib import Path

import click
from click.core import ParameterSource

from caseledger import instant
from caseledger.cli import options
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook


@click.group("site", help=translate(N_("Build and serve the site.")))
@options.language
def command() -> None:
    """The commands about the site."""


@command.command("build", help=translate(N_("Write the site: a folder of static pages that any web server can show.")))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help=translate(
        N_(
            "Folder of the site; by default build/site in the repository, build/public and build/restricted for"
            " those audiences."
        )
    ),
)
@options.audience
@click.option("--no-search", is_flag=True, help=translate(N_("Leave the search index as it is, if there is one.")))
@options.as_of
@options.repository
def build(out: Path | None, audience: str, no_search: bool, now: datetime, rulebook: Rulebook) -> None:
    """Build the site and say what it holds."""
    folder = (out or _folder(rulebook.root, audience)).resolve()
    _build(rulebook.root, folder, now, audience, searchable=not no_search)


@command.command(
    "serve",
    help=translate(
        N_(
            "Build the site and show it to the browsers of this machine. When a file of the repository changes, the"
            " site is built again and the page that is shown is loaded again."
        )
    ),
)
@options.audience
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help=translate(N_("Port.")))
@click.option("--no-build", is_flag=True, help=translate(N_("Show the site as it was built last.")))
@options.as_of
@options.repository
@click.pass_context
def serve(context: click.Context, audience: str, port: int, no_build: bool, now: datetime, rulebook: Rulebook) -> None:
    """Serve the site until interrupted."""
    from caseledger.site import watching

    folder = _folder(rulebook.root, audience)
    if not no_build:
        _build(rulebook.root, folder, now, audience)
    elif not (folder / "index.html").is_file():
        raise CannotGoOn(Text(N_("There is no site in {folder} yet; leave out --no-build."), folder=folder))
    fixed = context.get_parameter_source("now") is ParameterSource.COMMANDLINE
    same = ["--audience", audience, *(["--as-of", instant.show(now)] if fixed else [])]
    command = ["--repo", str(rulebook.root), "site", "build", "--out", str(folder), *same]
    watching.serve(rulebook.root, folder, port, None if no_build else partial(_again, command))


def _again(command: list[str], searchable: bool) -> int:
    from caseledger.cli.main import run

    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        return run([*command, *([] if searchable else ["--no-search"])])


def _folder(root: Path, audience: str) -> Path:
    return root / "build" / ("site" if audience == "internal" else audience)


def _build(root: Path, out: Path, now: datetime, audience: str, *, searchable: bool = True) -> None:
    from caseledger import site
    from caseledger.audience import Audience

    built = site.build(
        root,
        out,
        now,
        lambda text: click.echo(text.to(), err=True),
        searchable=searchable,
        audience=Audience(audience),
    )
    seconds = f"{sum(built.seconds.values()):.1f}"
    text = Text(
        N_("{cases} cases on {pages} pages, built in {seconds} s: {page}"),
        cases=built.cases,
        pages=built.pages,
        seconds=seconds,
        page=out / "index.html",
    )
    click.echo(text.to())
    if built.problems:
        click.echo(
            Text(
                N_("Findings about case files: {n}; the site lists them, caseledger check too."), n=built.problems
            ).to(),
            err=True,
        )
