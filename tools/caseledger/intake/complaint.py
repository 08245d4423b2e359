"""One complaint from an issue form to one case, once however often it is asked for."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from caseledger import files, instant, recording, register, schema, yamltext
from caseledger.errors import Refused
from caseledger.intake import identity
from caseledger.intake.unfit import Unfit
from caseledger.language import N_, Text
from caseledger.rulebook import Rulebook
from caseledger.yamltext.reading import FORBIDDEN

SYSTEM = "issue"
_AMOUNT = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,4})?) ?([A-Z]{3})", re.ASCII)
_NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_CHOSEN = ("channel", "category", "demand", "public_opinion", "safety")
_LONG = ("description", "translation", "evidence")
_APART = ("privacy", "received", "evidence", "consumer-ref", "translation", "related")


@dataclass(frozen=True)
class Filing:
    """Who records a complaint, in which role, and the number of its issue."""

    by: str
    role: str
    issue: int


def record(rulebook: Rulebook, answers: dict[str, str], filing: Filing, now: datetime) -> tuple[Path, bool]:
    """The case of the issue, and whether it is new; Unfit or Refused if the answers cannot be one."""
    there = next(_cases(rulebook.root, str(filing.issue)), None)
    if there:
        return there, False
    for attempt in range(100):
        data = _case(rulebook, answers, filing, now, attempt)
        with suppress(FileExistsError):
            return recording.create(rulebook, now, data).path, True
    raise AssertionError("a hundred numbers of one day were taken")


def _case(rulebook: Rulebook, answers: dict[str, str], filing: Filing, now: datetime, attempt: int) -> dict[str, Any]:
    for answer in answers.values():
        if match := FORBIDDEN.search(answer):
            message = N_("An answer holds the character {code}, which is not allowed.")
            raise Unfit(Text(message, code=f"U+{ord(match[0]):04X}"))
    profile = rulebook.settings["profile"]
    at = _moment(answers["received"])
    name = rulebook.in_force(profile, at.date().isoformat())
    policy = rulebook.policy(name) if name else None
    if policy is None:
        message = N_("Received on {day}, when no version of the policy {profile} was in force yet.")
        raise Unfit(Text(message, day=at.date().isoformat(), profile=profile))
    zone = rulebook.calendar(policy.calendar).zone
    day = at.astimezone(zone).date().isoformat()
    data: dict[str, Any] = {}
    for question, answer in answers.items():
        if question not in _APART:
            _put(data, question.split("-"), _value(question, answer))
    received = {"at": instant.show(at), "recorded": instant.show(now.astimezone(zone)), "type": "received"}
    received |= {"by": filing.by, "as": filing.role}
    data |= {
        "schema": 1,
        "id": identity.case_id(day, SYSTEM, str(filing.issue), attempt),
        "policy": rulebook.in_force(profile, day) or policy.name,
        "source": {"system": SYSTEM, "id": str(filing.issue)},
        "consumer": {"ref": answers.get("consumer-ref") or recording.new_consumer()},
        "events": [received | ({"note": answers["evidence"]} if "evidence" in answers else {})],
    }
    if "translation" in answers:
        data["translation"] = {rulebook.settings["languages"][0]: answers["translation"]}
    if "related" in answers:
        data["related"] = re.findall(r"[^\s,;，；、]+", answers["related"])
    return {name: data[name] for name in [*schema.schema("case")["properties"], *data] if name in data}


def _value(question: str, answer: str) -> str | int | bool | dict[str, str]:
    """What an answer stands for: of a choice its first word, of an amount the number and the currency."""
    chosen = answer.split(maxsplit=1)[0] if question in _CHOSEN else answer
    if question in ("public_opinion", "safety"):
        return chosen == "true"
    if question == "order-quantity" and _NUMBER.fullmatch(answer):
        return int(answer)
    if question == "order-amount":
        match = _AMOUNT.fullmatch(answer)
        if not match:
            raise Unfit(Text(N_("{value} is no amount; write 499.00 NOK."), value=answer))
        return {"value": match[1], "currency": match[2]}
    return chosen if question in _LONG else " ".join(chosen.split())


def _put(data: dict[str, Any], steps: list[str], value: object) -> None:
    for step in steps[:-1]:
        data = data.setdefault(step, {})
    data[steps[-1]] = value


def _moment(answer: str) -> datetime:
    try:
        return instant.parse(answer)
    except ValueError:
        raise Unfit(Text(N_("{value} is no moment; write 2026-11-03T09:12:00+08:00."), value=answer)) from None


def _cases(root: Path, number: str) -> Iterator[Path]:
    """The cases of an issue; a file that cannot be read is for `check` to show."""
    for path in register.case_files(root):
        raw = path.read_bytes()
        if b"source" in raw:
            with suppress(Refused):
                data = yamltext.read(raw, files.shown(path, root)).data
                if isinstance(data, dict) and data.get("source") == {"system": SYSTEM, "id": number}:
                    yield path
