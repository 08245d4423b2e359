"""Pages that other pages are stamped into: the engine renders one for each folder, cut where a page's own parts go.

So the work of the engine does not grow with the cases: all that is one block of HTML is stamped.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path, PurePosixPath

from markupsafe import escape

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text
from caseledger.site.words import Words

NAME = "caseledger-shell"
AS_OF = f"{NAME}-as-of"
"""What the engine is given to say in place of the moment as of which a page speaks."""

_INDENTED = re.compile(r"\n\s+")
_TITLE, _BODY = f"{NAME}-title", f"{NAME}-body"
MARKDOWN = f"""\
---
title: {_TITLE}
hide: [navigation, toc]
---
<div>{_BODY}</div>
"""


@dataclass(frozen=True, slots=True)
class Shell:
    """The pieces of a rendered page, every second of them the mark of a part that is a page's own."""

    pieces: tuple[str, ...]
    url: str
    """Where it was rendered, from the top of the language's pages."""

    @property
    def digest(self) -> bytes:
        """A digest of all that it puts around a page."""
        return hashlib.sha256(repr(self).encode()).digest()

    def stamp(self, title: str, url: str, body: str, as_of: str) -> str:
        """A page; `body` is HTML, `url` is where it is from the top of the language's pages."""
        parts = {_TITLE: str(escape(title)), self.url: url, _BODY: body, AS_OF: str(escape(as_of))}
        return "".join(parts[piece] if i % 2 else piece for i, piece in enumerate(self.pieces))


def place(path: str, fixed: Iterable[str]) -> str:
    """The Markdown file whose page is the shell of `path` ("cases/2026.html"): its own if it is one of `fixed`."""
    own = PurePosixPath(path).with_suffix(".md")
    return str(own if str(own) in fixed else own.with_name(f"{NAME}.md"))


def write(docs: Path, places: Iterable[str]) -> None:
    """Write the Markdown of shells."""
    for path in places:
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(MARKDOWN, encoding="utf-8")


def read(rendered: Path, places: Iterable[str]) -> Mapping[str, Shell]:
    """The shells that the engine has rendered, by their places; CannotGoOn if its templates have lost a mark."""
    return {path: _read(rendered, PurePosixPath(path).with_suffix(".html").as_posix()) for path in places}


def _read(rendered: Path, url: str) -> Shell:
    marks = [_TITLE, _BODY, AS_OF, url] if NAME in url else [_TITLE, _BODY, AS_OF]
    text = _INDENTED.sub("\n", (rendered / url).read_text(encoding="utf-8"))
    pieces = tuple(re.split(f"({'|'.join(map(re.escape, marks))})", text))
    if pieces.count(_BODY) != 1 or _TITLE not in pieces:
        raise CannotGoOn(Text(N_("The templates in site/overrides leave no place for a case's title and text.")))
    return Shell(pieces, url)


def as_of(words: Words, at: datetime, *, settled: bool = False) -> str:
    """As of when a page speaks; one about a settled case says since when nothing has changed."""
    text = N_("Unchanged since {now} ({zone})") if settled else N_("As of {now} ({zone})")
    zone = timezone(at.utcoffset() or timedelta())  # by its offset: CST is the name of more than one
    return words.t(text, now=f"{at:%Y-%m-%d %H:%M}", zone=zone)
