"""What a repository judges by: settings, people, policies and calendars, each read when it is first asked for."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from caseledger import calendar, files, people, policy, rates, schema, yamltext
from caseledger.calendar import Calendar
from caseledger.errors import Refused
from caseledger.language import N_, Text
from caseledger.leaks import NOTHING, Allowed
from caseledger.leaks.allowed import load as load_allowed
from caseledger.people import People
from caseledger.policy import Policy
from caseledger.problem import Problem, Severity
from caseledger.rates import Rates
from caseledger.rules import file_readable, policy_approved
from caseledger.rules.of_files import FILE_RULES
from caseledger.yamltext import Document


class Rulebook:
    """The files of one repository that are not cases.

    What cannot be used raises Refused with its problems, at the moment when it is needed.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._policies: dict[str, Policy | None] = {}
        self._calendars: dict[str, Calendar] = {}

    @cached_property
    def settings(self) -> dict[str, Any]:
        """The settings of the repository."""
        data: dict[str, Any] = self._read("settings", self.root / files.SETTINGS).data
        return data

    @cached_property
    def people(self) -> People:
        """Who holds which role."""
        return people.load(self._read("people", self.root / "policy" / "people.yml").data)

    @cached_property
    def rates(self) -> Rates:
        """The exchange rates into the company's currency; none where there is no file of them."""
        path = self.root / files.RATES
        return rates.load(
            self.settings.get("currency"), self._read("rates", path).data if path.is_file() else {"rates": {}}
        )

    @cached_property
    def allowed(self) -> Allowed:
        """The personal data that may stand in texts; nothing where the file is not there or cannot be used."""
        path = self.root / files.ALLOWED
        try:
            return load_allowed(self._read("allowed", path).data) if path.is_file() else NOTHING
        except Refused:
            return NOTHING

    def policy(self, name: str) -> Policy | None:
        """The policy version "profile@version", None if there is none."""
        if name not in self._policies:
            document = self.policy_file(name)
            self._policies[name] = policy.load(document.data) if document else None
        return self._policies[name]

    def policy_file(self, name: str) -> Document | None:
        """The policy.yml of the version "profile@version", None if there is none."""
        path = self.root / "policy" / Path(*name.split("@")) / "policy.yml"
        return self._read("policy", path) if name in self.policy_names else None

    def policy_texts(self, name: str) -> dict[str, Path]:
        """The texts of a version that there are, by language."""
        found = sorted((self.root / "policy" / Path(*name.split("@"))).glob("text.*.md"))
        return {path.name.split(".")[1]: path for path in found}

    def calendar(self, name: str) -> Calendar:
        """The calendar of that name."""
        if name not in self._calendars:
            path = self.root / "policy" / "calendars" / f"{name}.yml"
            self._calendars[name] = calendar.load(self._read("calendar", path).data)
        return self._calendars[name]

    @cached_property
    def policy_names(self) -> list[str]:
        """Every "profile@version" that has a file, oldest version first within a profile."""
        found = sorted((self.root / "policy").glob("*/*/policy.yml"))
        return [f"{path.parts[-3]}@{path.parts[-2]}" for path in found]

    def in_force(self, profile: str, day: str) -> str | None:
        """The name of the profile's version in force on a day (2026-11-03), None before the first."""
        begun = [name for name in self.policy_names if name.split("@")[0] == profile and name.split("@")[1] <= day]
        return begun[-1] if begun else None

    def local(self, moment: datetime) -> datetime:
        """A moment where the company is: in the calendar of the policy for new cases, as given where there is none."""
        policy = self.policy(self.in_force(self.settings["profile"], moment.date().isoformat()) or "")
        return self.calendar(policy.calendar).local(moment) if policy else moment

    def knows(self, case_id: str) -> bool:
        """Whether there is a case of that id, or was one that was disposed of."""
        return files.case_path(self.root, case_id).is_file() or case_id in self._disposed

    @cached_property
    def _disposed(self) -> frozenset[str]:
        from caseledger import disposals  # noqa: PLC0415 - asked only where a case is not there

        return frozenset(disposals.read(self.root).by_case)

    def problems(self, now: datetime, within: Sequence[Path] = ()) -> Iterator[Problem]:
        """Everything that is wrong with these files, or with those that are, or lie below, one of `within`."""
        for kind, path in self.files():
            if within and not any(path.is_relative_to(place) for place in within):
                continue
            try:
                document, found = self._examined(kind, path)
            except Refused as refused:
                yield from refused.problems
            else:
                yield from found
                if kind == "policy" and not found:
                    yield from self._approval(document, now)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Every file that is no case, with its kind."""
        yield "settings", self.root / files.SETTINGS
        yield "people", self.root / "policy" / "people.yml"
        if (self.root / files.RATES).is_file():
            yield "rates", self.root / files.RATES
        if (self.root / files.ALLOWED).is_file():
            yield "allowed", self.root / files.ALLOWED
        for path in sorted((self.root / "policy" / "calendars").glob("*.yml")):
            yield "calendar", path
        for name in self.policy_names:
            yield "policy", self.root / "policy" / Path(*name.split("@")) / "policy.yml"

    def _approval(self, document: Document, now: datetime) -> Iterator[Problem]:
        """What is wrong with the approval of a policy; nothing where people or calendar cannot be used."""
        try:
            today = self.calendar(document.data["calendar"]).day_of(now)
            yield from policy_approved.check(document, self.people, today)
        except Refused:
            return

    def _read(self, kind: str, path: Path) -> Document:
        document, found = self._examined(kind, path)
        if any(problem.severity is Severity.ERROR for problem in found):
            raise Refused(Text(N_("{path} cannot be used."), path=document.path), found)
        return document

    def _examined(self, kind: str, path: Path) -> tuple[Document, list[Problem]]:
        shown = files.shown(path, self.root)
        try:
            raw = path.read_bytes()
        except OSError:
            raise Refused(Text(N_("{path} cannot be used."), path=shown), [file_readable.problem(shown)]) from None
        document = yamltext.read(raw, shown)
        found = schema.problems(kind, document)
        if not found:
            found = [problem for rule in FILE_RULES[kind] for problem in rule.check(document, self.root)]
        return document, found


@lru_cache(maxsize=1)
def unchanged(root: Path, house: str) -> Rulebook:
    """The rulebook of a repository in a state that `house` is the digest of: many pieces of work read it once."""
    return Rulebook(root)
