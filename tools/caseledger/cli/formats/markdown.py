"""For forges: Markdown in which nothing that somebody wrote into a file or a commit is markup."""

import re

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$!]|:(?=//)|(?<=www)\.|^[-+]|(?<=^\d)[.)]", re.IGNORECASE)
_RUNS = re.compile(r"`+")


def words(text: object) -> str:
    """A text on one line as it reads: no markup, no link, no mention, nothing that cannot be seen."""
    return _MARKUP.sub(r"\\\g<0>", visible(str(text))).replace("@", "@<!-- -->")


def code(text: object) -> str:
    """A text as code, in which a forge looks for nothing; it stands in a table, too."""
    shown = visible(str(text)).replace("|", "\N{BROKEN BAR}")
    fence = "`" * (max(map(len, _RUNS.findall(shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}" if shown.strip() else "–"


def visible(text: str) -> str:
    """A text on one line, with a mark in the place of every character that would not be seen."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(text.split()))
