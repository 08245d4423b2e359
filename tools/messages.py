"""Keep the catalogue in step with the texts of the program: `make messages` adds what is new, drops what is gone.

Texts come from the Python modules (N_ and the like), the site's templates, the descriptions in the schemas, and click.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from caseledger import schema

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "tools" / "caseledger"
PO = PACKAGE / "locale" / "zh" / "LC_MESSAGES" / "caseledger.po"
KEYWORDS = {"N_": None, "t": None, "_": None, "gettext": None, "ngettext": (1, 2)}
CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


def extracted() -> Catalog:
    """Every text of the program, as a template."""
    template = Catalog(project="caseledger", charset="utf-8")
    for msgid in _texts():
        template.add(msgid)
    return template


def catalogue() -> Catalog:
    """The Chinese catalogue as it is in the repository."""
    with PO.open("rb") as stream:
        return read_po(stream, locale="zh")


def main() -> int:
    """Bring the catalogue up to date and say how many entries wait for a translation."""
    found = catalogue()
    found.update(extracted(), no_fuzzy_matching=True)
    found.obsolete.clear()
    with PO.open("wb") as stream:
        write_po(stream, found, omit_header=False, sort_output=True, width=120)
    waiting = sum(not any(m.string if isinstance(m.string, tuple) else [m.string]) for m in found if m.id)
    sys.stdout.write(f"{PO.relative_to(ROOT)}: {len(found)} entries, {waiting} without a translation\n")
    return 1 if waiting else 0


def _texts() -> Iterator[str | tuple[str, str]]:
    methods = [("**.py", "python"), ("**.html", "jinja2"), ("**.md", "jinja2")]
    for _, _, msgid, _, _ in extract_from_dir(PACKAGE, methods, keywords=KEYWORDS):
        yield msgid
    folder = Path(click.__file__).parent
    for _, _, msgid, _, _ in extract_from_dir(folder, [(f"{name}.py", "python") for name in CLICK], keywords=KEYWORDS):
        yield msgid
    for kind in schema.KINDS:
        yield from _descriptions(schema.schema(kind))


def _descriptions(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "description" and isinstance(value, str):
                yield value
            else:
                yield from _descriptions(value)
    elif isinstance(part, list):
        for value in part:
            yield from _descriptions(value)


if __name__ == "__main__":
    sys.exit(main())
