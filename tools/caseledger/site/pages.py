"""Writes pages as Markdown that holds one block of HTML, in which nothing is left for Markdown to interpret."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from caseledger.site.names import Names
from caseledger.site.templating import template
from caseledger.site.words import Words

_BREAKS = re.compile(r"\s*[\r\n]\s*")


@dataclass(frozen=True)
class Writer:
    """Writes the pages of one language below `docs`, as of `now`."""

    docs: Path
    names: Names
    now: datetime

    @property
    def words(self) -> Words:
        """The words of the language."""
        return self.names.words

    def page(self, path: str, title: str, name: str, **values: object) -> None:
        """Write the page `path` ("cases/2026.md") from the template `name`."""
        base = "../" * path.count("/")
        found = template(name, self.words.language)
        html = found.render(names=self.names, now=self.now, base=base, title=title, **values)
        self.text(path, front(title=title, hide=["navigation", "toc"]) + block(html) + "\n")

    def text(self, path: str, text: str) -> None:
        """Write the page `path` as it is given."""
        file = self.docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def front(**meta: object) -> str:
    """The head of a Markdown page; JSON is YAML."""
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in meta.items())
    return "---\n" + "".join(lines) + "---\n\n"


def block(html: str) -> str:
    """HTML as one line within one element: no line break ends it early."""
    return f"<div>{_BREAKS.sub(' ', html.strip())}</div>"
