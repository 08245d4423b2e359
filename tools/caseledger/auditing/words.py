"""Entries and values in a few words, for findings."""

import json
from collections.abc import Mapping
from typing import Any

from caseledger.language import N_, Text

_LONGEST = 60


def entry(data: Any) -> Text:
    """An event by its type and time."""
    if isinstance(data, Mapping):
        return Text(N_("{type} of {at}"), type=value(data.get("type")), at=value(data.get("at")))
    return Text(N_("an entry that is no event"))


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The keys whose values differ, each with both."""
    keys = dict.fromkeys([*before, *after])
    return "; ".join(f"{value(key)}: {difference(before, after, key)}" for key in keys if _differ(before, after, key))


def difference(before: Mapping[str, Any], after: Mapping[str, Any], key: str) -> str:
    """The value of a key in both, – where there is none."""
    return f"{_of(before, key)} → {_of(after, key)}"


def value(data: Any) -> str:
    """A value on one line, cut where it is long."""
    clear = isinstance(data, str) and data == " ".join(data.split()) != ""
    text = data if clear else json.dumps(data, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _differ(before: Mapping[str, Any], after: Mapping[str, Any], key: str) -> bool:
    return (key in before) is not (key in after) or before.get(key) != after.get(key)


def _of(data: Mapping[str, Any], key: str) -> str:
    return value(data[key]) if key in data else "–"


def whole(data: Any) -> str:
    """All that an entry says, the same for the same."""
    return json.dumps(data, sort_keys=True)
