"""Disposal: a proposal names cases that shall go, a certificate says for ever that they are gone and what they were."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from caseledger import instant
from caseledger.seal import Seal

PROPOSALS = "cases/archive/disposals"
CERTIFICATES = "cases/archive/certificates"
"""Where both are, from the root of a repository; a proposal and its certificate have one name."""
NUMBER = re.compile(r"D-\d{8}-[0-9A-HJKMNP-TV-Z]{5}", re.ASCII)
FILE = re.compile(rf"cases/archive/(?P<folder>disposals|certificates)/(?P<number>{NUMBER.pattern})\.yml", re.ASCII)


@dataclass(frozen=True, slots=True)
class Act:
    """Who proposed or decided, when, and in which role."""

    at: datetime
    by: str
    role: str


@dataclass(frozen=True, slots=True)
class Item:
    """One case that goes: what its newest seal says of it."""

    case: str
    number: str
    sha256: str
    record_class: str
    kept_until: date

    @property
    def path(self) -> str:
        """Where the case's file was, from the root of the repository."""
        return f"cases/{self.case[2:6]}/{self.case[6:8]}/{self.case}.yml"

    @property
    def year(self) -> str:
        """The year of its archive number."""
        return self.number[:4]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Cases that somebody proposes to dispose of."""

    id: str
    proposed: Act
    items: tuple[Item, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Certificate:
    """Cases that are gone, by whose proposal (`digest` is that of its file) and decision."""

    id: str
    digest: str
    proposed: Act
    decided: Act
    items: tuple[Item, ...]
    data: Mapping[str, Any]


def path_of(folder: str, number: str) -> str:
    """Where the proposal or certificate of that number is, from the root of the repository."""
    return f"{folder}/{number}.yml"


def item(seal: Seal) -> Item:
    """The case of a seal as a proposal names it."""
    return Item(seal.case, seal.number, seal.sha256, seal.data["class"], seal.kept_until)


def written(items: tuple[Item, ...]) -> list[dict[str, str]]:
    """Items as both kinds of files hold them."""
    return [
        {
            "case": one.case,
            "number": one.number,
            "sha256": one.sha256,
            "class": one.record_class,
            "kept_until": one.kept_until.isoformat(),
        }
        for one in items
    ]


def proposal(data: Mapping[str, Any]) -> Proposal:
    """What a file of the disposal schema holds."""
    return Proposal(data["id"], _act(data["proposed"]), _items(data), data)


def certificate(data: Mapping[str, Any]) -> Certificate:
    """What a file of the certificate schema holds."""
    acts = _act(data["proposed"]), _act(data["decided"])
    return Certificate(data["id"], data["proposal"], *acts, _items(data), data)


def _items(data: Mapping[str, Any]) -> tuple[Item, ...]:
    return tuple(
        Item(one["case"], one["number"], one["sha256"], one["class"], date.fromisoformat(one["kept_until"]))
        for one in data["cases"]
    )


def _act(data: Mapping[str, Any]) -> Act:
    return Act(instant.parse(data["at"]), data["by"], data["as"])
