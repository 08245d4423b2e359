"""One row to the data of one case."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from caseledger import instant, schema
from caseledger.calendar import Calendar
from caseledger.intake import identity
from caseledger.intake.fields import Cells
from caseledger.intake.mapping import RowMap
from caseledger.intake.unfit import Unfit
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook
from caseledger.yamltext.reading import FORBIDDEN

_SPACE = " \t\r\n"
_SPACES = re.compile(f"[{_SPACE}]+")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|\r|\n)")
_NUMBER = re.compile("[0-9]{1,9}", re.ASCII)
_AMOUNT = ("order", "amount")
_LONG_TEXTS = ("description", "translation")


@dataclass(frozen=True)
class Converter:
    """All that is the same for every row of a run; `calendar` says on which day an instant falls."""

    row_map: RowMap
    header: Sequence[str]
    rulebook: Rulebook
    calendar: Calendar
    key: bytes
    now: datetime

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The filled cells that the map looks at; Unfit if they are too few or many, or hold a forbidden character."""
        if len(row) != len(self.header):
            message = N_("The row has {cells} cells, but the header has {columns}.")
            raise Unfit(Text(message, cells=len(row), columns=len(self.header)))
        named = dict(zip(self.header, row, strict=True))
        cells = {column: named[column].strip(_SPACE) for column in self.row_map.columns}
        for column, cell in cells.items():
            if match := FORBIDDEN.search(cell):
                message = N_("{column} holds the character {code}, which is not allowed.")
                raise Unfit(Text(message, column=column, code=f"U+{ord(match[0]):04X}"))
        return {column: cell for column, cell in cells.items() if cell and cell not in self.row_map.empty}

    def source_id(self, cells: Cells) -> str:
        """The number that the complaint bears in the other system."""
        column = self.row_map.id_column
        if column not in cells:
            raise Unfit(
                Text(N_("{column} is empty, so that the complaint could not be told from others."), column=column)
            )
        return _SPACES.sub(" ", cells[column])

    def case(self, cells: Cells, attempt: int) -> dict[str, Any]:
        """The data of a case; `attempt` counts the numbers that were taken. Unfit if no policy was in force yet."""
        system, number = self.row_map.system, self.source_id(cells)
        at = self._received(cells)
        day = self.calendar.day_of(at).isoformat()
        own = cells.get(self.row_map.consumer_column or "")
        data = self._fields(cells)
        received = {
            "at": instant.show(at),
            "recorded": instant.show(self.now.astimezone(self.calendar.zone)),
            "type": "received",
            "by": self.row_map.by,
            "as": self.row_map.role,
        }
        data |= {
            "schema": 1,
            "id": identity.case_id(day, system, number, attempt),
            "policy": self._policy(day),
            "source": {"system": system, "id": number},
            "consumer": {"ref": identity.consumer(self.key, system, own or f"\0{number}")},
            "events": [received],
        }
        return {name: data[name] for name in schema.schema("case")["properties"] if name in data}

    def _received(self, cells: Cells) -> datetime:
        found = self.row_map.received.read(cells)
        if found is None:
            column = self.row_map.received.column
            raise Unfit(Text(N_("{column} is empty, but a case needs its day of receipt."), column=column))
        at, form = found
        if "%H" not in form and "%I" not in form:
            at = datetime.combine(at, self.row_map.time, at.tzinfo)
        if at.tzinfo is None:  # by way of UTC, so that a local time that the clocks skipped becomes one that was
            at = at.replace(tzinfo=self.row_map.zone).astimezone(UTC).astimezone(self.row_map.zone)
        return at.replace(microsecond=0)

    def _policy(self, day: str) -> str:
        found = self.rulebook.in_force(self.row_map.profile, day)
        if found is None:
            message = N_("Received on {day}, when no version of the policy {profile} was in force yet.")
            raise Unfit(Text(message, day=day, profile=self.row_map.profile))
        return found

    def _fields(self, cells: Cells) -> dict[str, Any]:
        values = {steps: field.value(cells) for steps, field in self.row_map.fields.items()}
        if values.get((*_AMOUNT, "value")) is None:  # a currency alone is no amount
            values.pop((*_AMOUNT, "currency"), None)
        data: dict[str, Any] = {}
        for steps, value in values.items():
            if value is not None:
                group = data
                for step in steps[:-1]:
                    group = group.setdefault(step, {})
                group[steps[-1]] = _fitted(steps, value)
        return data


def _fitted(steps: tuple[str, ...], value: str | bool) -> str | bool | int:
    if not isinstance(value, str):
        return value
    if steps[0] in _LONG_TEXTS:
        return _LINE_END.sub("\n", value)
    if steps == ("order", "quantity") and _NUMBER.fullmatch(value):
        return int(value)
    return _SPACES.sub(" ", value)
