"""Options that several commands share."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from caseledger import instant
from caseledger.language import LANGUAGES, N_, Text, translate

if TYPE_CHECKING:
    from caseledger.rulebook import Rulebook

F = TypeVar("F", bound=Callable[..., Any])

_REPO = "caseledger.repo"
_UNITS = {"min": "minutes", "h": "hours", "d": "days"}


def REPO_HELP() -> str:  # noqa: N802 - a text that is put into words late
    """The help of --repo."""
    return translate(N_("Folder of the case repository; by default the one around the current folder."))


def keep_repo(context: click.Context, _option: click.Parameter, value: str | None) -> "Rulebook | None":
    """Remember the folder given before the command; give a command its repository."""
    if value is not None:
        context.meta[_REPO] = value
    if context.parent is None:
        return None
    from caseledger import files
    from caseledger.rulebook import Rulebook

    return Rulebook(files.find_root(Path(context.meta.get(_REPO, "."))))


def repository(command: F) -> F:
    """--repo: the command gets `rulebook`, that of the repository."""
    return click.option("--repo", "rulebook", metavar="DIR", callback=keep_repo, help=REPO_HELP())(language(command))


def language(command: F) -> F:
    """--lang, which was obeyed before the command was loaded."""
    text = translate(N_("Language of what is said; by default that of LANG."))
    return click.option("--lang", type=click.Choice(LANGUAGES), expose_value=False, help=text)(command)


def entry(command: F) -> F:
    """--note, --at, --by and --as (`role`): what may be said of any entry."""
    said = (
        click.option("--note", help=translate(N_("Free text."))),
        click.option("--at", metavar="T", type=Instant(), help=translate(N_("When it happened; by default now."))),
        click.option("--by", metavar="P", help=translate(N_("Who acted; by default whoever Git is configured for."))),
        acting_as,
    )
    for option in reversed(said):
        command = option(command)
    return command


def acting_as(command: F) -> F:
    """--as: the command gets `role`."""
    text = translate(N_("The role in which they acted; by default the fitting one."))
    return click.option("--as", "role", metavar="R", help=text)(command)


class Instant(click.ParamType[datetime]):
    """A moment on the command line."""

    name = "T"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The instant, or a usage error that shows one."""
        if isinstance(value, datetime):
            return value
        try:
            return instant.parse(value)
        except ValueError:
            message = Text(N_("{value} is no moment; write 2026-11-03T09:12:00+08:00."), value=value)
            self.fail(message.to(), param, ctx)


class Span(click.ParamType[timedelta]):
    """A length of time on the command line: 12h, 1d."""

    name = "SPAN"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The length, or a usage error that shows one."""
        match = re.fullmatch(r"([1-9][0-9]{0,3}) ?(min|h|d)", str(value))
        if not match:
            self.fail(Text(N_("{value} is no length of time; write 30min, 12h or 1d."), value=value).to(), param, ctx)
        return timedelta(**{_UNITS[match[2]]: int(match[1])})


def as_of(command: F) -> F:
    """--as-of: the command gets `now`, by default the wall clock."""
    text = translate(N_("Judge as of this moment (2026-11-03T09:12:00+08:00) instead of now."))
    return click.option("--as-of", "now", metavar="T", type=Instant(), default=instant.now, help=text)(command)


def audience(command: F) -> F:
    """--audience: the command gets `audience`, for whom what it says is; by default those who handle complaints."""
    text = translate(N_("For whom it is: fields that the schema does not mark for this audience are left out."))
    names = ["public", "internal", "restricted"]
    return click.option("--audience", type=click.Choice(names), default="internal", show_default=True, help=text)(
        command
    )


def output_format(*names: str) -> Callable[[F], F]:
    """--format: the command gets `form`, by default the first of `names`."""
    text = translate(N_("How to print it."))
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True, help=text)


def out(command: F) -> F:
    """-o: the command gets `out`, the file to write into, None to print."""
    text = translate(N_("Write it into this file, whole or not at all, instead of printing it."))
    return click.option("-o", "--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help=text)(
        command
    )
