"""caseledger show"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import click

from caseledger import duration, fieldlabels, holds, instant, labels, lengths
from caseledger.calendar import Calendar
from caseledger.cli import one, options, tables
from caseledger.custody import custody
from caseledger.findings import Judged
from caseledger.language import N_, Text, current, translate
from caseledger.model import Event
from caseledger.rulebook import Rulebook

_COMMON = ("at", "recorded", "type", "by", "as")
_LABELLED = {
    "via": "channel",
    "nature": "nature",
    "result": "result",
    "outcome": "outcome",
}
"""The kinds of labels of fields whose values are no text."""


@click.command(
    "show",
    help=translate(N_("Show one case: facts, the consumer's words, what happened, every clock, who held it how long.")),
)
@click.argument("case_id", metavar="ID")
@options.as_of
@options.repository
def command(case_id: str, now: datetime, rulebook: Rulebook) -> None:
    """Print the case for a person to read."""
    judged = one.judged(rulebook, case_id, now)
    data = judged.state.case.data
    click.echo(f"{judged.id}  {data.get('summary', '')}")
    for name, value in [*_facts(judged), *_held(judged, rulebook, now)]:
        click.echo(f"  {translate(name)}: {value}")
    for language, words in [
        (data.get("language", ""), data.get("description", "")),
        *data.get("translation", {}).items(),
    ]:
        click.echo(f"\n[{language}]")
        click.echo("\n".join(f"  {line}" for line in str(words).splitlines()))
    click.echo()
    headings = [N_("When"), N_("What"), N_("Who"), N_("Details")]
    tables.show(
        [translate(heading) for heading in headings], [_event(judged, rulebook, e) for e in judged.state.events]
    )
    headings = [N_("Clock"), N_("Article"), N_("Cycle"), N_("For"), N_("Due"), N_("Stopped"), N_("Status")]
    tables.show([translate(heading) for heading in headings], _clocks(judged))
    _show_custody(judged, rulebook.calendar(judged.policy.calendar), now)


def _facts(judged: Judged) -> Iterator[tuple[str, str]]:
    data, policy = judged.state.case.data, judged.policy
    grade = judged.state.grade(policy.default_grade)
    yield N_("State"), str(labels.label("state", judged.state.state))
    yield N_("Grade"), policy.grades.get(grade, {}).get(current(), grade)
    yield N_("Policy"), policy.name
    yield N_("Channel"), str(labels.label("channel", str(data.get("channel"))))
    yield N_("Market"), str(data.get("market"))
    yield N_("Category"), policy.categories.get(str(data.get("category")), {}).get(current(), str(data.get("category")))
    yield N_("Demand"), str(labels.label("demand", str(data.get("demand"))))
    yield N_("Consumer"), str(data.get("consumer", {}).get("ref"))
    for name, key in ((N_("Order"), "order"), (N_("Product"), "product"), (N_("Carrier"), "carrier")):
        if key in data:
            yield name, words(data[key])
    if "related" in data:
        yield N_("Related"), words(data["related"])


def _held(judged: Judged, rulebook: Rulebook, now: datetime) -> Iterator[tuple[str, str]]:
    """The legal holds that stand on the case."""
    for held in holds.read(rulebook.root).standing(judged.id, rulebook.local(now).date()):
        placed = held.placed
        text = N_("{number} since {day} until {until}, by {by} as {role}: {reason}")
        if placed.until is None:
            text = N_("{number} since {day}, by {by} as {role}: {reason}")
        values = {
            "number": held.number,
            "day": rulebook.local(placed.at).date(),
            "until": placed.until,
            "by": placed.by,
            "role": judged.policy.role(placed.role, current()),
            "reason": placed.reason,
        }
        yield N_("On hold"), Text(text, **values).to()


def _event(judged: Judged, rulebook: Rulebook, event: Event) -> list[str]:
    person = rulebook.people.get(event.by)
    role = judged.policy.role(event.role, current())
    at = rulebook.calendar(judged.policy.calendar).local(event.at)
    own = {name: value for name, value in event.data.items() if name not in _COMMON}
    clock = judged.policy.clock(str(own.get("clock")))
    if event.type == "extended" and clock:
        own |= {"clock": clock.title[current()], "to": _length(str(own.get("to")))}
    own |= {name: _names(judged, rulebook, own[name]) for name in ("to", "with", "lead", "team") if name in own}
    if event.type == "graded":
        own["grade"] = judged.policy.grades.get(str(own.get("grade")), {}).get(current(), own.get("grade"))
    if "despite" in own:
        own["despite"] = [labels.label("criterion", str(name)) for name in own["despite"]]
    details = "\n".join(f"{labels.label('field', name)}: {words(value, name)}" for name, value in own.items())
    who = Text(N_("{name} ({role})"), name=person.name if person else event.by, role=role)
    return [instant.read(at), str(labels.label("event", event.type)), str(who), details]


def _names(judged: Judged, rulebook: Rulebook, value: Any) -> Any:
    """Roles and people by what they are called."""
    if isinstance(value, list):
        return [_names(judged, rulebook, name) for name in value]
    person = rulebook.people.get(str(value))
    return person.name if person else judged.policy.role(str(value), current())


def _length(text: str) -> str:
    """A length of time in words; what is none stands for itself."""
    try:
        return str(lengths.label(duration.parse(text)))
    except ValueError:
        return text


def _clocks(judged: Judged) -> Iterator[list[str]]:
    for verdict in judged.verdicts:
        yield [
            verdict.clock.title[current()],
            verdict.clock.clause,
            str(verdict.cycle),
            judged.policy.role(verdict.owner, current()),
            instant.deadline(verdict.due) if verdict.due else "-",
            instant.read(verdict.stop) if verdict.stop else "-",
            str(labels.label("status", verdict.status)),
        ]


def _show_custody(judged: Judged, calendar: Calendar, now: datetime) -> None:
    headings = [
        N_("Held by"),
        N_("Times"),
        N_("Time held"),
        N_("Working days"),
        N_("Working hours"),
        N_("Waiting for the consumer"),
    ]
    rows = []
    for held in custody(judged.state, calendar, now):
        role = judged.policy.role(held.role, current())
        rows.append(
            [
                Text(N_("{role} (now)"), role=role).to() if held.holds else role,
                str(held.times),
                span(held.elapsed),
                f"{held.worked.days:.1f}" + (translate(N_(" (provisional)")) if held.worked.provisional else ""),
                span(held.worked.time) if calendar.has_hours else "-",
                span(held.waiting) if held.waiting else "-",
            ]
        )
    tables.show([translate(heading) for heading in headings], rows)


def span(length: timedelta) -> str:
    """A length of time in days, hours and minutes."""
    minutes = int(length.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return Text(N_("{days} d {hours} h {minutes} min"), days=days, hours=hours, minutes=minutes).to()
    return Text(N_("{hours} h {minutes} min"), hours=hours, minutes=minutes).to()


def words(value: Any, name: str = "") -> str:
    """A value of a case file, of the field or part of that name, as a person reads it."""
    if name in _LABELLED and isinstance(value, str):
        return str(labels.label(_LABELLED[name], value))
    if isinstance(value, dict) and value.keys() == {"value", "currency"}:
        return f"{value['value']} {value['currency']}"
    if isinstance(value, dict):
        return _headed(value) or ", ".join(f"{_name(part)} {words(inner)}" for part, inner in value.items())
    if isinstance(value, list):
        return "; ".join(map(words, value))
    if isinstance(value, bool):
        return translate(N_("yes")) if value else translate(N_("no"))
    return "-" if value is None else str(value)


def _headed(value: dict[str, Any]) -> str:
    """A solution, a responsible party, an analysis or a file, what it is first; "" for anything else."""
    match value:
        case {"name": name, "sha256": digest, "uri": uri}:
            return f"{name} ({uri}, SHA-256 {digest})"
        case {"kind": kind, **more}:
            return " ".join([str(labels.label("disposition", str(kind))), *map(words, more.values())])
        case {"party": party, **more}:
            share = [f"{more.pop('share')}%"] if "share" in more else []
            return " ".join([str(labels.label("party", str(party))), *map(words, more.values()), *share])
        case {"method": method, "findings": findings} if isinstance(method, str) and method in labels.LABELS["method"]:
            return f"{labels.label('method', method)}: {words(findings)}"
    return ""


def _name(key: str) -> Text:
    return labels.label("field" if key in fieldlabels.FIELDS else "part", key)
