"""caseledger resolve"""

from collections.abc import Sequence
from pathlib import Path

import click

from caseledger import files, merging, resolving, yamltext
from caseledger.cli import acting, options
from caseledger.cli.formats import text
from caseledger.clone import Clone
from caseledger.errors import PROBLEMS, CannotGoOn, Refused
from caseledger.language import N_, Text, translate
from caseledger.merging import Changed, Clash, Illegal, Keep, SameStep
from caseledger.model import Event
from caseledger.rulebook import Rulebook

SIDES = {Keep.OURS: N_("ours, which is there already"), Keep.THEIRS: N_("theirs, which is to be added")}


@click.command(
    "resolve",
    help=translate(
        N_(
            "Settle conflicts that a merge, a rebase or a server left in case files: both sides' entries in the order"
            " of time, both sides' changes of the header. Without FILE, all that there are. Where both sides took the"
            " same step it asks. Exit code 1 if a conflict is left."
        )
    ),
)
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--keep",
    type=click.Choice(list(map(str, Keep))),
    help=translate(N_("Do not ask: where both cannot be meant, keep ours, theirs, or both entries of the same step.")),
)
@options.repository
def command(paths: tuple[Path, ...], keep: str | None, rulebook: Rulebook) -> int:
    """Resolve file by file; one that cannot be resolved does not stop the others."""
    clone = Clone(rulebook.root)
    found = [resolving.conflict(clone, path) for path in paths] or list(resolving.conflicts(clone, rulebook))
    left = 0
    for conflict in found:
        shown = files.shown(conflict.file, rulebook.root)
        try:
            resolving.resolve(clone, rulebook, conflict, _Chooser(shown, Keep(keep) if keep else None))
            click.echo(Text(N_("Merged: {path}"), path=shown).to())
        except CannotGoOn as reason:
            left += 1
            click.echo(Text(N_("Not merged: {path}. {reason}"), path=shown, reason=reason.text).to(), err=True)
            if isinstance(reason, Refused) and reason.problems:
                click.echo(text.problems(reason.problems), err=True)
    rest = [] if paths else resolving.others(clone, rulebook)
    for path in rest:
        click.echo(Text(N_("{path} is no case; settle it by hand."), path=path).to(), err=True)
    if not found and not rest:
        click.echo(translate(N_("There are no conflicts.")))
    _say_what_is_next(clone, left + len(rest))
    return PROBLEMS if left or rest else 0


def _say_what_is_next(clone: Clone, left: int) -> None:
    name = clone.under_way()
    if name and not left:
        click.echo(Text(N_("Go on with: git {name} --continue"), name=name).to())


class _Chooser:
    """Decides by --keep, or asks."""

    def __init__(self, path: str, keep: Keep | None) -> None:
        self._path = path
        self._keep = keep

    def __call__(self, clash: Clash) -> Keep:
        """Whose version stands; raises where nobody can tell."""
        keep = self._keep
        if keep is None and not acting.on_terminal():
            try:
                merging.refuse(clash)
            except CannotGoOn as reason:
                message = Text(N_("{reason} Say which with --keep."), reason=reason.text)
                raise Refused(message, getattr(reason, "problems", ())) from None
        if isinstance(clash, Changed):
            keep = keep or self._ask_about_field(clash)
            return merging.refuse(clash) if keep is Keep.BOTH else keep
        if isinstance(clash, Illegal):
            keep = keep or self._ask_about_entry(clash)
            if keep in (clash.side, Keep.BOTH):
                return merging.refuse(clash)
            _say_left_out([clash.event])
            return keep
        keep = keep or self._ask_about_step(clash)
        _say_left_out({Keep.OURS: clash.theirs, Keep.THEIRS: clash.ours, Keep.BOTH: ()}[keep])
        return keep

    def _ask_about_step(self, clash: SameStep) -> Keep:
        click.echo(Text(N_("{path}: both sides took the same step."), path=self._path).to())
        for side, events in ((Keep.OURS, clash.ours), (Keep.THEIRS, clash.theirs)):
            click.echo(f"{translate(SIDES[side])}:\n{_written(events)}", nl=False)
        return _ask(list(Keep))

    def _ask_about_field(self, clash: Changed) -> Keep:
        click.echo(Text(N_("{path}: both sides changed {name}."), path=self._path, name=clash.name).to())
        for side, value in ((Keep.OURS, clash.ours), (Keep.THEIRS, clash.theirs)):
            click.echo(f"{translate(SIDES[side])}: {'–' if value is None else value}")
        return _ask([Keep.OURS, Keep.THEIRS])

    def _ask_about_entry(self, clash: Illegal) -> Keep:
        side = translate(SIDES[clash.side])
        click.echo(Text(N_("{path}: an entry cannot stand ({side})."), path=self._path, side=side).to())
        click.echo(f"{_written([clash.event])}{text.problems(clash.problems)}")
        out = click.confirm(translate(N_("Leave it out")))
        return clash.side if not out else Keep.THEIRS if clash.side is Keep.OURS else Keep.OURS


def _ask(choices: Sequence[Keep]) -> Keep:
    return Keep(click.prompt(translate(N_("Keep")), type=click.Choice(list(map(str, choices)))))


def _say_left_out(events: Sequence[Event]) -> None:
    if events:
        click.echo(f"{translate(N_('Left out:'))}\n{_written(events)}", nl=False)


def _written(events: Sequence[Event]) -> str:
    return yamltext.write([dict(event.data) for event in events])
