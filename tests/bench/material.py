"""What is measured on: a repository with the real complaints, or with as many generated ones where they are absent."""

import csv
import random
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "cfpb-3000.csv"
MAP = ROOT / "maps" / "cfpb.yml"

_HEADER = ["Date received", "Product", "Sub-product", "Issue", "Sub-issue", "Consumer complaint narrative"]
_HEADER += ["Company", "Submitted via", "Complaint ID"]
_WORDS = [
    "the",
    "zip",
    "strap",
    "seam",
    "came",
    "off",
    "after",
    "two",
    "days",
    "of",
    "rain",
    "and",
    "nobody",
    "answered",
]


def export(folder: Path) -> Path:
    """The export to import: the real file, or one of the same size and shape."""
    if REAL.is_file():
        return REAL
    print("../shared is absent: measured on generated complaints instead of the real ones.")
    return _generated(folder / "complaints.csv")


def new_repository(folder: Path) -> Path:
    """A repository with everything but cases."""
    for name in ("policy", "schema"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "caseledger.yml", folder)
    return folder


def shrunk(repository: Path, folder: Path, count: int) -> Path:
    """The same repository with only `count` of its cases."""
    small = new_repository(folder)
    for path in sorted((repository / "cases").rglob("*.yml"))[:count]:
        place = small / path.relative_to(repository)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    return small


def _generated(path: Path) -> Path:
    chance = random.Random(3000)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADER)
        for number in range(3000):
            year = 2022 if number < 40 else chance.choice((2023, 2024, 2025))
            day = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            words = " ".join(chance.choices(_WORDS, k=chance.choice((0, 20, 150, 400))))
            writer.writerow([day, "Day backpack", "22 l", "Seam", "Torn", words, "North Shore", "Web", number])
    return path
