"""Atom feeds (RFC 4287), for people and programs that follow what is new."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from caseledger import instant
from caseledger.xmltext import held

_NAMESPACE = "http://www.w3.org/2005/Atom"
BEGINNING = datetime(2023, 1, 1, tzinfo=UTC)
"""When a feed without entries was last updated: it says nothing that could be newer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `key` is its own for ever."""

    key: str
    title: str
    text: str
    at: datetime
    link: str


def feed(key: str, title: str, author: str, link: str, itself: str, language: str, entries: Sequence[Entry]) -> str:
    """A feed as text; `link` is the page that it is about, `itself` where it is, both as addresses."""
    root = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": language})
    _add(root, "id", _id(key))
    _add(root, "title", title)
    _add(root, "updated", instant.show(max((entry.at for entry in entries), default=BEGINNING)))
    _add(ET.SubElement(root, "author"), "name", author)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": itself})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": link})
    for entry in entries:
        made = ET.SubElement(root, "entry")
        _add(made, "id", _id(entry.key))
        _add(made, "title", entry.title)
        _add(made, "updated", instant.show(entry.at))
        ET.SubElement(made, "link", {"rel": "alternate", "type": "text/html", "href": entry.link})
        _add(made, "content", entry.text)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = held(text)


def _id(key: str) -> str:
    """An address that names and leads nowhere; the same for the same key."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"caseledger:{key}").urn
