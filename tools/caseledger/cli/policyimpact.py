"""caseledger policy impact"""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from caseledger import instant, labels
from caseledger.cli import options
from caseledger.cli.formats import json
from caseledger.clocks import Verdict
from caseledger.language import N_, Text, current, translate
from caseledger.rulebook import Rulebook

if TYPE_CHECKING:
    from caseledger.policies.impact import Effect, Impact

_KINDS = {
    "breached": N_("newly broken"),
    "unbreached": N_("no longer broken"),
    "moved": N_("deadline moved"),
    "settled": N_("no longer provisional"),
    "unsettled": N_("now provisional"),
    "appeared": N_("new"),
    "gone": N_("gone"),
}


@click.command(
    "impact",
    help=translate(
        N_(
            "Tell before a merge what the policies and calendars of BASE..HEAD do to cases: which deadlines move, which"
            " are newly broken and which no longer. BASE...HEAD compares with where HEAD left BASE. The cases are those"
            " of HEAD."
        )
    ),
)
@click.argument("span", metavar="BASE..HEAD")
@options.output_format("text", "json", "markdown")
@options.as_of
@options.repository
def command(span: str, form: str, now: datetime, rulebook: Rulebook) -> None:
    """Print what changes in the law, and what that does to each clock."""
    from caseledger.policies import impact

    found = impact.impact(rulebook.root, span, now)
    if form == "json":
        click.echo(json.dump(_as_json(found)))
        return
    for text in _law(found):
        click.echo(f"- {text}" if form == "markdown" else str(text))
    if found.effects:
        click.echo()
        click.echo("\n".join(_table(found) if form == "markdown" else map(_line, found.effects)))


def _law(found: "Impact") -> Iterator[Text]:
    """What changes in policies and calendars, and how many cases feel it."""
    for version in found.added:
        yield Text(
            N_("{policy} is new: it touches no case that names another version. Received since its first day: {n}."),
            policy=version.name,
            n=len(version.received_since),
        )
    for name in found.removed:
        yield Text(N_("{policy} is gone: the cases that name it cannot be judged any more."), policy=name)
    for name in found.edited:
        if name in found.in_force:
            yield Text(N_("{policy} was edited although it is in force; a change is a new version."), policy=name)
        else:
            yield Text(N_("{policy} was edited before it comes into force."), policy=name)
    for name in found.calendars:
        yield Text(N_("The calendar {calendar} was changed."), calendar=name)
    if found.unread:
        yield Text(N_("Files that cannot be read: {unread}; caseledger check says why."), unread=len(found.unread))
    yield Text(
        N_(
            "Open cases touched: {open}; ended ones: {ended}. Deadlines moved: {moved}; newly broken: {breached}; no"
            " longer broken: {unbreached}; no longer provisional: {settled}."
        ),
        open=len({effect.id for effect in found.effects if effect.case.state.ended is None}),
        ended=len({effect.id for effect in found.effects if effect.case.state.ended}),
        **{kind: sum(e.kind == kind for e in found.effects) for kind in ("moved", "breached", "unbreached", "settled")},
    )


def _line(effect: "Effect") -> str:
    return Text(
        N_("{case} ({state}), {title} ({clock}, {clause}, cycle {cycle}): {kind}: {before} → {after}"),
        case=effect.id,
        state=labels.label("state", effect.case.state.state),
        title=effect.verdict.clock.title[current()],
        clock=effect.verdict.clock.id,
        clause=effect.verdict.clock.clause,
        cycle=effect.verdict.cycle,
        kind=translate(_KINDS[effect.kind]),
        before=_said(effect.before),
        after=_said(effect.after),
    ).to()


def _table(found: "Impact") -> Iterator[str]:
    headings = [N_("Case"), N_("State"), N_("Clock"), N_("What becomes of it"), N_("Before"), N_("After")]
    yield f"| {' | '.join(map(translate, headings))} |"
    yield f"|{'---|' * len(headings)}"
    for effect in found.effects:
        title = effect.verdict.clock.title[current()].replace("|", "\\|")
        cells = [
            effect.id,
            str(labels.label("state", effect.case.state.state)),
            f"{title} ({effect.verdict.clock.clause})",
            translate(_KINDS[effect.kind]),
            _said(effect.before),
            _said(effect.after),
        ]
        yield f"| {' | '.join(cells)} |"


def _said(verdict: Verdict | None) -> str:
    """A due time and what is so by then."""
    if verdict is None:
        return "–"
    due = instant.deadline(verdict.due) if verdict.due else "–"
    mark = translate(N_(" (provisional)")) if verdict.provisional else ""
    return f"{due}{mark}, {labels.label('status', verdict.status)}"


def _as_json(found: "Impact") -> dict[str, object]:
    return {
        "added": [{"policy": v.name, "received_since": list(v.received_since)} for v in found.added],
        "removed": list(found.removed),
        "edited": [{"policy": name, "in_force": name in found.in_force} for name in found.edited],
        "calendars": list(found.calendars),
        "unread": list(found.unread),
        "effects": [
            {
                "case": effect.id,
                "path": effect.case.path,
                "state": effect.case.state.state,
                "clock": effect.verdict.clock.id,
                "cycle": effect.verdict.cycle,
                "kind": effect.kind,
                "before": json.verdict(effect.before) if effect.before else None,
                "after": json.verdict(effect.after) if effect.after else None,
            }
            for effect in found.effects
        ],
    }
