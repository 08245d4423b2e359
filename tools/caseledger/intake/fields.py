"""Where the value of a field comes from: a template, a table of values, a date.

A cell is only ever put in the place of its name: what stands in it is never a template itself.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from caseledger.intake.unfit import Unfit
from caseledger.language import N_, Text

Cells = Mapping[str, str]
"""The filled cells of a row by column; an empty cell is not among them."""

_COLUMN = re.compile(r"\{([^{}]+)\}")
_YEARS = range(1000, 3000)


class Field(Protocol):
    """Where one field's value comes from."""

    @property
    def columns(self) -> Sequence[str]:
        """The columns that it looks at."""

    def value(self, cells: Cells) -> str | bool | None:
        """The value for a row, None where it has none; Unfit if its cells cannot be one."""


@dataclass(frozen=True, slots=True)
class Template:
    """Texts with {Column} in them: the first whose columns are all filled counts."""

    choices: tuple[str, ...]

    @property
    def columns(self) -> Sequence[str]:
        """The columns that the texts name."""
        return [column for choice in self.choices for column in _COLUMN.findall(choice)]

    def value(self, cells: Cells) -> str | None:
        """The text with the cells in place."""
        for choice in self.choices:
            if all(column in cells for column in _COLUMN.findall(choice)):
                return _COLUMN.sub(lambda match: cells[match[1]], choice)
        return None


@dataclass(frozen=True, slots=True)
class Table:
    """A column whose cells stand for values; `default` serves every other cell, also an empty one."""

    column: str
    values: Mapping[str, str | bool]
    default: str | bool | None

    @property
    def columns(self) -> Sequence[str]:
        """The one column."""
        return [self.column]

    def value(self, cells: Cells) -> str | bool | None:
        """The value that the cell stands for."""
        cell = cells.get(self.column)
        if cell is not None and cell in self.values:
            return self.values[cell]
        if cell is None or self.default is not None:
            return self.default
        raise Unfit(
            Text(N_("{column} is {value}; the map has no value for it and no default."), column=self.column, value=cell)
        )


@dataclass(frozen=True, slots=True)
class Constant:
    """The same value for every row."""

    constant: bool
    columns: Sequence[str] = ()

    def value(self, _cells: Cells) -> bool:
        """The value."""
        return self.constant


@dataclass(frozen=True, slots=True)
class Day:
    """A column that holds a date in one of several forms."""

    column: str
    formats: tuple[str, ...]

    @property
    def columns(self) -> Sequence[str]:
        """The one column."""
        return [self.column]

    def value(self, cells: Cells) -> str | None:
        """The date (2026-11-03)."""
        found = self.read(cells)
        return found[0].date().isoformat() if found else None

    def read(self, cells: Cells) -> tuple[datetime, str] | None:
        """The moment as it is written, and the form that fits; Unfit if none does."""
        cell = cells.get(self.column)
        if cell is None:
            return None
        for form in self.formats:
            try:
                found = datetime.strptime(cell, form)  # noqa: DTZ007 - the zone is that of the map
            except ValueError:
                continue
            if found.year in _YEARS:
                return found, form
        raise Unfit(
            Text(
                N_("{column} is {value}; that is no date in the form {forms}."),
                column=self.column,
                value=cell,
                forms=", ".join(self.formats),
            )
        )


def field(data: Any) -> Field:
    """The field that a value of the map describes."""
    match data:
        case bool():
            return Constant(data)
        case str():
            return Template((data,))
        case list():
            return Template(tuple(data))
        case {"formats": formats}:
            return Day(data["column"], tuple(formats))
        case _:
            return Table(data["column"], data["values"], data.get("default"))
