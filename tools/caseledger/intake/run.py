"""A whole import: every row ends as imported, already there, or rejected with the reason."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from caseledger import files, recording, register, yamltext
from caseledger.errors import CannotGoOn, Refused
from caseledger.intake.convert import Converter
from caseledger.intake.fields import Cells
from caseledger.intake.mapping import RowMap
from caseledger.intake.rows import Export, Row
from caseledger.intake.unfit import Unfit
from caseledger.language import N_, Text
from caseledger.recording import Recorded
from caseledger.rulebook import Rulebook

KEY_VARIABLE = "CASELEDGER_CONSUMER_KEY"
"""The environment variable that holds the secret of consumers' references."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that became no case, and why."""

    row: Row
    reasons: tuple[Text, ...]


@dataclass(slots=True)
class Outcome:
    """What became of the rows; the three add up to all that were looked at."""

    imported: int = 0
    there: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """The rows that were looked at."""
        return self.imported + self.there + len(self.rejected)


def run(
    rulebook: Rulebook,
    export: Export,
    row_map: RowMap,
    now: datetime,
    *,
    key: str = "",
    dry_run: bool = False,
    progress: Callable[[], None] = lambda: None,
) -> Outcome:
    """Import an export into the repository; `key` keeps consumers' references opaque, `progress` hears of each row."""
    intake = _Intake(_converter(rulebook, export, row_map, now, key), dry_run=dry_run)
    outcome = Outcome()
    for row in export.rows():
        try:
            if intake.take(row):
                outcome.imported += 1
            else:
                outcome.there += 1
        except Unfit as unfit:
            outcome.rejected.append(Rejected(row, (unfit.reason,)))
        except Refused as refused:
            outcome.rejected.append(Rejected(row, tuple(problem.message for problem in refused.problems)))
        progress()
    return outcome


class _Intake:
    """One run: what is there already, and how a row is taken in."""

    def __init__(self, converter: Converter, *, dry_run: bool) -> None:
        self.converter = converter
        self.dry_run = dry_run
        self.known = set(_source_ids(converter.rulebook.root, converter.row_map.system))

    def take(self, row: Row) -> bool:
        """Make a case of a row; False if it is one already. Unfit or Refused if it cannot be one."""
        cells = self.converter.cells(row.cells)
        source_id = self.converter.source_id(cells)
        if source_id in self.known:
            return False
        created = self._create(cells)
        self.known.add(source_id)
        return created

    def _create(self, cells: Cells, attempt: int = 0) -> bool:
        """Write the case; False if another run has just done so."""
        drafted = recording.draft(self.converter.rulebook, self.converter.now, self.converter.case(cells, attempt))
        try:
            if not self.dry_run:
                files.create(drafted.path, drafted.document.raw)
        except FileExistsError:
            if _source_in_place(drafted) == drafted.document.data["source"]:
                return False
            return self._create(cells, attempt + 1)
        return True


def _converter(rulebook: Rulebook, export: Export, row_map: RowMap, now: datetime, key: str) -> Converter:
    """What the run needs, read beforehand: a repository or a file that is no use stops it, not each row."""
    missing = [column for column in row_map.columns if column not in export.header]
    if missing:
        message = N_("{path} has no column {missing}. Its columns: {columns}.")
        raise CannotGoOn(Text(message, path=export.path, missing=", ".join(missing), columns=", ".join(export.header)))
    twice = [column for column in row_map.columns if export.header.count(column) > 1]
    if twice:
        message = N_("{path} has more than one column {columns}; rename all but the one that is meant.")
        raise CannotGoOn(Text(message, path=export.path, columns=", ".join(twice)))
    if row_map.consumer_column and not key:
        raise CannotGoOn(
            Text(
                N_("To tell consumers apart by {column} without naming them, set {variable} to a secret of your own."),
                column=row_map.consumer_column,
                variable=KEY_VARIABLE,
            )
        )
    names = [name for name in rulebook.policy_names if name.startswith(f"{row_map.profile}@")]
    policies = [policy for name in names if (policy := rulebook.policy(name))]
    if not policies:
        raise CannotGoOn(Text(N_("There is no policy profile {profile}."), profile=row_map.profile))
    calendars = [rulebook.calendar(policy.calendar) for policy in policies]
    _ = rulebook.people
    return Converter(row_map, export.header, rulebook, calendars[-1], key.encode(), now)


def _source_ids(root: Path, system: str) -> Iterator[str]:
    """The other system's numbers of the cases that are there; a file that cannot be read is for `check` to show."""
    for path in register.case_files(root):
        raw = path.read_bytes()
        if b"source" in raw:
            with suppress(Refused):
                source = _source(raw, path)
                if source and source.get("system") == system:
                    yield source["id"]


def _source_in_place(drafted: Recorded) -> Any:
    """The source of the case whose number was drawn."""
    try:
        return _source(drafted.path.read_bytes(), drafted.path)
    except (OSError, Refused):
        message = N_("{path} is in its place and cannot be read; mend that file and import again.")
        raise Unfit(Text(message, path=drafted.document.path)) from None


def _source(raw: bytes, path: Path) -> Any:
    data = yamltext.read(raw, path.as_posix()).data
    return data.get("source") if isinstance(data, dict) else None
