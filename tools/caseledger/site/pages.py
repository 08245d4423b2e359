"""Makes pages: as one block of HTML, or as Markdown, in which a block of HTML is left as it is."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from markupsafe import escape

from caseledger.audience import INSIDE, Audience, Sight
from caseledger.site.names import Names
from caseledger.site.templating import template
from caseledger.site.words import Words

_MARK = re.compile(r"caseledger-mark-[a-z0-9@-]+\.")
_BREAKS = re.compile(r"\s*[\r\n]\s*")


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is one block of HTML, to be stamped into a shell."""

    title: str
    html: str


@dataclass(frozen=True)
class Writer:
    """Makes the pages of one language, as of `now`: Markdown below `docs`, and `made`, those to be stamped, by path.

    Where Markdown holds a `mark` the page says what is true now, so that the engine need not render it again.
    """

    docs: Path
    names: Names
    now: datetime
    sight: Sight = INSIDE
    made: dict[str, Page] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> Words:
        """The words of the language."""
        return self.names.words

    @property
    def inside(self) -> bool:
        """Whether the pages are for those who handle complaints, not for everybody."""
        return self.sight.audience is not Audience.PUBLIC

    def page(self, path: str, title: str, name: str, **values: object) -> None:
        """Make the page `path` ("cases/2026.md") from the template `name`."""
        base = "../" * path.count("/")
        found = template(name, self.words.language)
        html = found.render(names=self.names, now=self.now, base=base, title=title, inside=self.inside, **values)
        self.made[path.removesuffix(".md") + ".html"] = Page(title, html)

    def text(self, path: str, text: str) -> None:
        """Write the page `path` as it is given."""
        file = self.docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def mark(self, name: str, html: str) -> str:
        """The mark of that name, and what the rendered page shows in its place."""
        made = f"caseledger-mark-{name}."
        self.marks[made] = html
        return made

    def marked(self, text: str) -> str:
        """A rendered page with what its marks stand for."""
        return _MARK.sub(lambda mark: self.marks.get(mark[0], ""), text)


def front(**meta: object) -> str:
    """The head of a Markdown page; JSON is YAML. Texts are escaped: the engine's templates take them for HTML."""
    meta = {name: str(escape(value)) if isinstance(value, str) else value for name, value in meta.items()}
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in meta.items())
    return "---\n" + "".join(lines) + "---\n\n"


def block(html: str) -> str:
    """HTML as one line within one element: no line break ends it early."""
    return f"<div>{_BREAKS.sub(' ', html.strip())}</div>"
