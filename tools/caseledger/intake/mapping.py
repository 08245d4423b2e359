"""The map: how the rows of one system's export become cases (schema/map.schema.json, docs/import.md)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from caseledger import schema, yamltext
from caseledger.errors import CannotGoOn, Refused
from caseledger.intake.fields import Day, Field, field
from caseledger.language import N_, Text


@dataclass(frozen=True)
class RowMap:
    """A map in memory; `fields` by their place in a case: ("order", "number")."""

    system: str
    id_column: str
    profile: str
    by: str
    role: str
    received: Day
    zone: ZoneInfo
    time: time
    consumer_column: str | None
    fields: Mapping[tuple[str, ...], Field]
    empty: frozenset[str]
    delimiter: str

    @cached_property
    def columns(self) -> list[str]:
        """The columns that an export must have, each once."""
        wanted = [self.id_column, *self.received.columns, *([self.consumer_column] if self.consumer_column else [])]
        wanted += [column for found in self.fields.values() for column in found.columns]
        return list(dict.fromkeys(wanted))


def load(path: Path) -> RowMap:
    """The map in a file; Refused if it is none."""
    try:
        raw = path.read_bytes()
    except OSError:
        raise CannotGoOn(Text(N_("{path} is missing or cannot be read."), path=path)) from None
    document = yamltext.read(raw, path.as_posix())
    problems = schema.problems("map", document)
    if problems:
        raise Refused(Text(N_("{path} cannot be used."), path=path), problems)
    data = document.data
    received = data["received"]
    return RowMap(
        system=data["source"]["system"],
        id_column=data["source"]["column"],
        profile=data["profile"],
        by=data["by"],
        role=data["as"],
        received=Day(received["column"], tuple(received["formats"])),
        zone=_zone(received["timezone"], path),
        time=time.fromisoformat(received.get("time", "00:00")),
        consumer_column=data.get("consumer", {}).get("column"),
        fields=dict(_fields(data["case"], ())),
        empty=frozenset(data.get("empty", ())),
        delimiter=data.get("delimiter", ","),
    )


def _fields(data: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Field]]:
    for name, value in data.items():
        if isinstance(value, dict) and "column" not in value:
            yield from _fields(value, (*above, name))
        else:
            yield (*above, name), field(value)


def _zone(name: str, path: Path) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise CannotGoOn(
            Text(N_("{path}: there is no time zone {name}; one looks like America/New_York."), path=path, name=name)
        ) from None
