"""How two versions of a policy differ: thing by thing, field by field, and article by article."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from caseledger import articles
from caseledger.rulebook import Rulebook

Subject = tuple[str, str]
"""What a field belongs to: a kind ("clock", "role", …) and an id, "" for the policy itself."""

_NAMED = {"roles": "role", "grades": "grade", "categories": "category", "events": "event"}
_LISTED = {
    "conditions": ("condition", "id"),
    "clocks": ("clock", "id"),
    "obligations": ("obligation", "id"),
    "advice": ("advice", "grade"),
}
_OF_A_VERSION = ("schema", "version", "approved", "lint_ok")


@dataclass(frozen=True)
class Change:
    """One difference; a thing that came or went has no `field`, and None as its old or its new value."""

    kind: str
    id: str
    field: str
    old: Any
    new: Any


def compare(rulebook: Rulebook, old: str, new: str) -> list[Change]:
    """Every difference between two versions that there are: the data, then the texts."""
    documents = [rulebook.policy_file(name) for name in (old, new)]
    data = [document.data for document in documents if document]
    texts = [
        {language: articles.divided(path.read_text("utf-8")) for language, path in rulebook.policy_texts(name).items()}
        for name in (old, new)
    ]
    found = changes(*data)
    for language in dict.fromkeys([*texts[0], *texts[1]]):
        found += text_changes(language, texts[0].get(language, {}), texts[1].get(language, {}))
    return found


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """What is different between the data of two policy files, in their order."""
    return [*_between(dict(_subjects(old)), dict(_subjects(new))), *_reordered(old, new)]


def text_changes(language: str, old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """Which articles of a text came, went or were written anew; the texts are given by anchor."""
    return [
        Change("article", anchor, f"text.{language}", old.get(anchor), new.get(anchor))
        for anchor in dict.fromkeys([*old, *new])
        if old.get(anchor, "").strip() != new.get(anchor, "").strip()
    ]


def _between(before: Mapping[Subject, Any], after: Mapping[Subject, Any]) -> Iterator[Change]:
    for subject in dict.fromkeys([*before, *after]):
        old, new = before.get(subject), after.get(subject)
        if old is None or new is None:
            yield Change(*subject, "", old, new)
        else:
            for field in dict.fromkeys([*old, *new]):
                if old.get(field) != new.get(field):
                    yield Change(*subject, field, old.get(field), new.get(field))


def _subjects(data: Mapping[str, Any]) -> Iterator[tuple[Subject, dict[str, Any]]]:
    """Every thing of a policy with its fields, flat."""
    policy: dict[str, Any] = {}
    for key, value in data.items():
        if key in _NAMED:
            for name, entry in value.items():
                yield (_NAMED[key], name), dict(_flat("title" if key != "events" else "", entry))
        elif key in _LISTED:
            kind, name = _LISTED[key]
            for entry in value:
                yield (kind, entry[name]), _entry({field: part for field, part in entry.items() if field != name})
        elif key not in _OF_A_VERSION:
            policy |= dict(_flat(key, value))
    yield ("policy", ""), policy


def _entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    fields = {key: value for key, value in entry.items() if key != "limits"}
    found = dict(_flat("", fields))
    for limit in entry.get("limits", ()):
        found[f"limit {_when(limit)}".strip()] = {name: value for name, value in limit.items() if name != "when"}
    return found


def _when(limit: Mapping[str, Any]) -> str:
    """The facts of a limit as they are written: grade major."""
    return "; ".join(
        f"{fact} {' / '.join(value) if isinstance(value, list) else str(value).lower()}"
        for fact, value in limit.get("when", {}).items()
    )


def _flat(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A value by the path of keys to it; lists are kept whole."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _flat(f"{path}.{key}" if path else key, part)
    else:
        yield path, value


def _reordered(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """What stands in another order where order matters: grades grow severer, of limits the first that fits counts."""
    yield from _order("policy", "", "order of grades", [*old["grades"]], [*new["grades"]])
    limits = [{clock["id"]: [*map(_when, clock["limits"])] for clock in data["clocks"]} for data in (old, new)]
    for clock in [name for name in limits[0] if name in limits[1]]:
        yield from _order("clock", clock, "order of limits", limits[0][clock], limits[1][clock])


def _order(kind: str, name: str, field: str, old: list[str], new: list[str]) -> Iterator[Change]:
    kept, there = [entry for entry in old if entry in new], [entry for entry in new if entry in old]
    if kept != there:
        yield Change(kind, name, field, kept, there)
