"""Makes pages: as one block of HTML, or as Markdown, in which a block of HTML is left as it is."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from markupsafe import escape

from caseledger import __version__
from caseledger.audience import INSIDE, Sight
from caseledger.site.names import Names
from caseledger.site.rows import Row
from caseledger.site.templating import template
from caseledger.site.words import Words

_MARK = re.compile(r"caseledger-mark-[a-z0-9@-]+\.")
_BREAKS = re.compile(r"\s*[\r\n]\s*")


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is one block of HTML, to be stamped into a shell; it is rendered when somebody wants it.

    `said` is a digest of all that it says, None where nobody knows before it is rendered; `since` is the moment since
    when it says so, where that is for good.
    """

    title: str
    render: Callable[[], str]
    said: bytes | None = None
    since: datetime | None = None

    @property
    def html(self) -> str:
        """The block."""
        return self.render()


class Known(NamedTuple):
    """What lists need to know of a case that they name: a digest of its row, and since when it is settled."""

    digest: bytes
    settled: datetime | None


class File(NamedTuple):
    """A file that is no page: the digest of all that decides what is in it, and how it is made."""

    digest: bytes
    make: Callable[[], str]


@dataclass(frozen=True)
class Writer:
    """Makes the pages of one language, as of `now`: Markdown below `docs`, and `made`, those to be stamped, by path.

    Where Markdown holds a `mark` the page says what is true now, so that the engine need not render it again.
    """

    docs: Path
    names: Names
    now: datetime
    sight: Sight = INSIDE
    known: Mapping[str, Known] = field(default_factory=dict)
    made: dict[str, Page] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> Words:
        """The words of the language."""
        return self.names.words

    @property
    def inside(self) -> bool:
        """Whether the pages are for those who handle complaints, not for everybody."""
        return self.sight.inside

    def page(self, path: str, title: str, name: str, **values: object) -> None:
        """Make the page `path` ("cases/2026.md") from the template `name`."""
        self._make(path, Page(title, partial(self._render, path, title, name, values)))

    def listed(
        self,
        path: str,
        title: str,
        name: str,
        rows: Sequence[Row],
        shown: object,
        changes: Iterable[datetime] | None = None,
        **values: object,
    ) -> None:
        """Make a page that says something of these rows, of what is `shown` beside them, and of nothing else.

        It speaks as of its last change, and is not made again, where all of its rows are settled and `changes` are the
        moments at which the rest of it changed; where nobody knows them, it speaks as of now.
        """
        render = partial(self._render, path, title, name, {"rows": rows, **values})
        known = [self.known[row.id] for row in rows if row.id in self.known]
        if len(known) < len(rows):
            self._make(path, Page(title, render))
            return
        said = hashlib.sha256(repr((title, shown, [one.digest for one in known])).encode()).digest()
        settled = [one.settled for one in known if one.settled]
        lasting = changes is not None and 0 < len(settled) == len(known)
        self._make(path, Page(title, render, said, max([*settled, *(changes or ())]) if lasting else None))

    def _make(self, path: str, page: Page) -> None:
        self.made[path.removesuffix(".md") + ".html"] = page

    def _render(self, path: str, title: str, name: str, values: Mapping[str, object]) -> str:
        found, base = template(name, self.words.language), "../" * path.count("/")
        return found.render(names=self.names, now=self.now, base=base, title=title, inside=self.inside, **values)

    def text(self, path: str, text: str) -> None:
        """Write the page `path` as it is given."""
        file = self.docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def file(self, path: str, make: Callable[[], str], *given: object) -> None:
        """Have a file that is no page; it is made only where what is `given`, and this program, have changed."""
        digest = hashlib.sha256(repr((__version__, given)).encode()).digest()
        self.files[path] = File(digest, make)

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
