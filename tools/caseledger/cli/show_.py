"""caseledger show"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from caseledger import instant, labels
from caseledger.cli import one, options, tables
from caseledger.findings import Judged
from caseledger.language import N_, Text, current, translate
from caseledger.model import Event
from caseledger.rulebook import Rulebook

_COMMON = ("at", "recorded", "type", "by", "as")


@click.command("show", help=translate(N_("Show one case: facts, the consumer's words, what happened, every clock.")))
@click.argument("case_id", metavar="ID")
@options.as_of
@options.repository
def command(case_id: str, now: datetime, rulebook: Rulebook) -> None:
    """Print the case for a person to read."""
    judged = one.judged(rulebook, case_id, now)
    data = judged.state.case.data
    click.echo(f"{judged.id}  {data.get('summary', '')}")
    for name, value in _facts(judged):
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


def _event(judged: Judged, rulebook: Rulebook, event: Event) -> list[str]:
    person = rulebook.people.get(event.by)
    role = judged.policy.role(event.role, current())
    at = rulebook.calendar(judged.policy.calendar).local(event.at)
    own = {name: value for name, value in event.data.items() if name not in _COMMON}
    if event.type == "graded":
        own["grade"] = judged.policy.grades.get(str(own.get("grade")), {}).get(current(), own.get("grade"))
    details = "\n".join(f"{labels.label('field', name)}: {words(value)}" for name, value in own.items())
    who = Text(N_("{name} ({role})"), name=person.name if person else event.by, role=role)
    return [instant.read(at), str(labels.label("event", event.type)), str(who), details]


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


def words(value: Any) -> str:
    """A value of a case file as a person reads it."""
    if isinstance(value, dict) and value.keys() == {"value", "currency"}:
        return f"{value['value']} {value['currency']}"
    if isinstance(value, dict):
        return ", ".join(f"{_name(name)} {words(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "; ".join(map(words, value))
    if isinstance(value, bool):
        return translate(N_("yes")) if value else translate(N_("no"))
    return "-" if value is None else str(value)


def _name(key: str) -> Text:
    return labels.label("field" if key in labels.FIELDS else "part", key)
