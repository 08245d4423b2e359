"""A repository of any size with the shape of the shipped one: texts, languages, lifecycles, goods, several years.

Every case is a shipped one moved by whole weeks, with numbers of its own and words of another consumer; what would
happen after `NOW` is cut off, so that the newest cases are open. The same number gives the same files.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.bench.material import new_repository

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
FIRST, LAST = date(2023, 1, 2), date(2026, 11, 21)
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROWTH = 0.7
"""How much more cases the last day has than the first: the years fill up as the company grows."""
RECENT = timedelta(days=60)
"""Cases older than this have ended, but for a few."""

_DAY = re.compile(r"(?<![\d@-])(20\d\d-\d\d-\d\d)(?![\d-])")
_NUMBER = re.compile(r"C-\d{8}-[0-9A-HJKMNP-TV-Z]{5}")
_ORDER = re.compile(r'(?m)^(  number: )"?([^"\n]+)"?$')
_REF = re.compile(r"(?m)^(  ref: U-).+$")
_ENTRY = re.compile(r'(?m)^  - at: "?([0-9T:+Z-]+)"?$')
_LANGUAGE = re.compile(r"(?m)^language: (\S+)$")
_ENDED = re.compile(r"(?m)^    type: (?:closed|declined|withdrawn)$")
_WORDS = re.compile(r"(?ms)^description: \|\n.*?(?=^\S)")
_RELATED = re.compile(r"(?m)^related: .*\n")
_SKU = re.compile(r"(?<=sku: )[A-Z0-9-]+")
_SUPPLIER = re.compile(r"supplier: S-\d+")
_BATCH = re.compile(r'batch: "(\d{2})(\d{2})"')


@dataclass(frozen=True)
class Model:
    """A shipped case: its text, its day of receipt, the consumer's language and words, whether it has ended."""

    text: str
    day: date
    language: str
    words: str
    ended: bool


def repository(folder: Path, count: int) -> Path:
    """A repository with `count` cases, in which everybody holds their roles from the first day on."""
    new_repository(folder)
    people = folder / "policy" / "people.yml"
    people.write_text(re.sub(r', (?:from: "[^"]+"|to: "[^"]+")', "", people.read_text("utf-8")), "utf-8")
    people.write_text(people.read_text("utf-8").replace("}\n", ', from: "2022-01-01"}\n'), "utf-8")
    drawer = _Drawer(count)
    ids: list[str] = []
    for _ in range(count):
        case_id, text = drawer.case(ids)
        ids.append(case_id)
        path = folder / "cases" / case_id[2:6] / case_id[6:8] / f"{case_id}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


class _Drawer:
    """Draws one case after the other."""

    def __init__(self, count: int) -> None:
        self.chance = random.Random(count)
        self.models = [_model(path) for path in sorted((ROOT / "cases").rglob("C-*.yml"))]
        self.ended = [model for model in self.models if model.ended]
        self.variants = max(1, count // 500)

    def case(self, ids: Sequence[str]) -> tuple[str, str]:
        """The id and the text of a case; `ids` are those that it may be related to."""
        chance = self.chance
        day = FIRST + (LAST - FIRST) * chance.random() ** GROWTH
        model = chance.choice(self.models if LAST - day < RECENT else self.ended)
        shift = timedelta(weeks=round((day - model.day).days / 7))
        while not FIRST <= model.day + shift <= LAST:
            shift += timedelta(weeks=1 if model.day + shift < FIRST else -1)
        case_id = f"C-{model.day + shift:%Y%m%d}-{''.join(chance.choices(SIGNS, k=5))}"
        text = _DAY.sub(lambda match: f"{date.fromisoformat(match[1]) + shift}", model.text)
        text = _RELATED.sub(f"related: [{chance.choice(ids)}]\n" if ids else "", _NUMBER.sub(case_id, text))
        text = _ORDER.sub(lambda match: f'{match[1]}"{self.digits(match[2])}"', text)
        text = _REF.sub(lambda match: match[1] + "".join(chance.choices(SIGNS, k=10)), text)
        variant = chance.randint(1, self.variants)
        text = _SUPPLIER.sub(lambda match: f"{match[0]}{variant:03}", text)
        text = _SKU.sub(lambda match: f"{match[0]}-{variant}", text)
        text = _BATCH.sub(lambda match: f'batch: "{match[1]}{chance.randint(1, 52):02}"', text)
        words = chance.choice([one.words for one in self.models if one.language == model.language])
        return case_id, _until_now(_WORDS.sub(lambda _: words, text, count=1))

    def digits(self, number: str) -> str:
        """A number of the same shape."""
        return "".join(str(self.chance.randint(0, 9)) if sign.isdigit() else sign for sign in number)


def _model(path: Path) -> Model:
    text = path.read_text("utf-8")
    day = date.fromisoformat(f"{path.stem[2:6]}-{path.stem[6:8]}-{path.stem[8:10]}")
    language, words = _LANGUAGE.search(text), _WORDS.search(text)
    return Model(text, day, language[1] if language else "", words[0] if words else "", bool(_ENDED.search(text)))


def _until_now(text: str) -> str:
    later = (match for match in _ENTRY.finditer(text) if datetime.fromisoformat(match[1]) > NOW)
    first = next(later, None)
    return text[: first.start()] if first else text
