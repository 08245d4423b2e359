"""caseledger policy diff"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from caseledger import duration, labels
from caseledger.cli import options
from caseledger.cli.formats import json
from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text, current, translate
from caseledger.policy import Policy
from caseledger.rulebook import Rulebook

if TYPE_CHECKING:
    from caseledger.policies.difference import Change

_KINDS = {
    "policy": N_("Policy"),
    "role": N_("Role"),
    "grade": N_("Grade"),
    "category": N_("Category"),
    "event": N_("Event"),
    "condition": N_("Condition"),
    "clock": N_("Clock"),
    "obligation": N_("Obligation"),
    "advice": N_("Grading advice"),
    "article": N_("Article"),
}
_FIELDS = {
    "title.zh": N_("title in Chinese"),
    "title.en": N_("title in English"),
    "text.zh": N_("text in Chinese"),
    "text.en": N_("text in English"),
    "calendar": N_("calendar"),
    "default_grade": N_("grade where none was given"),
    "order of grades": N_("order of grades"),
    "order of limits": N_("order of limits"),
    "by": N_("may be recorded by"),
    "after": N_("must follow"),
    "voids": N_("takes back"),
    "for": N_("applies to"),
    "clause": N_("article"),
    "owner": N_("owner"),
    "from": N_("starts with"),
    "to": N_("stops with"),
    "not_before": N_("not before"),
    "pausable": N_("pauses while the case waits"),
    "warn": N_("warns before"),
    "extendable.max": N_("longest extension"),
    "extendable.approver": N_("extension approved by"),
    "extendable.consumer_told": N_("extension only after the consumer was told"),
    "every": N_("period"),
    "within": N_("limit"),
    "company_set": N_("set by the company"),
    "published": N_("published"),
    "amount_from.value": N_("order amount from"),
    "amount_from.currency": N_("currency of the amount"),
    "similar_from": N_("similar cases from"),
    "window": N_("similar within"),
    "public_opinion": N_("on public opinion"),
    "safety": N_("on product safety"),
    "recording.within": N_("steps are entered within"),
    "recording.clause": N_("article of recording"),
    "recording.company_set": N_("recording set by the company"),
    "retention.keep": N_("cases are kept"),
    "retention.clause": N_("article of retention"),
    "retention.company_set": N_("retention set by the company"),
}
_FACTS = {"when": N_("where {fact}"), "needs": N_("needs {fact}")}
_DURATION = re.compile(r"[1-9][0-9]{0,3} (s|min|h|wh|wd|d|mo|y)")


@click.command(
    "diff",
    help=translate(
        N_(
            "Say how two versions of a policy differ (quality@2023-01-01 quality@2027-01-01): roles, grades, events,"
            " clocks, limits, obligations, articles."
        )
    ),
)
@click.argument("old")
@click.argument("new")
@options.output_format("text", "json")
@options.repository
def command(old: str, new: str, form: str, rulebook: Rulebook) -> None:
    """Print every difference."""
    from caseledger.policies import difference  # noqa: PLC0415 - the help needs none of it

    policies = [_policy(rulebook, name) for name in (old, new)]
    found = difference.compare(rulebook, old, new)
    if form == "json":
        click.echo(json.dump([asdict(change) for change in found]))
        return
    for change in found:
        click.echo("\n".join(_lines(change, *policies)))
    if not found:
        click.echo(Text(N_("{old} and {new} say the same."), old=old, new=new).to())


def _policy(rulebook: Rulebook, name: str) -> Policy:
    policy = rulebook.policy(name)
    if policy is None:
        message = N_("There is no policy {policy}; there are: {policies}.")
        raise CannotGoOn(Text(message, policy=name, policies=", ".join(rulebook.policy_names)))
    return policy


def _lines(change: "Change", old: Policy, new: Policy) -> Iterator[str]:
    """One difference in words; of a thing that came, also its fields."""
    thing = _thing(change, new if change.new is not None else old)
    if change.kind == "article":
        yield Text(_ARTICLES[change.old is None, change.new is None], thing=thing, text=_field(change.field)).to()
    elif change.field:
        before, after = _value(change.field, change.old, old), _value(change.field, change.new, new)
        message = N_("{thing}: {field}: {before} → {after}")
        yield Text(message, thing=thing, field=_field(change.field), before=before, after=after).to()
    elif change.new is None:
        yield Text(N_("{thing} is gone."), thing=thing).to()
    else:
        yield Text(N_("{thing} is new."), thing=thing).to()
        for field, value in change.new.items():
            if not field.startswith("title."):
                said = Text(N_("{field}: {value}"), field=_field(field), value=_value(field, value, new))
                yield f"    {said}"


_ARTICLES = {
    (False, False): N_("{thing}: {text} changed"),
    (True, False): N_("{thing}: {text} is new"),
    (False, True): N_("{thing}: {text} is gone"),
}


def _thing(change: "Change", policy: Policy) -> str:
    """Clock response (First response)."""
    titles: dict[str, Mapping[str, Mapping[str, str]]] = {
        "role": policy.roles,
        "grade": policy.grades,
        "advice": policy.grades,
        "category": policy.categories,
        "clock": {clock.id: clock.title for clock in policy.clocks},
        "obligation": {duty.id: duty.title for duty in policy.obligations},
    }
    if change.kind == "article" and not change.id:
        return translate(N_("Preamble"))
    kind = translate(_KINDS[change.kind])
    title = str(labels.label("event", change.id)) if change.kind == "event" else ""
    if change.id in titles.get(change.kind, {}):
        title = titles[change.kind][change.id][current()]
    name = change.id or policy.profile
    return Text(N_("{kind} {name} ({title})"), kind=kind, name=name, title=title).to() if title else f"{kind} {name}"


def _field(field: str) -> str:
    if field.startswith("limit"):
        when = field.removeprefix("limit").strip()
        return Text(N_("limit where {when}"), when=when).to() if when else translate(N_("limit"))
    part, _, fact = field.partition(".")
    if part in _FACTS:
        return Text(_FACTS[part], fact=fact).to()
    return translate(_FIELDS[field]) if field in _FIELDS else field


def _value(field: str, value: Any, policy: Policy) -> str:
    """A value of a field as people read it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return translate(N_("yes")) if value else translate(N_("no"))
    if isinstance(value, dict):  # a limit
        figure = labels.length(duration.parse(value["within"]))
        return str(Text(N_("{figure} (set by the company)"), figure=figure) if value.get("company_set") else figure)
    if isinstance(value, list):
        return _list(
            " / ".join(_value(field, part, policy) for part in entry)
            if isinstance(entry, list)
            else _value(field, entry, policy)
            for entry in value
        )
    if field in ("by", "owner", "extendable.approver"):
        return policy.role(value, current())
    if field in ("from", "to", "after", "voids", "for", "when.events", "needs.events"):
        return translate(N_("Opened")) if value == "opened" else str(labels.label("event", value))
    if field == "default_grade":
        return policy.grades[value][current()]
    if field == "every":
        return str(labels.label("period", value))
    if isinstance(value, str) and _DURATION.fullmatch(value):
        return str(labels.length(duration.parse(value)))
    return str(value)


def _list(values: Iterable[str]) -> str:
    """Values one after the other; none are a dash."""
    first, *rest = [*values] or ["–"]
    for value in rest:
        first = Text(N_("{first}, {next}"), first=first, next=value).to()
    return first
