"""caseledger append"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from caseledger import files, instant, labels, recording, schema
from caseledger.cli import acting, one, options, publishing, values
from caseledger.errors import CannotGoOn, Refused
from caseledger.findings import Judged
from caseledger.language import N_, Text, current, translate
from caseledger.policy import Policy
from caseledger.progress import Progress
from caseledger.rulebook import Rulebook

TYPES = schema.schema("case")["$defs"]["eventType"]["enum"]


@click.command(
    "append",
    help=translate(
        N_(
            "Append one event to a case. The result is checked first: what the policy forbids is refused, and what is"
            " missing is named, or asked for on a terminal. TYPE is an event type, such as verified, graded, closed."
            " With --push alone, what is committed here is pushed."
        )
    ),
)
@click.argument("case_id", metavar="ID", required=False)
@click.argument("event_type", metavar="TYPE", type=click.Choice(TYPES), required=False)
@click.option(
    "--set", "pairs", metavar="K=V", multiple=True, help=translate(N_("A field of the event; may be repeated."))
)
@options.entry
@publishing.options
@options.output_format("text", "json")
@options.repository
def command(
    case_id: str | None,
    event_type: str | None,
    pairs: tuple[str, ...],
    note: str | None,
    at: datetime | None,
    by: str | None,
    role: str | None,
    commit: bool,
    push: bool,
    form: str,
    rulebook: Rulebook,
) -> int:
    """Append the event, pass it on as asked, say where the case stands now; if refused, why, and what is allowed."""
    if case_id is None and push:
        publishing.push_what_is_committed(rulebook)
        return 0
    if case_id is None or event_type is None:
        raise click.UsageError(
            translate(N_("Name the case and the type of the event, as in: append C-20261103-7K3QD verified"))
        )
    path = files.case_path(rulebook.root, case_id)
    request = ("append", path.stem, event_type, pairs, note, at, by, role)
    with publishing.sending(rulebook, request, commit=commit, push=push) as sent:
        if sent is None or sent.resumed is None:
            now = instant.now()
            judged = one.judged(rulebook, case_id, now)
            recording.refuse_sealed(rulebook.root, judged.state.case, event_type)
            event = _event(rulebook, judged, now, event_type, pairs, note, at, by, role)
            if sent:
                sent.announce(path, event)
            try:
                recording.append(rulebook, now, path, event)
            except Refused as refused:
                from caseledger.cli import refusal

                return refusal.answer(refused, judged, form)
        if form == "text":
            click.echo(files.shown(path, rulebook.root))
        if sent:
            publishing.pass_on(sent, path, push=push, err=form != "text")
        _report(one.judged(rulebook, case_id, instant.now()), files.shown(path, rulebook.root), form)
    return 0


def _event(
    rulebook: Rulebook,
    judged: Judged,
    now: datetime,
    event_type: str,
    pairs: tuple[str, ...],
    note: str | None,
    at: datetime | None,
    by: str | None,
    role: str | None,
) -> dict[str, Any]:
    progress = Progress(judged.state.case, judged.policy, judged.state.events)
    own = own_fields(judged.policy, progress, event_type, pairs)
    return entry(rulebook, judged, progress, now, event_type, own, note, at, by, role)


def entry(
    rulebook: Rulebook,
    judged: Judged,
    progress: Progress,
    now: datetime,
    event_type: str,
    own: Mapping[str, Any],
    note: str | None,
    at: datetime | None,
    by: str | None,
    role: str | None,
) -> dict[str, Any]:
    """An event with these own fields as it is written: when, by whom, in which role."""
    zone = rulebook.calendar(judged.policy.calendar).zone
    moment = at or now.astimezone(zone)
    who = acting.person(rulebook, by)
    day = moment.astimezone(zone).date()
    return {
        "at": instant.show(moment),
        "recorded": instant.show(now.astimezone(zone)),
        "type": event_type,
        "by": who.id,
        "as": role or acting.role(who, judged.policy, event_type, day, progress.roles(event_type, own)),
        **own,
        **({"note": note or _note()} if note or event_type == "note" else {}),
    }


def _report(after: Judged, path: str, form: str) -> None:
    """Where the case stands now."""
    if form == "json":
        from caseledger.cli.formats import json

        due = after.next_due()
        click.echo(
            json.dump({"path": path, "state": after.state.state, "next_due": json.verdict(due) if due else None})
        )
    else:
        click.echo(whats_next(after))


def _note() -> str:
    if not acting.on_terminal():
        raise CannotGoOn(Text(N_("An event of type note needs its text: write --note TEXT.")))
    return str(click.prompt(labels.label("field", "note").to()))


def own_fields(policy: Policy, progress: Progress, event_type: str, pairs: tuple[str, ...]) -> dict[str, Any]:
    """The event's own fields from --set; those that it must have and has not are asked for, or named."""
    required, own = schema.event_fields(event_type)

    def wanted(steps: Sequence[str]) -> dict[str, Any]:
        inner = own.get(steps[0], {})
        for step in steps[1:]:
            branches = inner.get("anyOf", [inner])
            inner = next((b["properties"][step] for b in branches if step in b.get("properties", {})), {})
            inner = schema.resolved("case", inner)
        return inner

    given = values.from_options(pairs, wanted)
    values.require_shape(given, own)
    clock = policy.clock(str(given.get("clock")))
    if event_type == "extended" and clock and clock.extension:
        needless = {"approved_by": not clock.extension.approver, "consumer_told": not clock.extension.consumer_told}
        given = {**{name: None for name, is_needless in needless.items() if is_needless}, **given}
    choices = {"grade": list(policy.grades), "clock": [clock.id for clock in policy.clocks if clock.extension]}
    if event_type in ("assigned", "escalated"):
        choices["to"] = list(policy.roles)
    while missing := [n for n in (*required, *progress.own_fields(event_type, given)) if n not in given]:
        if not acting.on_terminal():
            message = N_("{type} also needs: {missing}. Give it with --set, as in --set {example}")
            example = values.example(missing[0], own[missing[0]])
            raise CannotGoOn(Text(message, type=event_type, missing=", ".join(missing), example=example))
        for n in missing:
            given[n] = values.ask_field(n, {"enum": choices[n]} if n in choices else own[n])
    return {name: given[name] for name in [*own, *given] if name in given}


def whats_next(judged: Judged) -> str:
    """Where a case stands, in a line: its state, and the open clock that is due first."""
    state = labels.label("state", judged.state.state)
    verdict = judged.next_due()
    if verdict is None or verdict.due is None:
        return Text(N_("{id}: {state}."), id=judged.id, state=state).to()
    return Text(
        N_("{id}: {state}. Next: {title} ({clock}), {owner}, due {due}: {status}."),
        id=judged.id,
        state=state,
        title=verdict.clock.title[current()],
        clock=verdict.clock.id,
        owner=judged.policy.role(verdict.owner, current()),
        due=instant.deadline(verdict.due),
        status=labels.label("status", verdict.status),
    ).to()
