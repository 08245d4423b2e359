"""The program: finds the command, speaks the reader's language, turns what went wrong into an exit code."""

import errno
import gettext
import importlib
import os
import sys
from pathlib import Path

import click

from caseledger import __version__
from caseledger.cli import options
from caseledger.errors import BUG, USAGE, CannotGoOn
from caseledger.language import DOMAIN, LANGUAGES, LOCALE, N_, Text, translate

COMMANDS = {
    "new": N_("Write a new case."),
    "append": N_("Append an event to a case."),
    "install": N_("Set up a clone: merge driver and hooks."),
    "resolve": N_("Settle conflicts in case files."),
    "next": N_("List what can be recorded next in a case."),
    "check": N_("Find what is wrong with the files."),
    "audit": N_("Tell whether a change leaves what is on record as it was."),
    "clocks": N_("Judge case files: every clock, its due time, whether it was kept."),
    "sla": N_("Show what is overdue and what is due soon."),
    "notify": N_("Tell departments what is overdue and what is due next."),
    "obligations": N_("List periodic duties and corrective actions."),
    "comment": N_("Keep a comment of a pull request up to date."),
    "flag": N_("Keep the forge's issues in step with what is overdue."),
    "grade": N_("Propose a grade for a case, with the reasons."),
    "clusters": N_("List groups of cases with the same problem."),
    "explain": N_("Say why a clock is due when it is."),
    "show": N_("Show one case."),
    "list": N_("List cases."),
    "summary": N_("Say what a range of commits does, for a reviewer."),
    "prove": N_("Print what a third party needs to check one case."),
    "evidence": N_("Add files as evidence, hash all of it again, take one out."),
    "archive": N_("Number and seal ended cases, prove that they are as sealed, copy them."),
    "private": N_("Keep who the consumers are, encrypted, outside Git."),
    "retention": N_("Legal holds, what may be disposed of, and disposal by two people."),
    "rules": N_("List the rules that files are checked by."),
    "policy": N_("Start, compare, weigh and lint versions of a policy."),
    "import": N_("Turn another system's export into case files."),
    "calendar": N_("Draft a working calendar."),
    "hook": N_("What a Git server runs: checks and audits every push."),
    "site": N_("Build and serve the site."),
}
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM})
"""What a full or read-only disk says."""
CALLED_BY_GIT = ("merge-driver",)
"""Commands that people do not type."""


class Commands(click.Group):
    """The commands, each loaded only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS and cmd_name not in CALLED_BY_GIT:
            return None
        module = importlib.import_module(f"caseledger.cli.{cmd_name.replace('-', '_')}_")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading them."""
        with formatter.section(gettext.gettext("Commands")):
            formatter.write_dl([(name, translate(help_)) for name, help_ in COMMANDS.items()])


def main() -> None:
    """Run the program; exits 0 fine, 1 problems in the files, 2 usage, 3 a bug of ours, 4 breached deadlines."""
    _speak(sys.argv[1:])
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of one command line."""
    try:
        result = _group()(arguments, prog_name="caseledger", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        click.echo(translate(N_("Stopped; nothing was written.")), err=True)
        return USAGE
    except click.ClickException as error:
        error.show()
        return USAGE
    except CannotGoOn as error:
        _explain(error)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in _NO_ROOM:
            _report_bug()
            return BUG
        _explain(_unwritten(error))
        return USAGE
    except Exception:  # the one place that turns a bug into a report
        _report_bug()
        return BUG


def _unwritten(error: OSError) -> CannotGoOn:
    message = N_("{path} cannot be written: {reason}. Once that is settled, give the same command again.")
    return CannotGoOn(Text(message, path=error.filename or translate(N_("A file")), reason=error.strerror))


def _group() -> click.Group:
    text = N_("Complaints as data: cases in Git, judged by policies, every deadline explained.")

    @click.group(cls=Commands, help=translate(text), context_settings={"max_content_width": 100})
    @click.version_option(__version__, prog_name="caseledger", help=translate(N_("Show the version and exit.")))
    @options.language
    @click.option("--repo", metavar="DIR", expose_value=False, callback=options.keep_repo, help=options.REPO_HELP())
    def group() -> None:
        pass

    return group


def _speak(arguments: list[str]) -> None:
    """Choose the language before anything is put into words; click's own messages follow the same catalogue."""
    for option, value in zip(arguments, [*arguments[1:], ""], strict=False):
        name, _, joined = option.partition("=")
        if name == "--lang" and (joined or value) in LANGUAGES:
            os.environ["LANGUAGE"] = joined or value
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)


def _explain(error: CannotGoOn) -> None:
    from caseledger.cli.formats import text

    click.echo(text.error(error), err=True)


def _report_bug() -> None:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="caseledger-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write(f"caseledger {__version__}, Python {sys.version}\n{traceback.format_exc()}")
    message = Text(N_("This is a bug of caseledger, not of your files. What happened is in {log}."), log=Path(log.name))
    click.echo(message.to(), err=True)
