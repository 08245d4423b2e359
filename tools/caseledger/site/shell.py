"""The page that every case page is stamped into: rendered once by MkDocs, cut where a case's own parts go."""

import re
from dataclasses import dataclass
from pathlib import Path

from markupsafe import escape

from caseledger.errors import CannotGoOn
from caseledger.language import N_, Text

PAGE = "cases/0000/00/case"
"""Where the shell is rendered: as deep as a case page, so that its links are right there too."""

_TITLE, _BODY, _URL = "caseledger-shell-title", "caseledger-shell-body", f"{PAGE}.html"
_CUT = re.compile(f"({_TITLE}|{_BODY}|{_URL})")
MARKDOWN = f"""\
---
title: {_TITLE}
hide: [navigation, toc]
---
<div>{_BODY}</div>
"""


@dataclass(frozen=True, slots=True)
class Shell:
    """The pieces of the rendered page, every second of them the mark of a part that is a case's own."""

    pieces: tuple[str, ...]

    def stamp(self, title: str, url: str, body: str) -> str:
        """The page of one case; `body` is HTML, `url` is where the page is from the top of the language's pages."""
        parts = {_TITLE: str(escape(title)), _URL: url, _BODY: body}
        return "".join(parts[piece] if i % 2 else piece for i, piece in enumerate(self.pieces))


def read(rendered: Path) -> Shell:
    """The shell that MkDocs has rendered; CannotGoOn if its templates have lost a mark."""
    pieces = tuple(_CUT.split(rendered.read_text(encoding="utf-8")))
    if pieces.count(_BODY) != 1 or _TITLE not in pieces:
        raise CannotGoOn(Text(N_("The templates in site/overrides leave no place for a case's title and text.")))
    return Shell(pieces)
