"""A difference between two versions of a policy, in words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from caseledger import duration, labels, lengths
from caseledger.language import N_, Text, translate
from caseledger.policies.difference import Change
from caseledger.policy import Policy

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


def lines(change: Change, old: Policy, new: Policy, language: str) -> Iterator[str]:
    """One difference in words; of a thing that came, also its fields."""
    thing = _thing(change, new if change.new is not None else old, language)
    if change.kind == "article":
        yield Text(
            _ARTICLES[change.old is None, change.new is None], thing=thing, text=_field(change.field, language)
        ).to(language)
    elif change.field:
        before, after = _value(change.field, change.old, old, language), _value(change.field, change.new, new, language)
        message = N_("{thing}: {field}: {before} → {after}")
        yield Text(message, thing=thing, field=_field(change.field, language), before=before, after=after).to(language)
    elif change.new is None:
        yield Text(N_("{thing} is gone."), thing=thing).to(language)
    else:
        yield Text(N_("{thing} is new."), thing=thing).to(language)
        for field, value in change.new.items():
            if not field.startswith("title."):
                told = {"field": _field(field, language), "value": _value(field, value, new, language)}
                said = Text(N_("{field}: {value}"), **told)
                yield f"    {said.to(language)}"


_ARTICLES = {
    (False, False): N_("{thing}: {text} changed"),
    (True, False): N_("{thing}: {text} is new"),
    (False, True): N_("{thing}: {text} is gone"),
}


def _thing(change: Change, policy: Policy, language: str) -> str:
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
        return translate(N_("Preamble"), language)
    kind = translate(_KINDS[change.kind], language)
    title = labels.label("event", change.id).to(language) if change.kind == "event" else ""
    if change.id in titles.get(change.kind, {}):
        title = titles[change.kind][change.id][language]
    name = change.id or policy.profile
    return (
        Text(N_("{kind} {name} ({title})"), kind=kind, name=name, title=title).to(language)
        if title
        else f"{kind} {name}"
    )


def _field(field: str, language: str) -> str:
    if field.startswith("limit"):
        when = field.removeprefix("limit").strip()
        return Text(N_("limit where {when}"), when=when).to(language) if when else translate(N_("limit"), language)
    part, _, fact = field.partition(".")
    if part in _FACTS:
        return Text(_FACTS[part], fact=fact).to(language)
    return translate(_FIELDS[field], language) if field in _FIELDS else field


def _value(field: str, value: Any, policy: Policy, language: str) -> str:
    """A value of a field as people read it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return translate(N_("yes"), language) if value else translate(N_("no"), language)
    if isinstance(value, dict):  # a limit
        figure = lengths.label(duration.parse(value["within"]))
        company_set = Text(N_("{figure} (set by the company)"), figure=figure)
        return (company_set if value.get("company_set") else figure).to(language)
    if isinstance(value, list):
        return _list(
            (
                " / ".join(_value(field, part, policy, language) for part in entry)
                if isinstance(entry, list)
                else _value(field, entry, policy, language)
                for entry in value
            ),
            language,
        )
    if field in ("by", "owner", "extendable.approver"):
        return policy.role(value, language)
    if field in ("from", "to", "after", "voids", "for", "when.events", "needs.events"):
        return translate(N_("Opened"), language) if value == "opened" else labels.label("event", value).to(language)
    if field == "default_grade":
        return policy.grades[value][language]
    if field == "every":
        return labels.label("period", value).to(language)
    if isinstance(value, str) and _DURATION.fullmatch(value):
        return lengths.label(duration.parse(value)).to(language)
    return str(value)


def _list(values: Iterable[str], language: str) -> str:
    """Values one after the other; none are a dash."""
    first, *rest = [*values] or ["–"]
    for value in rest:
        first = Text(N_("{first}, {next}"), first=first, next=value).to(language)
    return first
