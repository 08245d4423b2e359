"""Cases and pages made for the tests of the site."""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from caseledger import files, instant, register
from caseledger.cache import Cache
from caseledger.rulebook import Rulebook
from caseledger.site import stamping, survey
from caseledger.site.placing import Placing
from caseledger.site.rows import Row
from caseledger.site.shell import Shell
from caseledger.site.stamping import Stock

NOW = instant.parse("2026-11-22T12:00:00+08:00")
CASE = "C-20261103-7K3QD"
BARE = Shell(("<title>", "caseledger-shell-title", "</title>", "caseledger-shell-body", ""), "")
"""A shell with nothing around the case."""

JSON = dict[str, Any]


def event(at: str, kind: str, by: str = "cs-01", role: str = "customer-service", **own: object) -> JSON:
    """An event; `at` is a day and a time in China."""
    return {"at": f"{at.replace(' ', 'T')}:00+08:00", "type": kind, "by": by, "as": role, **own}


RECEIVED = event("2026-11-03 09:12", "received")


def case(*events: JSON, case_id: str = CASE, **facts: object) -> JSON:
    """The data of a case; its events follow `received` on 3 November 2026 unless they begin with another."""
    header = {
        "schema": 1,
        "id": case_id,
        "policy": "quality@2023-01-01",
        "channel": "marketplace",
        "market": "NO",
        "language": "nb",
        "category": "product-quality",
        "demand": "refund",
        "consumer": {"ref": "U-5J2M8Q1TZX"},
        "summary": "Zip tears after two days",
        "description": "Glidelåsen røk etter to dager.",
        **facts,
    }
    opened = bool(events) and events[0]["type"] == "received"
    return {**header, "events": [*events] if opened else [{**RECEIVED}, *events]}


def put(root: Path, data: Mapping[str, Any]) -> Path:
    """Write a case file where it belongs."""
    path = files.case_path(root, data["id"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def stamp(root: Path, *cases: Mapping[str, Any], now: datetime = NOW) -> list[Row]:
    """Write and stamp cases below root/stamped, without a shell; their rows."""
    return list(stamp_files(root, [put(root, data) for data in cases], now).rows)


def stamp_files(root: Path, paths: Sequence[Path], now: datetime = NOW) -> Stock:
    """Stamp the cases of these files below root/stamped, without a shell."""
    cache = Cache(root, register.house(root))
    with ThreadPoolExecutor(1) as pool:
        rulebook = Rulebook(root)
        stock = stamping.stock(rulebook, now, cache, survey.survey(rulebook, now, cache, paths, pool))
        job = stamping.Job(root, cache.house, root / "stamped", now, {"zh": BARE, "en": BARE})
        stamping.stamp_all(job, cache, Placing(cache, root / "www", job.out), stock, pool)
    return stock


def page(root: Path, row: Row, language: str = "en") -> str:
    """The page that was stamped for a row."""
    return (root / "stamped" / language / row.url).read_text(encoding="utf-8")


class Page(HTMLParser):
    """A page taken apart: its elements with the names of their attributes, its links, anchors, visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.shape: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.shape.append((tag, tuple(name for name, _ in attrs)))
        found = dict(attrs)
        self.anchors |= {found["id"] or ""} if "id" in found else set()
        self.links += [found[name] or "" for name in ("href", "src") if name in found]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        """All text, as it is."""
        return "".join(self.texts)

    @property
    def words(self) -> str:
        """All text, element by element, every stretch of white space as one space."""
        return " ".join(" ".join(self.texts).split())
