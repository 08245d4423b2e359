"""Files with a mark of its own in every field, made from the schemas, so that a new field is planted, too."""

import hashlib
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from caseledger import schema, yamltext
from caseledger.audience import Audience, marks
from tests import casework
from tests.console import ROOT

CASE = "C-20261103-QWXZ7"
PICTURE = b"plantqpicturex"
FORGE = "https://git.example.cn/plantqforgex/complaints"
NAME = "plantqfilex"

FORMS: dict[str, Callable[[int], Any]] = {
    "instant": lambda n: f"20{10 + n % 10}-02-0{1 + n % 8}T0{n % 10}:{n % 60:02}:{n % 59:02}+08:00",
    "date": lambda n: f"{1200 + n}-04-17",
    "name": lambda n: f"plantq{n:04}x",
    "line": lambda n: f"plantq{n:04}x",
    "text": lambda n: f"plantq{n:04}x",
    "^[^\\n\\r]*\\S[^\\n\\r]*$": lambda n: f"plantq{n:04}x",
    "duration": lambda n: f"{7000 + n} wd",
    "caseId": lambda n: f"C-20200202-QW{n:03}",
    "case": lambda n: f"C-20200202-QW{n:03}",
    "market": lambda _: "NO",
    "language": lambda n: f"pl-plq{n:05}",
    "digest": lambda n: f"{n:064x}",
    "policyRef": lambda _: "quality@2023-01-01",
    "score": lambda _: 4,
    "^[a-z]+/[A-Za-z0-9.+_-]+$": lambda n: f"image/plantq{n:04}x",
    '^[^\\s<>"]+$': lambda n: f"https://files.example.com/plantq{n:04}x",
    "^[12][0-9]{3}(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12])?$": lambda _: "2025",
    "^age1[02-9ac-hj-np-z]{58}$": lambda n: "age1" + f"{n:058}".replace("1", "q"),
    "^U-[0-9A-HJKMNP-TV-Z]{10}$": lambda n: f"U-QWXZQW{n:04}",
    "^[0-9a-f]{64}$": lambda n: f"{n:064x}",
    "^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?$": lambda n: f"{918270000 + n}.37",
    "^[A-Z]{3}$": lambda n: "X" + chr(65 + n // 26 % 26) + chr(65 + n % 26),
}
"""How a value of each form is made: by the name of its definition, else by its pattern."""


@dataclass
class Planter:
    """Plants one kind of file; `found` is what was planted at each field, with for whom the field is."""

    kind: str
    numbers: "count[int]"
    found: dict[str, tuple[str, Audience]] = field(default_factory=dict)

    def grow(self, part: Any, path: str) -> Any:
        """A value that has the shape of a part of the schema, and a mark wherever there is room for one."""
        name = part.get("$ref", "").rpartition("/")[2]
        whole = schema.resolved(self.kind, part)
        form = name if name in FORMS else whole.get("pattern", "")
        if "const" in whole or "enum" in whole:
            return whole.get("const", (whole.get("enum") or [None])[0])
        if "anyOf" in whole:
            return self.grow(whole["anyOf"][0], path)
        match whole.get("type"):
            case "object" if "additionalProperties" in whole and isinstance(whole["additionalProperties"], dict):
                return {self.keep("language", path): self.grow(whole["additionalProperties"], path)}
            case "object":
                return {n: self.grow(p, f"{path}.{n}".lstrip(".")) for n, p in whole.get("properties", {}).items()}
            case "array":
                return [self.grow(whole["items"], path)]
            case "boolean":
                return True
            case "integer" | "number" if form not in FORMS:
                return min(next(self.numbers) + 918000000, whole.get("maximum", 10**10))
        return self.keep(form, path)

    def keep(self, form: str, path: str) -> Any:
        """A value of a form, taken down as what stands at the field."""
        value = FORMS[form](next(self.numbers))
        if isinstance(value, str) and re.search("plantq|QWXZ|91827|QW[0-9]{3}|plq", value):
            self.found[f"{path} {value}"] = value, marks(self.kind).get(path, Audience.RESTRICTED)
        return value

    def whole(self) -> dict[str, Any]:
        """A whole file."""
        return {
            name: self.grow(part, name)
            for name, part in schema.schema(self.kind)["properties"].items()
            if (self.kind, name) != ("case", "events")
        }

    def events(self) -> list[dict[str, Any]]:
        """An event of every type, a minute apart."""
        made = []
        entry = schema.schema("case")["$defs"]["event"]
        for number, branch in enumerate(entry["allOf"]):
            kind = branch["if"]["properties"]["type"]["const"]
            parts = {name: part if part is not True else entry["properties"][name]
                     for name, part in branch["then"]["properties"].items()}  # fmt: skip
            grown = {name: self.grow(part, f"events.{kind}.{name}") for name, part in parts.items()}
            made.append(grown | {"type": kind, "at": f"2026-11-03T09:{12 + number}:00+08:00"})
        return made


def planters() -> dict[str, Planter]:
    """One for each file that is planted."""
    numbers = count(1)
    return {name: Planter(name.split("-")[0], numbers) for name in ("case", "review", "review-unpublished", "people")}


def plant(root: Path, planters: dict[str, Planter]) -> None:
    """Make a repository in which every field of a case, of a record and of a person is planted."""
    shutil.copytree(ROOT / "policy", root / "policy")
    settings = (ROOT / "caseledger.yml").read_text("utf-8")
    settings = settings.replace("https://git.example.cn/north-shore/complaints", FORGE)
    (root / "caseledger.yml").write_text(settings.replace("2026-01-01", "2025-01-01"), "utf-8")
    people = (root / "policy/people.yml").read_text("utf-8")
    grown = planters["people"].grow(_person(), "people.*")
    grown |= {"emails": [f"{grown['emails'][0]}@example.com"], "bot": False}
    grown.pop("vault_key", None)  # which must be a real one
    grown["roles"] = [{"role": "customer-service", "from": "2023-01-01"}]
    (root / "policy/people.yml").write_text(people + f"  cs-99: {yamltext.flow(grown)}\n", "utf-8")
    _put_cases(root, planters["case"])
    for name, kind, profile, period in (
        ("review", "outside-evaluation", "platform-service", "2025"),
        ("review-unpublished", "monthly-report", "quality", "2026-10"),
    ):
        data = planters[name].whole() | {"kind": kind, "profile": profile, "period": period, "held": "2026-11-03"}
        data |= {"as": "supervision", "by": "cs-99"}
        data["actions"][0]["deadline"] = "2026-11-30"
        data["published"]["on"] = "2026-11-04"
        if name != "review":
            del data["published"]
        path = root / "reviews" / period[:4] / f"{profile}-{kind}-{period}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yamltext.flow(data), "utf-8")


def _person() -> dict[str, Any]:
    person: dict[str, Any] = dict(schema.schema("people")["properties"]["people"]["additionalProperties"])
    person["properties"] = {name: part for name, part in person["properties"].items() if name != "roles"}
    for name in ("emails", "logins"):
        person["properties"][name] = {"type": "array", "items": {"$ref": "#/$defs/name"}}
    return person


def _put_cases(root: Path, planter: Planter) -> None:
    data = planter.whole() | {"id": CASE, "policy": "quality@2023-01-01", "category": "product-quality"}
    events = planter.events()
    for event in events:
        event |= {"by": "cs-99", "as": "customer-service"}
        if event["type"] == "graded":
            event["grade"] = "general"
        if event["type"] == "evidence":
            digest = hashlib.sha256(PICTURE).hexdigest()
            event["files"].append(event["files"][0] | {"uri": f"{NAME}.jpg", "sha256": digest, "name": NAME})
            event["files"][1]["media_type"] = "image/jpeg"
        if event["type"] == "corrected":
            event |= {
                "event": {"at": events[-1]["at"], "type": "note"},
                "set": {"note": planter.keep("text", "events.note.note")},
            }
    path = casework.put(root, {**data, "related": [CASE], "events": events})
    path.with_suffix("").mkdir()
    (path.with_suffix("") / f"{NAME}.jpg").write_bytes(PICTURE)
    (path.parent / "C-20261103-PQBAD.yml").write_text("schema: plantqbrokenx\n", "utf-8")
