"""caseledger evidence add"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from caseledger import instant
from caseledger.cli import bar, options, publishing
from caseledger.errors import PROBLEMS, Refused
from caseledger.language import N_, Text, translate
from caseledger.rulebook import Rulebook

if TYPE_CHECKING:
    from caseledger.findings import Judged
    from caseledger.outgoing import Sending

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Words(NamedTuple):
    """What was said of the files on the command line."""

    obtained: str
    note: str | None
    at: datetime | None
    by: str | None
    role: str | None


@click.command(
    "add",
    help=translate(
        N_(
            "Add files as evidence to the case ID: look at them, put them into the store, then append one event that"
            " names them all with their SHA-256. Programs, files of two kinds at once, empty and too large ones are"
            " refused, and then nothing is recorded. Give the command again if it was interrupted."
        )
    ),
)
@click.argument("case_id", metavar="ID")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=_FILE)
@click.option("--obtained", metavar="TEXT", required=True, help=translate(N_("From whom, and how it was obtained.")))
@click.option(
    "--store", "name", metavar="NAME", help=translate(N_("Which store; by default the first of the settings."))
)
@click.option(
    "--quarantine", is_flag=True, help=translate(N_("Set aside what is refused, on record, and add the rest."))
)
@options.entry
@publishing.options
@options.repository
def command(
    case_id: str,
    paths: tuple[Path, ...],
    obtained: str,
    name: str | None,
    quarantine: bool,
    note: str | None,
    at: datetime | None,
    by: str | None,
    role: str | None,
    commit: bool,
    push: bool,
    rulebook: Rulebook,
) -> int:
    """Add the files, pass the event on as asked, say where the case stands now; 1 if any file was set aside."""
    from caseledger import files
    from caseledger.cli import append_, one

    path = files.case_path(rulebook.root, case_id)
    words = Words(obtained, note, at, by, role)
    request = ("evidence", path.stem, *(str(file.resolve()) for file in paths), name, quarantine, *words)
    with publishing.sending(rulebook, request, commit=commit, push=push) as sent:
        refused = 0
        if sent is None or sent.resumed is None:
            refused = _add(rulebook, path, paths, name, words, sent, quarantine=quarantine)
        click.echo(files.shown(path, rulebook.root))
        if sent:
            publishing.pass_on(sent, path, push=push)
        click.echo(append_.whats_next(one.judged(rulebook, case_id, instant.now())))
    return PROBLEMS if refused else 0


def _add(
    rulebook: Rulebook,
    path: Path,
    paths: Sequence[Path],
    name: str | None,
    words: Words,
    sent: "Sending | None",
    *,
    quarantine: bool,
) -> int:
    """Look at the files, keep them, and record them; how many were set aside."""
    from caseledger import files, recording
    from caseledger.cli import one
    from caseledger.evidence import adding, screening
    from caseledger.stores.registry import QUARANTINE, Stores

    now = instant.now()
    judged = one.judged(rulebook, path.stem, now)
    recording.refuse_sealed(rulebook.root, judged.state.case, "evidence")
    stores, shown = Stores(rulebook.root, rulebook.settings), files.shown(path, rulebook.root)
    store = stores.named(name or stores.names[0])
    largest = rulebook.settings.get("evidence", {}).get("largest", screening.LARGEST)
    with bar.reading(sum(file.stat().st_size for file in paths), least=bar.LONG) as told:
        looked = adding.look(paths, largest, told)
    refused = [candidate for candidate in looked if candidate.objections]
    if refused and not quarantine:
        problems = [problem for candidate in refused for problem in candidate.problems]
        raise Refused(Text(N_("Nothing is recorded: not every file can be evidence.")), problems)
    events = judged.state.case.data["events"]
    fine = [candidate for candidate in looked if not candidate.objections]
    new = adding.unrecorded(events, fine, words.obtained)
    aside = adding.unmentioned(events, refused)
    for candidate in fine:
        if candidate not in new:
            _say(N_("{name} is recorded already."), name=candidate.name)
    if new or aside:
        event = _event(rulebook, judged, now, adding.entries(store, shown, new), adding.set_aside(aside), words)
        recording.draft_event(rulebook, now, path, event)
        if not stores.are_set:
            message = N_(
                "The settings name no store: evidence is kept in {place}. Others need it, too: docs/evidence.md"
            )
            click.echo(Text(message, place=store.shown).to(), err=True)
        with bar.reading(sum(candidate.facts.size for candidate in (*new, *aside)), least=bar.LONG) as told:
            adding.keep(store, shown, new, told)
            adding.keep(stores.named(QUARANTINE), shown, aside, told)
        if sent:
            sent.announce(path, event)
        recording.append(rulebook, now, path, event)
    for candidate in new:
        _say(
            N_("{name}: {kind}, SHA-256 {digest}"),
            name=candidate.name,
            kind=candidate.media_type,
            digest=candidate.facts.digest,
        )
    for candidate in refused:
        _say(N_("{name}: set aside. {reasons}"), name=candidate.name, reasons=" ".join(map(str, candidate.objections)))
    return len(refused)


def _event(
    rulebook: Rulebook,
    judged: "Judged",
    now: datetime,
    entries: Sequence[Mapping[str, Any]],
    aside: str,
    words: Words,
) -> dict[str, Any]:
    """The event that names the files; a note where all of them were set aside."""
    from caseledger.cli import append_
    from caseledger.progress import Progress

    progress = Progress(judged.state.case, judged.policy, judged.state.events)
    kind = "evidence" if entries else "note"
    own = {"files": list(entries), "obtained": words.obtained} if entries else {}
    note = "\n".join(filter(None, (words.note, aside)))
    return append_.entry(rulebook, judged, progress, now, kind, own, note, words.at, words.by, words.role)


def _say(message: str, **values: object) -> None:
    click.echo(Text(message, **values).to())
